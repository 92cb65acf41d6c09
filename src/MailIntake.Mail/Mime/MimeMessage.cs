namespace MailIntake.Mail.Mime;

/// <summary>
/// A message (RFC 5322, 2045–2049) as an index over its raw bytes: nothing is copied, bodies are decoded when asked for.
/// Reading never throws on any input; what was wrong stands in <see cref="Faults"/> beside a usable result.
/// Valid as long as the raw bytes are.
/// </summary>
public sealed class MimeMessage
{
    /// <summary>Indexes raw bytes in one pass.</summary>
    public static MimeMessage Read(ReadOnlyMemory<byte> raw, MimeLimits? limits = null) => throw new NotImplementedException();

    /// <summary>The raw bytes.</summary>
    public ReadOnlyMemory<byte> Raw => throw new NotImplementedException();

    /// <summary>The message's own headers (those of the root part).</summary>
    public HeaderList Headers => throw new NotImplementedException();

    /// <summary>The body, a tree of parts.</summary>
    public MimePart Root => throw new NotImplementedException();

    /// <summary>Decoded Subject; empty where there is none.</summary>
    public string Subject => throw new NotImplementedException();

    /// <summary>First address in From; null where there is none that can be read.</summary>
    public MailAddress? From => throw new NotImplementedException();

    /// <summary>Addresses in To, groups opened.</summary>
    public IReadOnlyList<MailAddress> To => throw new NotImplementedException();

    /// <summary>Addresses in Cc, groups opened.</summary>
    public IReadOnlyList<MailAddress> Cc => throw new NotImplementedException();

    /// <summary>Date; null where missing or unreadable.</summary>
    public DateTimeOffset? Date => throw new NotImplementedException();

    /// <summary>When the last server took the message in: the date of the top Received header; null where there is none.</summary>
    public DateTimeOffset? Received => throw new NotImplementedException();

    /// <summary>Message-ID with angle brackets, also where the sender left them out; null where missing.</summary>
    public string? MessageId => throw new NotImplementedException();

    /// <summary>First id in In-Reply-To, with angle brackets; null where missing.</summary>
    public string? InReplyTo => throw new NotImplementedException();

    /// <summary>Ids in References, with angle brackets.</summary>
    public IReadOnlyList<string> References => throw new NotImplementedException();

    /// <summary>What was wrong with the message, in the order it was met; at most <see cref="MimeLimits.MaxFaults"/>.</summary>
    public IReadOnlyList<MimeFault> Faults => throw new NotImplementedException();

    /// <summary>
    /// The files the message carries, in order: attachments, inline and nameless parts that may be a material, files in
    /// uuencoded text, and the messages in it as files of their own. The readable text parts are not among them.
    /// </summary>
    public IEnumerable<MimePart> Files => throw new NotImplementedException();
}

/// <summary>One part of a message (RFC 2045).</summary>
public sealed class MimePart
{
    /// <summary>Its headers.</summary>
    public HeaderList Headers => throw new NotImplementedException();

    /// <summary>Declared media type, lower case, default <c>text/plain</c>.</summary>
    public string MediaType => throw new NotImplementedException();

    /// <summary>Declared charset, lower case; null where none is declared.</summary>
    public string? Charset => throw new NotImplementedException();

    /// <summary>Decoded file name (RFC 2183, 2231, 2047; Content-Disposition before Content-Type); null where there is none.</summary>
    public string? FileName => throw new NotImplementedException();

    /// <summary>Disposition, lower case: <c>attachment</c>, <c>inline</c>; null where there is none.</summary>
    public string? Disposition => throw new NotImplementedException();

    /// <summary>Content-ID without angle brackets; null where there is none.</summary>
    public string? ContentId => throw new NotImplementedException();

    /// <summary>Where its headers stand in the raw bytes.</summary>
    public Range HeaderRange => throw new NotImplementedException();

    /// <summary>Where its encoded body stands in the raw bytes, without the line end before the next boundary.</summary>
    public Range BodyRange => throw new NotImplementedException();

    /// <summary>0 for the root.</summary>
    public int Depth => throw new NotImplementedException();

    /// <summary>Parts of a multipart, in order; empty otherwise.</summary>
    public IReadOnlyList<MimePart> Children => throw new NotImplementedException();

    /// <summary>The message in a message/rfc822 (or message/global) part; null otherwise, and where the depth limit is reached.</summary>
    public MimeMessage? Message => throw new NotImplementedException();

    /// <summary>It is shown inside the HTML by its Content-ID, or marked inline.</summary>
    public bool IsInline => throw new NotImplementedException();

    /// <summary>The decoded body as a stream that decodes while it is read. Rubbish in base64 or quoted-printable is passed over.</summary>
    public Stream OpenContent() => throw new NotImplementedException();

    /// <summary>
    /// The decoded body as text: UTF-8 where the bytes are valid UTF-8, else the declared charset (gb2312 and gbk mean GB18030),
    /// else GB18030, else Latin-1.
    /// </summary>
    public string ReadText() => throw new NotImplementedException();
}

/// <summary>Headers in their order, names compared without case.</summary>
public sealed class HeaderList
{
    /// <summary>How many there are.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The raw, unfolded value of the first header of that name; null where there is none.</summary>
    public string? Find(string name) => throw new NotImplementedException();

    /// <summary>The decoded (RFC 2047, 6532) value of the first header of that name; null where there is none.</summary>
    public string? FindText(string name) => throw new NotImplementedException();

    /// <summary>Raw, unfolded values of all headers of that name, top first.</summary>
    public IEnumerable<string> FindAll(string name) => throw new NotImplementedException();

    /// <summary>Name and raw unfolded value of every header, top first.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => throw new NotImplementedException();
}

/// <summary>An address (RFC 5322 mailbox).</summary>
/// <param name="Name">Decoded display name; null where there is none.</param>
/// <param name="Address"><c>local@domain</c>, the domain in lower case.</param>
public sealed record MailAddress(string? Name, string Address);

/// <summary>Something wrong with a message.</summary>
/// <param name="Code">Stable code such as <c>missing-boundary</c>.</param>
/// <param name="Offset">Byte offset in the raw message.</param>
public sealed record MimeFault(string Code, long Offset);

/// <summary>Bounds of reading; what lies beyond is left unread and recorded as a fault.</summary>
public sealed record MimeLimits
{
    /// <summary>Nesting of multiparts and messages; default 40.</summary>
    public int MaxDepth { get; init; } = 40;

    /// <summary>Parts in all; default 2,000.</summary>
    public int MaxParts { get; init; } = 2_000;

    /// <summary>Headers of one part; default 2,000.</summary>
    public int MaxHeaders { get; init; } = 2_000;

    /// <summary>Bytes of one unfolded header; default 256 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>Faults kept; default 100.</summary>
    public int MaxFaults { get; init; } = 100;
}
