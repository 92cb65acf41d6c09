using System.Text;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;
using MimeKit;
using MimeMessage = MimeKit.MimeMessage;

namespace MailIntake.Kit;

/// <summary>
/// The reader by MimeKit: parsing, headers, charsets and encodings are the library's. What it refuses to parse is read as text without headers.
/// Of the faults it tells those alone that every reader tells.
/// </summary>
public sealed class KitMessageReader : IMessageReader
{
    /// <inheritdoc/>
    public IMessage Read(ReadOnlyMemory<byte> raw, Action<int, int>? passedOver = null) => KitSource.Read(raw, 0, passedOver);
}

/// <summary>Raw bytes that MimeKit parsed, and where the bodies of its entities stand in them.</summary>
internal sealed class KitSource
{
    /// <summary>The same as of our own reader.</summary>
    public static readonly MimeLimits Limits = new();

    private static readonly ParserOptions Options = new() { MaxMimeDepth = Limits.MaxDepth, CharsetEncoding = Encoding.GetEncoding("gb18030") };

    private readonly Dictionary<MimeEntity, (int Start, int End)> _bodies = new(ReferenceEqualityComparer.Instance);
    private readonly ReadOnlyMemory<byte> _raw;

    private KitSource(ReadOnlyMemory<byte> raw) => _raw = raw;

    /// <summary>Parses; <paramref name="level"/> says how deep the message lies in what was read before.</summary>
    public static KitMessage Read(ReadOnlyMemory<byte> raw, int level, Action<int, int>? passedOver)
    {
        var source = new KitSource(raw);

        // Parts go on reading from the stream: it holds nothing that needs to be closed.
        var stream = new RawStream(raw) { PassedOver = passedOver };
        var parser = new MimeParser(Options, stream, persistent: true);
        parser.MimeEntityEnd += (_, e) => source._bodies[e.Entity] = ((int)e.HeadersEndOffset, (int)e.EndOffset);
        try
        {
            return new KitMessage(source, parser.ParseMessage(), level);
        }
        catch (FormatException)
        {
            var text = new TextPart("plain") { Content = new MimeContent(new RawStream(raw)) };
            source._bodies[text] = (0, raw.Length);
            return new KitMessage(source, new MimeMessage { Body = text }, level);
        }
    }

    /// <summary>The encoded body; empty for an entity that was not parsed.</summary>
    public ReadOnlyMemory<byte> Body(MimeEntity entity) => _bodies.TryGetValue(entity, out var body) ? _raw[body.Start..Math.Max(body.Start, body.End)] : default;

    public long Offset(MimeEntity entity) => _bodies.TryGetValue(entity, out var body) ? body.Start : 0;
}
