using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>NOOP (RFC 3501 section 6.1.2): is anybody there.</summary>
internal sealed class NoopCommand : ImapCommand
{
    public override string Name => "NOOP";

    public override void Write(ImapWriter writer) => writer.Atom(Name);
}
