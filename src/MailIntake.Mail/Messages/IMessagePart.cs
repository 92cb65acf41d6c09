using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Messages;

/// <summary>One part of a message (RFC 2045).</summary>
public interface IMessagePart
{
    /// <summary>Declared media type, lower case, default <c>text/plain</c>.</summary>
    string MediaType { get; }

    /// <summary>Decoded file name (RFC 2183, 2231, 2047); null where there is none.</summary>
    string? FileName { get; }

    /// <summary>Disposition, lower case: <c>attachment</c>, <c>inline</c>; null where there is none.</summary>
    string? Disposition { get; }

    /// <summary>It is shown inside the HTML by its Content-ID, or marked inline.</summary>
    bool IsInline { get; }

    /// <summary>0 for the root.</summary>
    int Depth { get; }

    /// <summary>Parts of a multipart, in order; empty otherwise.</summary>
    IReadOnlyList<IMessagePart> Children { get; }

    /// <summary>
    /// The message in a message/rfc822 (or message/global) part, or in an opaque-signed one (application/pkcs7-mime); null otherwise, and where
    /// it lies too deep.
    /// </summary>
    IMessage? Message { get; }

    /// <summary>A multipart or a message that was not opened because it lies too deep: its content is the unparsed parts themselves.</summary>
    bool IsTooDeep { get; }

    /// <summary>Files that stand in the part's text as blocks of lines, uuencoded or as yEnc; they are no text.</summary>
    IEnumerable<IMessagePart> FilesInText { get; }

    /// <summary>There is nothing in it but blanks and line ends, before decoding.</summary>
    bool IsBlank { get; }

    /// <summary>A plain parameter of Content-Type; null where it is missing.</summary>
    string? Parameter(string name);

    /// <summary>The decoded body begins with a mark, which begins with a dash and has at most 64 bytes; blanks before it do not count where the body is not encoded.</summary>
    bool BeginsWith(ReadOnlySpan<byte> mark);

    /// <summary>The decoded body as a stream that decodes while it is read, forward only.</summary>
    Stream OpenContent();

    /// <summary>The decoded body as text; at most the first <see cref="MimeLimits.MaxTextBytes"/> bytes.</summary>
    string ReadText();
}
