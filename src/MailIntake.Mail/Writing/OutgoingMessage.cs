using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Writing;

/// <summary>A message to be sent; written 7-bit clean and the same bytes for the same values.</summary>
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

    /// <summary>Further headers, such as <c>Auto-Submitted</c>, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExtraHeaders { get; init; } = [];

    /// <summary>Plain text body.</summary>
    public required string Text { get; init; }

    /// <summary>HTML body; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Attached files.</summary>
    public IReadOnlyList<OutgoingFile> Files { get; init; } = [];

    /// <summary>Writes the message (RFC 5322, 2045–2047, 2231), CRLF line ends.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();
}

/// <summary>A file that goes with a message.</summary>
/// <param name="FileName">Name, any characters; written as RFC 2047 in quotes and as RFC 2231.</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Content">Bytes.</param>
/// <param name="ContentId">Content-ID without brackets where the HTML shows it; null for an attachment.</param>
public sealed record OutgoingFile(string FileName, string MediaType, ReadOnlyMemory<byte> Content, string? ContentId = null);
