using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Writing;

/// <summary>
/// A message to be sent; written 7-bit clean and the same bytes for the same values. Line ends and other control characters in
/// a header value become spaces, so that no value can add a header.
/// </summary>
public sealed record OutgoingMessage
{
    /// <summary>From.</summary>
    public required MailAddress From { get; init; }

    /// <summary>To.</summary>
    public required IReadOnlyList<MailAddress> To { get; init; }

    /// <summary>Reply-To; null for none.</summary>
    public MailAddress? ReplyTo { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Date, written with its offset.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Message-ID with angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>In-Reply-To with angle brackets; null for none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>References with angle brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Further headers, such as <c>Auto-Submitted</c>, in order. A name that is no header name (RFC 5322, 2.2) is an argument error.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExtraHeaders { get; init; } = [];

    /// <summary>Plain text body.</summary>
    public required string Text { get; init; }

    /// <summary>HTML body; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Attached files.</summary>
    public IReadOnlyList<OutgoingFile> Files { get; init; } = [];

    /// <summary>Writes the message (RFC 5322, 2045–2047, 2231), CRLF line ends.</summary>
    /// <exception cref="ArgumentException">An address or the name of an extra header cannot be written.</exception>
    public byte[] ToBytes() => MessageWriter.Write(this);
}
