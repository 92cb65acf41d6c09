using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Mime.Decoding;
using MimeKit;
using MimePart = MimeKit.MimePart;
using IMessagePart = MailIntake.Mail.Messages.IMessagePart;

namespace MailIntake.Kit;

/// <summary>An entity of MimeKit's as the worker asks for it.</summary>
internal sealed class KitPart(KitSource source, MimeEntity entity, KitPart? parent, int level) : IMessagePart
{
    /// <summary>Bytes that are decoded to see how a body begins.</summary>
    private const int LongestMark = 64;

    private IReadOnlyList<KitPart>? _children;
    private IMessage? _message;
    private bool _triedMessage;

    public string MediaType { get; } = entity.ContentType.MimeType.ToLowerInvariant();

    public string? FileName => (entity.ContentDisposition?.FileName is { Length: > 0 } name ? name : entity.ContentType.Name)?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    public string? Disposition => entity.ContentDisposition?.Disposition?.ToLowerInvariant() is { Length: > 0 } value ? value : null;

    public bool IsInline => Disposition == "inline" || (Disposition is null && parent is { MediaType: "multipart/related" } && !string.IsNullOrEmpty(entity.ContentId));

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public IReadOnlyList<IMessagePart> Children => _children ??= entity is Multipart parts ? [.. parts.Select(p => new KitPart(source, p, this, level + 1))] : [];

    public IMessage? Message
    {
        get
        {
            if (!_triedMessage)
            {
                _triedMessage = true;
                _message = Open();
            }

            return _message;
        }
    }

    // MimeKit leaves what lies too deep unparsed: a multipart or a message that is none of its own kinds of them.
    public bool IsTooDeep => entity is MimePart && (this.IsMultipart || (this.IsMessage && Message is null && level >= KitSource.Limits.MaxDepth));

    public IEnumerable<IMessagePart> FilesInText =>
        IsEncoded || MediaType == "text/html" ? [] : FileParts.Of(Mail.Mime.MimeMessage.OfText(source.Body(entity)).Root);

    public bool IsBlank => source.Body(entity).Span.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>Where its body begins in the raw bytes.</summary>
    public long Offset => source.Offset(entity);

    private bool IsEncoded => entity is MimePart { ContentTransferEncoding: ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode };

    public string? Parameter(string name) => entity.ContentType.Parameters[name];

    public bool BeginsWith(ReadOnlySpan<byte> mark)
    {
        if (!IsEncoded)
        {
            return source.Body(entity).Span.TrimStart(" \t\r\n"u8).StartsWith(mark);
        }

        using var content = OpenContent();
        Span<byte> first = stackalloc byte[LongestMark];
        return ((ReadOnlySpan<byte>)first[..content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)]).StartsWith(mark);
    }

    public Stream OpenContent() => entity is MimePart { Content: { } content } ? content.Open() : new IdentityStream(source.Body(entity));

    public string ReadText()
    {
        var text = (entity is TextPart { Content: not null } own && source.Body(entity).Length <= KitSource.Limits.MaxTextBytes ? own : Beginning()).Text;
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    /// <summary>As much of it as is ever read as text, as a part of its own.</summary>
    private TextPart Beginning()
    {
        using var content = OpenContent();
        var bytes = new byte[Math.Min(KitSource.Limits.MaxTextBytes, source.Body(entity).Length)];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = new TextPart("plain") { Content = new MimeContent(new MemoryStream(bytes, 0, length, writable: false)) };
        if (entity.ContentType.Charset is { Length: > 0 } charset)
        {
            text.ContentType.Charset = charset;
        }

        return text;
    }

    private KitMessage? Open()
    {
        if (this.IsMessage && entity is MessagePart { Message: { } inner })
        {
            return new KitMessage(source, inner, level + 1);
        }

        if (entity is not MimePart || !(this.IsMessage || this.IsSmime) || level + 1 >= KitSource.Limits.MaxDepth || source.Body(entity).Length > KitSource.Limits.MaxEncodedMessageBytes / 3L * 4)
        {
            return null;
        }

        using var content = OpenContent();
        using var decoded = new MemoryStream();
        content.CopyTo(decoded);
        return this.IsMessage ? KitSource.Read(decoded.ToArray(), level + 1, null)
            : SignedContent.Find(decoded.ToArray()) is { } signed ? KitSource.Read(signed, level + 1, null)
            : null;
    }
}
