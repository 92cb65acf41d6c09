using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Mime;

/// <summary>
/// A message (RFC 5322, 2045–2049) as an index over its raw bytes: nothing is copied, bodies are decoded when asked for.
/// Reading never throws on any input; what was wrong stands in <see cref="Faults"/> beside a usable result.
/// Valid as long as the raw bytes are.
/// </summary>
public sealed class MimeMessage : IMessage
{
    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly int _start;
    private List<MimeFault>? _faults;
    private int _end;
    private MimePart? _root;
    private IReadOnlyList<MimePart>? _files;

    internal MimeMessage(ReadOnlyMemory<byte> buffer, int start, MimeLimits limits, int level)
    {
        _buffer = buffer;
        _start = start;
        _end = buffer.Length;
        Limits = limits;
        Level = level;
    }

    /// <summary>Indexes raw bytes in one pass.</summary>
    /// <param name="raw">The message; line ends may be CR LF, LF or CR. It is not copied and must not change.</param>
    /// <param name="limits">Bounds; null for the defaults.</param>
    /// <param name="passedOver">
    /// Is told offset and length of bytes of a large body that were read and will not be needed for a while, so that a mapped file
    /// can let them go; null for nobody.
    /// </param>
    public static MimeMessage Read(ReadOnlyMemory<byte> raw, MimeLimits? limits = null, Action<int, int>? passedOver = null) =>
        Read(raw, limits ?? new MimeLimits(), 0, passedOver);

    internal static MimeMessage Read(ReadOnlyMemory<byte> raw, MimeLimits limits, int level, Action<int, int>? passedOver = null)
    {
        var message = new MimeMessage(raw, 0, limits, level) { PassedOver = passedOver };
        new MimeIndexer(raw, limits, passedOver).ReadMessage(message, 0, level);
        return message;
    }

    /// <summary>Text without headers as a message of one part, for the files that stand in it.</summary>
    internal static MimeMessage OfText(ReadOnlyMemory<byte> text)
    {
        var message = new MimeMessage(text, 0, new MimeLimits(), 0);
        message.SetRoot(new MimePart(message, null, 0, 0));
        message.Root.SetBodyEnd(text.Length);
        return message;
    }

    /// <summary>The raw bytes.</summary>
    public ReadOnlyMemory<byte> Raw => _buffer[_start.._end];

    /// <summary>The message's own headers (those of the root part).</summary>
    public HeaderList Headers => Root.Headers;

    /// <summary>The body, a tree of parts.</summary>
    public MimePart Root => _root ?? throw new InvalidOperationException("A message is read before it is shown.");

    /// <summary>Decoded Subject on one line, whatever line ends an encoded word hides; empty where there is none.</summary>
    public string Subject => Headers.FindText("Subject") is not { } subject ? ""
        : subject.Any(char.IsControl) ? string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c)).Trim() : subject.Trim();

    /// <summary>First address in From; null where there is none that can be read.</summary>
    public MailAddress? From => AddressesOf("From") is [var first, ..] ? first : null;

    /// <summary>Addresses in To, groups opened.</summary>
    public IReadOnlyList<MailAddress> To => AddressesOf("To");

    /// <summary>Addresses in Cc, groups opened.</summary>
    public IReadOnlyList<MailAddress> Cc => AddressesOf("Cc");

    /// <summary>Date; null where missing or unreadable. How it is read: <see cref="DateParser"/>.</summary>
    public DateTimeOffset? Date => Headers.Find("Date") is { } value ? DateParser.Parse(value) : null;

    /// <summary>When the last server took the message in: the date of the top Received header; null where there is none.</summary>
    public DateTimeOffset? Received =>
        Headers.Find("Received") is { } value && value.LastIndexOf(';') is >= 0 and var at ? DateParser.Parse(value.AsSpan(at + 1)) : null;

    /// <summary>Message-ID with angle brackets, also where the sender left them out; null where missing.</summary>
    public string? MessageId => MessageIds.First(Headers.Find("Message-ID"));

    /// <summary>First id in In-Reply-To, with angle brackets; null where missing.</summary>
    public string? InReplyTo => MessageIds.First(Headers.Find("In-Reply-To"));

    /// <summary>Ids in References, with angle brackets.</summary>
    public IReadOnlyList<string> References => MessageIds.All(Headers.Find("References"));

    /// <summary>
    /// What was wrong with the message, in the order it was met; at most <see cref="MimeLimits.MaxFaults"/>. Those of a
    /// message inside it stand in its own list.
    /// </summary>
    public IReadOnlyList<MimeFault> Faults => _faults ?? (IReadOnlyList<MimeFault>)[];

    /// <summary>
    /// The files the message carries, in order: attachments, inline and nameless parts that may be a material, files in
    /// uuencoded text, and the messages in it as files of their own. The readable text parts are not among them, nor are
    /// signatures, calendars, delivery reports and other alternatives of the text.
    /// </summary>
    public IEnumerable<MimePart> Files => _files ??= FileParts.Of(Root);

    IMessageHeaders IMessage.Headers => Headers;

    IMessagePart IMessage.Root => Root;

    IEnumerable<IMessagePart> IMessage.Files => Files;

    internal MimeLimits Limits { get; }

    /// <summary>How deep the message lies in what was read: multiparts and messages around it.</summary>
    internal int Level { get; }

    internal Action<int, int>? PassedOver { get; init; }

    internal ReadOnlyMemory<byte> Buffer => _buffer;

    internal int Start => _start;

    internal void SetRoot(MimePart root) => _root = root;

    internal void SetEnd(int end) => _end = end;

    internal void AddFault(string code, int position)
    {
        if ((_faults?.Count ?? 0) < Limits.MaxFaults)
        {
            (_faults ??= []).Add(new MimeFault(code, position - _start));
        }
    }

    private IReadOnlyList<MailAddress> AddressesOf(string header) => Headers.Find(header) is { } value ? AddressParser.Parse(value) : [];
}
