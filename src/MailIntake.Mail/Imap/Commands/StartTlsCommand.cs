using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>STARTTLS (RFC 3501 section 6.2.1).</summary>
internal sealed class StartTlsCommand : ImapCommand
{
    public override string Name => "STARTTLS";

    public override void Write(ImapWriter writer) => writer.Atom(Name);
}
