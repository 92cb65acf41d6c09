using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID EXPUNGE (RFC 4315 section 2.1): removes this message alone, and none that somebody else marked.</summary>
internal sealed class UidExpungeCommand(uint uid) : ImapCommand
{
    public override string Name => "UID EXPUNGE";

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("EXPUNGE").Number(uid);
}
