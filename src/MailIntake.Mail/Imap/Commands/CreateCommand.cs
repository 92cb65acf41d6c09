using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>CREATE (RFC 3501 section 6.3.3).</summary>
internal sealed class CreateCommand(string wireName) : ImapCommand
{
    public override string Name => "CREATE";

    public override void Write(ImapWriter writer) => writer.Atom(Name).String(wireName);
}
