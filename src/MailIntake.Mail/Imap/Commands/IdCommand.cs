using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>ID (RFC 2971). NetEase opens no folder on a connection that has not sent it.</summary>
/// <param name="pairs">Field, value, field, value…; none sends NIL.</param>
internal sealed class IdCommand(IReadOnlyList<string> pairs) : ImapCommand
{
    public override string Name => "ID";

    public override void Write(ImapWriter writer) => writer.Atom(Name).StringList(pairs);
}
