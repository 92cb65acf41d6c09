using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID STORE of <c>\Deleted</c> (RFC 3501 section 6.4.6).</summary>
internal sealed class UidDeleteCommand(uint uid) : ImapCommand
{
    public override string Name => "UID STORE";

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("STORE").Number(uid).Atom("+FLAGS.SILENT").Atom("(\\Deleted)");
}
