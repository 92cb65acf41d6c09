namespace MailIntake.Mail.Mime;

/// <summary>Bounds of reading; what lies beyond is left unread and recorded as a fault.</summary>
public sealed record MimeLimits
{
    /// <summary>Nesting of multiparts and messages; default 40, at most 200.</summary>
    public int MaxDepth { get; init; } = 40;

    /// <summary>Parts in all, those of inner messages included; default 2,000.</summary>
    public int MaxParts { get; init; } = 2_000;

    /// <summary>Headers of one part; default 2,000.</summary>
    public int MaxHeaders { get; init; } = 2_000;

    /// <summary>Bytes of one unfolded header; default 256 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>Faults kept; default 100.</summary>
    public int MaxFaults { get; init; } = 100;

    /// <summary>Decoded bytes of one part that <see cref="MimePart.ReadText"/> turns into text; default 8 MiB.</summary>
    public int MaxTextBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Decoded bytes of an encoded message/rfc822 part that is opened as a message; default 96 MiB.</summary>
    public int MaxEncodedMessageBytes { get; init; } = 96 * 1024 * 1024;
}
