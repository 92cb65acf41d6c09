using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>LOGOUT (RFC 3501 section 6.1.3).</summary>
internal sealed class LogoutCommand : ImapCommand
{
    public override string Name => "LOGOUT";

    public override void Write(ImapWriter writer) => writer.Atom(Name);
}
