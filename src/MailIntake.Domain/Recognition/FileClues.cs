namespace MailIntake.Domain.Recognition;

/// <summary>What is known about one file.</summary>
public sealed record FileClues
{
    /// <summary>File name, as given.</summary>
    public required string FileName { get; init; }

    /// <summary>Folders in containers, outermost first, joined by <c>/</c>; empty for none.</summary>
    public string FolderPath { get; init; } = "";

    /// <summary>What sort of file it is.</summary>
    public required FileShape Shape { get; init; }

    /// <summary>Text, where it could be read; null otherwise.</summary>
    public string? Text { get; init; }

    /// <summary>Headings and the title line, in order.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>字 of the text; null where there is none.</summary>
    public int? Characters { get; init; }

    /// <summary>Names of the form's fields whose labels were found.</summary>
    public IReadOnlyCollection<string> FormLabels { get; init; } = [];

    /// <summary>Size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>An inline part that the mail's HTML shows.</summary>
    public bool IsInline { get; init; }

    /// <summary>Width and height in pixels of a picture; null where unknown.</summary>
    public (int Width, int Height)? Pixels { get; init; }

    /// <summary>Subject of the mail; null for a bare document.</summary>
    public string? Subject { get; init; }

    /// <summary>Readable body of the mail; null for a bare document.</summary>
    public string? Body { get; init; }
}

/// <summary>What sort of file it is, as far as a material can tell.</summary>
public enum FileShape
{
    /// <summary>Anything else.</summary>
    Unknown,

    /// <summary>Text that flows: .docx, .doc, .wps, .txt, .rtf, .html, a text PDF.</summary>
    Document,

    /// <summary>A PDF without text: a scan.</summary>
    Scan,

    /// <summary>A picture.</summary>
    Picture,

    /// <summary>Slides.</summary>
    Slides,

    /// <summary>A film.</summary>
    Video,

    /// <summary>A spreadsheet.</summary>
    Sheet,

    /// <summary>A container that could not be opened.</summary>
    Container,

    /// <summary>A program.</summary>
    Program,
}
