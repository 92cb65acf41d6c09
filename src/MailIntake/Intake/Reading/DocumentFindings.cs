using MailIntake.Documents;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;

namespace MailIntake.Intake.Reading;

/// <summary>Carries what Documents says over into the words of the Domain; the two know nothing of each other.</summary>
internal static class DocumentFindings
{
    /// <summary>The same finding.</summary>
    public static Finding ToFinding(DocumentFinding finding) =>
        new(finding.Code, ToSeverity(finding.Severity), finding.Message, finding.Value, finding.Limit);

    /// <summary>The same shape.</summary>
    public static FileShape ToShape(DocumentShape shape) => shape switch
    {
        DocumentShape.Document => FileShape.Document,
        DocumentShape.Scan => FileShape.Scan,
        DocumentShape.Picture => FileShape.Picture,
        DocumentShape.Slides => FileShape.Slides,
        DocumentShape.Video => FileShape.Video,
        DocumentShape.Sheet => FileShape.Sheet,
        DocumentShape.Container => FileShape.Container,
        DocumentShape.Program => FileShape.Program,
        _ => FileShape.Unknown,
    };

    private static Severity ToSeverity(DocumentSeverity severity) => severity switch
    {
        DocumentSeverity.Problem => Severity.Problem,
        DocumentSeverity.Warning => Severity.Warning,
        _ => Severity.Note,
    };
}
