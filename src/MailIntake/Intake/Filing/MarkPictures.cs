using MailIntake.Documents;
using MailIntake.Domain.Completeness;
using MailIntake.Intake.Reading;

namespace MailIntake.Intake.Filing;

/// <summary>
/// The cropped pictures of seals and signatures that a person must look at. Each stands in the staff tree beside the file it was cut from,
/// under that file's name: <c>申报表.v2.公章.png</c>. The finding that asks to look names it, so that nothing else has to be kept.
/// </summary>
internal static class MarkPictures
{
    private const string Seal = "公章.png";
    private const string Signature = "签字.png";

    /// <summary>The findings, those about a seal or a signature that must be looked at with the name of their picture.</summary>
    public static IReadOnlyList<Finding> WithPictures(IEnumerable<Finding> findings, DocumentReading document) =>
        [.. findings.Select(finding => finding.Severity == Severity.Warning && NameOf(finding.Code) is { } name && Bytes(document, name) is not null ? finding with { Picture = name } : finding)];

    /// <summary>Where the pictures of those findings stand in the staff tree.</summary>
    /// <param name="treePath">The file's path in the tree.</param>
    /// <param name="findings">Its findings.</param>
    public static IReadOnlyList<string> PathsOf(string treePath, IEnumerable<Finding> findings) =>
        treePath.Length == 0 ? [] : [.. findings.Select(f => f.Picture).OfType<string>().Where(IsKnown).Distinct().Select(name => PathOf(treePath, name))];

    /// <summary>The pictures of those findings: path in the staff tree and bytes.</summary>
    /// <param name="treePath">The file's path in the tree.</param>
    /// <param name="findings">Its findings, with pictures.</param>
    /// <param name="file">The file.</param>
    public static IEnumerable<(string TreePath, byte[] Png)> Of(string treePath, IEnumerable<Finding> findings, FileReading file) =>
        findings.Select(f => f.Picture).OfType<string>().Distinct()
            .Select(name => (Name: name, Png: Bytes(file.Document, name)))
            .Where(p => p.Png is not null)
            .Select(p => (PathOf(treePath, p.Name), p.Png!));

    private static string PathOf(string treePath, string name)
    {
        var extension = Path.GetExtension(treePath);
        return $"{treePath[..^extension.Length]}.{name}";
    }

    private static bool IsKnown(string name) => name is Seal or Signature;

    private static string? NameOf(string code) => code switch
    {
        FindingCodes.NoSeal or FindingCodes.SealOfAnotherUnit => Seal,
        FindingCodes.NoSignature => Signature,
        _ => null,
    };

    private static byte[]? Bytes(DocumentReading document, string name) => (name == Seal ? document.SealMark : document.SignatureMark)?.Crop;
}
