using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID COPY (RFC 3501 section 6.4.7).</summary>
internal sealed class UidCopyCommand(uint uid, string wireName) : ImapCommand
{
    public override string Name => "UID COPY";

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("COPY").Number(uid).String(wireName);
}
