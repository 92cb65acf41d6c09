namespace MailIntake.Mail.Mime;

/// <summary>Something wrong with a message; the codes are the constants of <see cref="MimeFaults"/>.</summary>
/// <param name="Code">Stable code such as <c>missing-boundary</c>.</param>
/// <param name="Offset">Byte offset in the raw message.</param>
public sealed record MimeFault(string Code, long Offset);

/// <summary>The codes of <see cref="MimeFault"/>.</summary>
public static class MimeFaults
{
    /// <summary>There is not one byte.</summary>
    public const string Empty = "empty";

    /// <summary>The message begins with its body.</summary>
    public const string NoHeaders = "no-headers";

    /// <summary>Blank lines stood before the first header.</summary>
    public const string LeadingBlankLines = "leading-blank-lines";

    /// <summary>A line among the headers was none and was passed over.</summary>
    public const string HeaderWithoutColon = "header-without-colon";

    /// <summary>The body or the next boundary began without an empty line after the headers.</summary>
    public const string MissingHeaderSeparator = "missing-header-separator";

    /// <summary>The bytes ended among the headers.</summary>
    public const string TruncatedHeaders = "truncated-headers";

    /// <summary>More headers than <see cref="MimeLimits.MaxHeaders"/>; of the rest only those needed for reading are kept.</summary>
    public const string TooManyHeaders = "too-many-headers";

    /// <summary>A header longer than <see cref="MimeLimits.MaxHeaderBytes"/> was cut.</summary>
    public const string HeaderTooLong = "header-too-long";

    /// <summary>A multipart without a boundary parameter.</summary>
    public const string MissingBoundary = "missing-boundary";

    /// <summary>The declared boundary stands nowhere in the multipart.</summary>
    public const string BoundaryNotFound = "boundary-not-found";

    /// <summary>A multipart that is closed before its first part.</summary>
    public const string NoParts = "no-parts";

    /// <summary>A multipart that is not closed: cut off, or its end line lost.</summary>
    public const string MissingEndBoundary = "missing-end-boundary";

    /// <summary>Nesting beyond <see cref="MimeLimits.MaxDepth"/>; what lies deeper is one unopened part.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>More parts than <see cref="MimeLimits.MaxParts"/>.</summary>
    public const string TooManyParts = "too-many-parts";

    /// <summary>A body that is declared base64 and is plain 8-bit text; it is taken as it stands.</summary>
    public const string NotEncoded = "not-encoded";

    /// <summary>The mail, or a part of it, is encrypted (S/MIME, RFC 8551; PGP, RFC 3156) and cannot be read.</summary>
    public const string EncryptedMail = "encrypted-mail";

    /// <summary>One piece of a message that was sent in several (message/partial, RFC 2046 section 5.2.2).</summary>
    public const string PartialMessage = "partial-message";

    /// <summary>A file that lies elsewhere (message/external-body, RFC 2046 section 5.2.3).</summary>
    public const string ExternalBody = "external-body";

    /// <summary>A text longer than <see cref="MimeLimits.MaxTextBytes"/>; <see cref="MimePart.ReadText"/> gives its beginning.</summary>
    public const string TextTooLong = "text-too-long";
}
