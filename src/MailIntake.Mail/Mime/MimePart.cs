using System.Buffers;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime.Decoding;

namespace MailIntake.Mail.Mime;

/// <summary>One part of a message (RFC 2045).</summary>
public sealed class MimePart : IMessagePart
{
    /// <summary>Bytes that are decoded to see how a body begins.</summary>
    private const int LongestMark = 64;

    private readonly MimeMessage _owner;
    private readonly int _start;
    private List<MimePart>? _children;
    private MimeMessage? _message;
    private HeaderParameters? _disposition;
    private bool _triedMessage;
    private bool _tooDeep;

    internal MimePart(MimeMessage owner, MimePart? parent, int start, int depth)
    {
        _owner = owner;
        _start = start;
        Parent = parent;
        Depth = depth;
        Headers = HeaderList.Empty;
        ContentType = HeaderParameters.None;
        MediaType = "text/plain";
        BodyStart = BodyEnd = start;
    }

    /// <summary>A file that stands in the text of another part, between <c>begin</c> and <c>end</c>.</summary>
    internal MimePart(MimePart text, string fileName, int start, int end, TransferEncoding encoding = TransferEncoding.Uuencode)
        : this(text._owner, text, start, text.Depth + 1)
    {
        MediaType = "application/octet-stream";
        Encoding = encoding;
        BodyEnd = end;
        EmbeddedName = fileName;
    }

    /// <summary>Its headers.</summary>
    public HeaderList Headers { get; private set; }

    /// <summary>Declared media type, lower case, default <c>text/plain</c>.</summary>
    public string MediaType { get; private set; }

    /// <summary>Declared charset, lower case; null where none is declared.</summary>
    public string? Charset => ContentType.Find("charset") is { Length: > 0 } charset ? charset.Trim('\'', ' ').ToLowerInvariant() : null;

    /// <summary>Decoded file name (RFC 2183, 2231, 2047; Content-Disposition before Content-Type); null where there is none.</summary>
    public string? FileName => EmbeddedName ?? FileNames.Of(Parameters, ContentType);

    /// <summary>Disposition, lower case: <c>attachment</c>, <c>inline</c>; null where there is none.</summary>
    public string? Disposition => Parameters.Value is { Length: > 0 } value ? value : null;

    /// <summary>Content-ID without angle brackets; null where there is none.</summary>
    public string? ContentId => MessageIds.First(Headers.Find("Content-ID"))?[1..^1];

    /// <summary>Where its headers stand in the raw bytes.</summary>
    public Range HeaderRange => (_start - _owner.Start)..(BodyStart - _owner.Start);

    /// <summary>Where its encoded body stands in the raw bytes, without the line end before the next boundary.</summary>
    public Range BodyRange => (BodyStart - _owner.Start)..(BodyEnd - _owner.Start);

    /// <summary>0 for the root.</summary>
    public int Depth { get; }

    /// <summary>Parts of a multipart, in order; empty otherwise.</summary>
    public IReadOnlyList<MimePart> Children => _children ?? (IReadOnlyList<MimePart>)[];

    /// <summary>
    /// The message in a message/rfc822 (or message/global) part, or in an opaque-signed one (application/pkcs7-mime); null otherwise, and where
    /// the depth limit is reached.
    /// </summary>
    public MimeMessage? Message
    {
        get
        {
            if (!_triedMessage && _message is null && ((this.IsMessage && Encoding != TransferEncoding.Identity) || this.IsSmime))
            {
                _triedMessage = true;
                _message = OpenEncodedMessage();
            }

            return _message;
        }
    }

    /// <summary>
    /// A multipart or a message that was not opened because it lies deeper than <see cref="MimeLimits.MaxDepth"/>: its content is
    /// the unparsed parts themselves.
    /// </summary>
    public bool IsTooDeep => Message is null && _tooDeep;

    /// <summary>It is shown inside the HTML by its Content-ID, or marked inline.</summary>
    public bool IsInline =>
        Disposition == "inline" || (Disposition is null && Parent is { MediaType: "multipart/related" } && ContentId is not null);

    /// <summary>
    /// The decoded body as a stream that decodes while it is read, forward only, with buffers of fixed size. Rubbish in base64
    /// or quoted-printable is passed over.
    /// </summary>
    public Stream OpenContent()
    {
        var body = _owner.Buffer[BodyStart..BodyEnd];
        var passedOver = _owner.PassedOver is { } told ? Shifted(told) : null;
        return Encoding switch
        {
            TransferEncoding.Base64 => new Base64Stream(body) { PassedOver = passedOver },
            TransferEncoding.QuotedPrintable => new QuotedPrintableStream(body) { PassedOver = passedOver },
            TransferEncoding.Uuencode => new UuStream(body) { PassedOver = passedOver },
            TransferEncoding.Yenc => new YencStream(body) { PassedOver = passedOver },
            _ => new IdentityStream(body) { PassedOver = passedOver },
        };
    }

    /// <summary>
    /// The decoded body as text: UTF-8 where the bytes are valid UTF-8, else the declared charset (gb2312 and gbk mean GB18030),
    /// else GB18030, else Latin-1. At most the first <see cref="MimeLimits.MaxTextBytes"/> bytes.
    /// </summary>
    public string ReadText()
    {
        var most = _owner.Limits.MaxTextBytes;
        if (Encoding == TransferEncoding.Identity)
        {
            var body = _owner.Buffer.Span[BodyStart..BodyEnd];
            return WithoutMark(Charsets.Decode(body[..Math.Min(body.Length, most)], Charset));
        }

        // No encoding makes a body longer, so the encoded length is room enough.
        var rented = ArrayPool<byte>.Shared.Rent(Math.Min(most, Math.Max(BodyEnd - BodyStart, 1)));
        try
        {
            using var content = OpenContent();
            var room = rented.AsSpan(0, Math.Min(rented.Length, most));
            var length = content.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            return WithoutMark(Charsets.Decode(rented.AsSpan(0, length), Charset));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public bool BeginsWith(ReadOnlySpan<byte> mark)
    {
        if (Encoding == TransferEncoding.Identity)
        {
            return RawBody.TrimStart(Blanks).StartsWith(mark);
        }

        // Marks begin with a dash, which is -, =2D or L and more: nearly every other body is told by its first byte.
        var raw = RawBody.TrimStart(Blanks);
        if (!(raw.StartsWith("-"u8) || raw.StartsWith("=2D"u8) || raw.StartsWith("L"u8)))
        {
            return false;
        }

        Span<byte> first = stackalloc byte[LongestMark];
        using var content = OpenContent();
        first = first[..content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return ((ReadOnlySpan<byte>)first).StartsWith(mark);
    }

    /// <inheritdoc/>
    public bool IsBlank => RawBody.IndexOfAnyExcept(Blanks) < 0;

    /// <inheritdoc/>
    public string? Parameter(string name) => ContentType.Find(name);

    IReadOnlyList<IMessagePart> IMessagePart.Children => Children;

    IMessage? IMessagePart.Message => Message;

    IEnumerable<IMessagePart> IMessagePart.FilesInText => UuBlocks.In.FilesIn(this).Concat(YencBlocks.In.FilesIn(this));

    /// <summary>A byte order mark is no text.</summary>
    private static string WithoutMark(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    internal MimePart? Parent { get; }

    internal HeaderParameters ContentType { get; private set; }

    internal TransferEncoding Encoding { get; private set; }

    internal int BodyStart { get; private set; }

    internal int BodyEnd { get; private set; }

    /// <summary>Where the message inside ends, while it is indexed in place; else where the body begins.</summary>
    internal int InnerEnd => _message is { } inner ? inner.Root.BodyEnd : BodyStart;

    internal ReadOnlySpan<byte> RawBody => _owner.Buffer.Span[BodyStart..BodyEnd];

    internal string? EmbeddedName { get; }

    internal bool IsText => MediaType.StartsWith("text/", StringComparison.Ordinal);

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private HeaderParameters Parameters => _disposition ??= Headers.Parameters("Content-Disposition");

    internal void SetHeaders(HeaderList headers, int bodyStart, string defaultType)
    {
        Headers = headers;
        BodyStart = BodyEnd = bodyStart;
        ContentType = headers.Parameters("Content-Type");
        MediaType = TypeOf(ContentType.Value, defaultType);
        Encoding = this.IsMultipart ? TransferEncoding.Identity : headers.Encoding("Content-Transfer-Encoding");
    }

    internal void SetBodyEnd(int end) => BodyEnd = Math.Max(end, BodyStart);

    /// <summary>Takes a body for what it is where it is declared base64 and is none; gives whether it was so.</summary>
    internal bool MendEncoding()
    {
        if (Encoding != TransferEncoding.Base64 || !TransferEncodings.IsPlainText(RawBody))
        {
            return false;
        }

        Encoding = TransferEncoding.Identity;
        return true;
    }

    internal void SetTooDeep() => _tooDeep = true;

    internal void SetMessage(MimeMessage message) => _message = message;

    internal void AddChild(MimePart child) => (_children ??= []).Add(child);

    /// <summary>A type without a subtype means what its default means (RFC 2045, 5.2), but <c>multipart</c> alone is still one.</summary>
    private static string TypeOf(string declared, string defaultType)
    {
        var slash = declared.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < declared.Length - 1 ? declared
            : declared is "multipart" or "multipart/" ? "multipart/mixed"
            : declared is "html" ? "text/html"
            : defaultType;
    }

    private Action<int, int> Shifted(Action<int, int> told) => (offset, length) => told(BodyStart + offset, length);

    private MimeMessage? OpenEncodedMessage()
    {
        var level = _owner.Level + Depth + 1;
        if (level >= _owner.Limits.MaxDepth)
        {
            _tooDeep = true;
            return null;
        }

        if (BodyEnd - BodyStart > _owner.Limits.MaxEncodedMessageBytes / 3L * 4)
        {
            return null;
        }

        using var content = OpenContent();
        using var decoded = new MemoryStream();
        content.CopyTo(decoded);
        var bytes = decoded.ToArray();
        return !this.IsSmime ? MimeMessage.Read(bytes, _owner.Limits, level)
            : SignedContent.Find(bytes) is { } signed ? MimeMessage.Read(signed, _owner.Limits, level)
            : null;
    }
}
