using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;
using MimeKit;
using MimeKit.Utils;
using MimeMessage = MimeKit.MimeMessage;
using IMessagePart = MailIntake.Mail.Messages.IMessagePart;

namespace MailIntake.Kit;

/// <summary>A message of MimeKit's as the worker asks for it.</summary>
internal sealed class KitMessage(KitSource source, MimeMessage message, int level) : IMessage, IMessageHeaders
{
    private readonly KitPart _root = new(source, message.Body ?? new TextPart("plain"), null, level);
    private IReadOnlyList<IMessagePart>? _files;
    private List<MimeFault>? _faults;

    public IMessageHeaders Headers => this;

    public IMessagePart Root => _root;

    public string Subject => message.Subject is { } subject ? string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c)).Trim() : "";

    public MailAddress? From => Addresses(message.From).FirstOrDefault();

    public IReadOnlyList<MailAddress> To => [.. Addresses(message.To)];

    public DateTimeOffset? Date => message.Headers[HeaderId.Date] is { } value && DateUtils.TryParse(value, out var date) ? date : null;

    public DateTimeOffset? Received =>
        message.Headers[HeaderId.Received] is { } value && value.LastIndexOf(';') is >= 0 and var at && DateUtils.TryParse(value[(at + 1)..], out var date) ? date : null;

    public string? MessageId => Bracketed(message.MessageId);

    public string? InReplyTo => Bracketed(message.InReplyTo);

    public IReadOnlyList<string> References => [.. message.References.Select(Bracketed).OfType<string>()];

    public IReadOnlyList<MimeFault> Faults => _faults ??= [.. Peculiar(_root)];

    public IEnumerable<IMessagePart> Files => _files ??= FileParts.Of<IMessagePart>(_root);

    IEnumerable<KeyValuePair<string, string>> IMessageHeaders.All => message.Headers.Select(h => KeyValuePair.Create(h.Field, Unfolded(h.Value)));

    string? IMessageHeaders.Find(string name) => message.Headers[name] is { } value ? Unfolded(value) : null;

    IEnumerable<string> IMessageHeaders.FindAll(string name) =>
        message.Headers.Where(h => h.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => Unfolded(h.Value));

    bool IMessageHeaders.Contains(string name) => message.Headers.Contains(name);

    private static IEnumerable<MimeFault> Peculiar(KitPart part) =>
        (part.Peculiarity is { } code ? new[] { new MimeFault(code, part.Offset) } : []).Concat(part.Children.Cast<KitPart>().SelectMany(Peculiar));

    /// <summary>A fold by tab becomes a space.</summary>
    private static string Unfolded(string value) => value.Replace('\t', ' ');

    private static string? Bracketed(string? id) => string.IsNullOrEmpty(id) ? null : $"<{id}>";

    /// <summary>Those that have a domain: nobody could be answered at another.</summary>
    private static IEnumerable<MailAddress> Addresses(InternetAddressList list) =>
        from mailbox in list.Mailboxes
        let at = mailbox.Address?.LastIndexOf('@') ?? -1
        where at > 0
        select new MailAddress(string.IsNullOrWhiteSpace(mailbox.Name) ? null : mailbox.Name.Trim(), mailbox.Address![..at] + mailbox.Address[at..].ToLowerInvariant());
}
