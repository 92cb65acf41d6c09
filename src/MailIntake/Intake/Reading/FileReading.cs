using MailIntake.Documents;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;

namespace MailIntake.Intake.Reading;

/// <summary>One file of a mail, read, recognised and held against its requirement.</summary>
internal sealed record FileReading
{
    /// <summary>The file.</summary>
    public required CollectedFile File { get; init; }

    /// <summary>What it is and says.</summary>
    public required DocumentReading Document { get; init; }

    /// <summary>Which material it is and why; of several the weightiest.</summary>
    public required MaterialGuess Guess { get; init; }

    /// <summary>The materials in it, the weightiest first; one in most files, none in what is no material.</summary>
    public required IReadOnlyList<FilePart> Parts { get; init; }

    /// <summary>What was noticed, by the reader and by the requirements' checks.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Malware was found in it: it was not read, and must not come before staff.</summary>
    public bool IsInfected { get; init; }

    /// <summary>Kind of requirement, <c>other</c>, or null for what is no material.</summary>
    public string? Kind => Guess.Kind;

    /// <summary>A material of that kind is in it.</summary>
    public bool Holds(string? kind) => kind is not null && Parts.Any(p => p.Kind == kind);
}

/// <summary>A file that was taken out of a mail.</summary>
/// <param name="Path">Path in the mail, unique in it: <c>附件.zip/申报表.docx</c>.</param>
/// <param name="ScratchPath">Where its bytes lie until the mail is done.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="IsInline">The mail's HTML shows it.</param>
internal sealed record CollectedFile(string Path, string ScratchPath, long Size, string Sha256, bool IsInline)
{
    /// <summary>It holds parts of the mail that were not taken out, so that it is no material and its text is nobody's.</summary>
    public bool IsUnopened { get; init; }

    /// <summary>Its own name.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The containers and folders it lies in, outermost first, joined by <c>/</c>; empty for an attachment.</summary>
    public string FolderPath => Path.LastIndexOf('/') is var cut and > 0 ? Path[..cut] : "";
}
