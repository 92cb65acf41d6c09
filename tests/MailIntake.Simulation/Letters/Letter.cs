namespace MailIntake.Simulation.Letters;

/// <summary>A mail as a unit, or the world, writes it.</summary>
public sealed record Letter
{
    /// <summary>Name in From; null for a bare address.</summary>
    public string? FromName { get; init; }

    /// <summary>Address in From; null for a mail without From.</summary>
    public required string? FromAddress { get; init; }

    /// <summary>Address in To.</summary>
    public string To { get; init; } = "qhdghgz@126.com";

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Date.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Message-ID with angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>HTML beside it; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Files.</summary>
    public IReadOnlyList<LetterFile> Files { get; init; } = [];

    /// <summary>A whole mail that is forwarded as message/rfc822; null for none.</summary>
    public byte[]? Forwarded { get; init; }

    /// <summary>Headers above the others, raw.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Headers below the others, raw, where NetEase puts its own.</summary>
    public IReadOnlyList<(string Name, string Value)> LowerHeaders { get; init; } = [];

    /// <summary>How it is written.</summary>
    public LetterStyle Style { get; init; } = new();
}

/// <summary>A file in a letter.</summary>
/// <param name="Name">File name.</param>
/// <param name="Content">Bytes.</param>
/// <param name="ContentId">Content-ID without brackets where the HTML shows it.</param>
public sealed record LetterFile(string Name, byte[] Content, string? ContentId = null)
{
    /// <summary>The files inside, where it is an archive; empty for any other file.</summary>
    public IReadOnlyList<LetterFile> Members { get; init; } = [];

    /// <summary>What mail programs declare for that extension.</summary>
    public string MediaType => Path.GetExtension(Name).ToUpperInvariant() switch
    {
        ".DOCX" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".PPTX" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".PDF" => "application/pdf",
        ".PNG" => "image/png",
        ".ZIP" => "application/x-zip-compressed",
        ".TXT" => "text/plain",
        _ => "application/octet-stream",
    };
}

/// <summary>How the sender's mail program writes.</summary>
public sealed record LetterStyle
{
    /// <summary>The charset as it is labelled: utf-8, gbk, gb2312 (then written as GB18030 all the same), gb18030.</summary>
    public string Charset { get; init; } = "utf-8";

    /// <summary>How header text is written.</summary>
    public HeaderText Headers { get; init; } = HeaderText.Base64Words;

    /// <summary>How body text is written: <c>base64</c>, <c>quoted-printable</c>, <c>8bit</c>.</summary>
    public string Body { get; init; } = "base64";

    /// <summary>How file names are written.</summary>
    public FileNames FileNames { get; init; } = FileNames.EncodedWord;
}

/// <summary>How header text that is not ASCII is written.</summary>
public enum HeaderText
{
    /// <summary>RFC 2047 B words.</summary>
    Base64Words,

    /// <summary>RFC 2047 Q words.</summary>
    QuotedWords,

    /// <summary>One B word after another that are cut inside characters, as careless programs do.</summary>
    CutWords,

    /// <summary>Raw bytes of the charset, with no label.</summary>
    Raw,
}

/// <summary>How file names that are not ASCII are written.</summary>
public enum FileNames
{
    /// <summary>RFC 2047 inside quotes: not allowed, and what most programs do.</summary>
    EncodedWord,

    /// <summary>RFC 2231 in one piece.</summary>
    Rfc2231,

    /// <summary>RFC 2231 in continuations.</summary>
    Rfc2231Continued,

    /// <summary>Raw bytes of the charset, with no label.</summary>
    Raw,
}
