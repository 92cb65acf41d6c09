using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>CAPABILITY (RFC 3501 section 6.1.1); the connection itself keeps the answer.</summary>
internal sealed class CapabilityCommand : ImapCommand
{
    public override string Name => "CAPABILITY";

    public override void Write(ImapWriter writer) => writer.Atom(Name);
}
