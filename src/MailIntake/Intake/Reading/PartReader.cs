using MailIntake.Documents;
using MailIntake.Documents.Text;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;
using MailIntake.Domain.Recognition.Parts;
using MailIntake.Intake.Matching;

namespace MailIntake.Intake.Reading;

/// <summary>Takes a document apart into the materials it holds, and checks each by its own count and limits.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="titleWords">The campaign's own words for its papers.</param>
internal sealed class PartReader(Campaign campaign, IReadOnlyList<string> titleWords)
{
    private const double SureEvidence = 0.7;

    private readonly PartFinder _finder = new(campaign);

    /// <summary>The materials of a document that was taken for one; empty where it is one.</summary>
    /// <param name="guess">What the whole was taken for.</param>
    /// <param name="document">Its reading.</param>
    /// <param name="measures">What was measured of the whole.</param>
    public IReadOnlyList<FilePart> Read(MaterialGuess guess, DocumentReading document, FileMeasures measures)
    {
        // Evidence holds whatever others wrote.
        if (document.Text is not { } text
            || document.Shape is not (DocumentShape.Document or DocumentShape.Scan or DocumentShape.Picture)
            || guess.Kind is null
            || (guess.Confidence >= SureEvidence && campaign.FindRequirement(guess.Kind) is { Multiple: true }))
        {
            return [];
        }

        var marks = document.Stretches.Select(s => new TextMark(s.Start, s.Length, SortOf(s))).ToList();
        var found = _finder.Find(text, marks, document.Fields is not null);
        return [.. found.Parts.Select(part => Check(part, document, measures, found.HasSeveralEntries))];
    }

    private FilePart Check(DocumentPart part, DocumentReading document, FileMeasures whole, bool hasSeveralEntries)
    {
        var requirement = campaign.FindRequirement(part.Guess.Kind!)!;
        var isForm = requirement.Form is not null;
        var count = PartMeasure.Of(part.Text, part.Title, titleWords);
        List<Finding> findings =
        [
            .. document.Findings.Select(DocumentFindings.ToFinding),
            .. RequirementCheck.Check(requirement, whole with
            {
                Text = part.Text,
                Headings = [],
                Characters = count.Characters,
                CharactersWithoutDisputed = count.CharactersWithoutDisputed,
                Fields = isForm ? whole.Fields : null,
                Seal = isForm ? whole.Seal : null,
                Signature = isForm ? whole.Signature : null,
                Duration = null,
            }),
        ];
        if (hasSeveralEntries)
        {
            findings.Add(new Finding(MatchingFindings.EntryAmbiguous, Severity.Warning, "该文件似含多项成果的材料，请工作人员核对并请单位分项报送"));
        }

        return new FilePart
        {
            Guess = part.Guess,
            Title = part.Title,
            Text = part.Text,
            Characters = count.Characters,
            Fields = isForm ? whole.Fields : null,
            Seal = isForm ? whole.Seal : null,
            Signature = isForm ? whole.Signature : null,
            Findings = findings,
        };
    }

    private static TextMarkSort SortOf(TextStretch stretch) =>
        (stretch.IsTable ? TextMarkSort.Table : TextMarkSort.None)
        | (stretch.IsHeading ? TextMarkSort.Heading : TextMarkSort.None)
        | (stretch.IsCentered ? TextMarkSort.Centered : TextMarkSort.None);
}
