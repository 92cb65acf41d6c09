namespace MailIntake.Documents;

/// <summary>What a file is and what it says. Null means unknown, never "none".</summary>
public sealed record DocumentReading
{
    /// <summary>Sniffed media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>What sort of file it is.</summary>
    public required DocumentShape Shape { get; init; }

    /// <summary>Text in reading order, paragraphs ended by a line feed, cells by a tab; null where it cannot be read.</summary>
    public string? Text { get; init; }

    /// <summary>The text was recognised from a picture (OCR) and may have faults: its count is a measure, not a proof.</summary>
    public bool TextIsRecognized { get; init; }

    /// <summary>The title line and headings, in order.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>Headings, centred lines and tables in the text, in order.</summary>
    public IReadOnlyList<TextStretch> Stretches { get; init; } = [];

    /// <summary>字 of the body, without a title line (see the rule in <c>Text/ChineseCount</c>); null without text.</summary>
    public int? Characters { get; init; }

    /// <summary>字 with the title line.</summary>
    public int? CharactersWithTitle { get; init; }

    /// <summary><see cref="Characters"/> less the disputed marks (curly quotes, …, —).</summary>
    public int? CharactersWithoutDisputed { get; init; }

    /// <summary>Pages or slides; null where unknown.</summary>
    public int? Pages { get; init; }

    /// <summary>Width and height of a picture in pixels; null for others.</summary>
    public (int Width, int Height)? Pixels { get; init; }

    /// <summary>Values of the form by field name, null for a field whose label was not found, empty for one left empty; null where there is no form.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>A seal is on it; null where unknown. A text document without any picture has none.</summary>
    public bool? Seal { get; init; }

    /// <summary>A handwritten signature is on it; null where unknown.</summary>
    public bool? Signature { get; init; }

    /// <summary>What was seen of the seal, and how surely; null where nobody looked.</summary>
    public Mark? SealMark { get; init; }

    /// <summary>What was seen of the signature, and how surely; null where nobody looked.</summary>
    public Mark? SignatureMark { get; init; }

    /// <summary>Length of a film; null where unknown.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; init; } = [];
}
