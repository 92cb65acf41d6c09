using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID MOVE (RFC 6851).</summary>
internal sealed class UidMoveCommand(uint uid, string wireName) : ImapCommand
{
    public override string Name => "UID MOVE";

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("MOVE").Number(uid).String(wireName);
}
