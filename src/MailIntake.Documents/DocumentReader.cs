namespace MailIntake.Documents;

/// <summary>Says what a file is and what it says: sniffs it by content, reads its text, counts its 字, finds its form.</summary>
public sealed class DocumentReader
{
    /// <summary>Rises when reading changes so that a cached result of the same bytes is no longer good.</summary>
    public const int Version = 1;

    /// <summary>A reader with those settings; safe for many threads.</summary>
    public DocumentReader(DocumentReaderOptions options) => throw new NotImplementedException();

    /// <summary>
    /// Reads one file. Never throws on any content: what cannot be read comes with a finding. The name and the declared
    /// type are hints only.
    /// </summary>
    /// <param name="path">The file on disk.</param>
    /// <param name="fileName">Its name as given by the sender.</param>
    /// <param name="form">The labels of the form that may be in it; null for none.</param>
    /// <param name="cancellation">Stops reading.</param>
    public Task<DocumentReading> ReadAsync(string path, string fileName, FormLabels? form, CancellationToken cancellation) =>
        throw new NotImplementedException();
}

/// <summary>Settings of reading.</summary>
public sealed record DocumentReaderOptions
{
    /// <summary>Folder for outside tools to work in; each run gets an empty folder of its own below it. Default: the system's.</summary>
    public string WorkFolder { get; init; } = Path.GetTempPath();

    /// <summary>Time that an outside tool may take; default 60 seconds.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Address space of an outside tool in bytes; default 1 GiB.</summary>
    public long ToolMemory { get; init; } = 1L << 30;

    /// <summary>Characters of text that are kept; default 2,000,000.</summary>
    public int MaxTextCharacters { get; init; } = 2_000_000;

    /// <summary>Bounds for containers.</summary>
    public ContainerLimits Containers { get; init; } = new();
}

/// <summary>Bounds that hold for all nested containers of one mail together.</summary>
public sealed record ContainerLimits
{
    /// <summary>Nesting; default 6.</summary>
    public int MaxDepth { get; init; } = 6;

    /// <summary>Files in all; default 2,000.</summary>
    public int MaxFiles { get; init; } = 2_000;

    /// <summary>Unpacked bytes in all; default 1 GiB.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Unpacked to packed, beyond the first 10 MiB unpacked; default 200.</summary>
    public int MaxRatio { get; init; } = 200;
}

/// <summary>The labels by which a form is found.</summary>
/// <param name="Fields">For each field its name and the labels that mean it, the name among them.</param>
public sealed record FormLabels(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Fields);

/// <summary>What a file is and what it says. Null means unknown, never "none".</summary>
public sealed record DocumentReading
{
    /// <summary>Sniffed media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>What sort of file it is.</summary>
    public required DocumentShape Shape { get; init; }

    /// <summary>Text in reading order, paragraphs ended by a line feed, cells by a tab; null where it cannot be read.</summary>
    public string? Text { get; init; }

    /// <summary>The title line and headings, in order.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

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

    /// <summary>Length of a film; null where unknown.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; init; } = [];
}

/// <summary>Something noticed while reading.</summary>
/// <param name="Code">A code of the contract: <c>encrypted</c>, <c>unreadable</c>, <c>corrupt</c>, <c>unsupported</c>, <c>macro</c>, <c>executable</c>, <c>archive-bomb</c>, <c>too-deep</c>, <c>too-large</c>, <c>empty-file</c>.</param>
/// <param name="Severity">Who must act.</param>
/// <param name="Message">A Chinese sentence.</param>
/// <param name="Value">Measured value.</param>
/// <param name="Limit">Limit.</param>
public sealed record DocumentFinding(string Code, DocumentSeverity Severity, string Message, long? Value = null, long? Limit = null);

/// <summary>Who must act on a <see cref="DocumentFinding"/>.</summary>
public enum DocumentSeverity
{
    /// <summary>Nobody.</summary>
    Note,

    /// <summary>Staff should look.</summary>
    Warning,

    /// <summary>The unit must act.</summary>
    Problem,
}

/// <summary>What sort of file it is.</summary>
public enum DocumentShape
{
    /// <summary>Anything else.</summary>
    Unknown,

    /// <summary>Text that flows.</summary>
    Document,

    /// <summary>A PDF without text.</summary>
    Scan,

    /// <summary>A picture.</summary>
    Picture,

    /// <summary>Slides.</summary>
    Slides,

    /// <summary>A film.</summary>
    Video,

    /// <summary>A spreadsheet.</summary>
    Sheet,

    /// <summary>A container (zip, rar, 7z, a mail).</summary>
    Container,

    /// <summary>A program.</summary>
    Program,
}
