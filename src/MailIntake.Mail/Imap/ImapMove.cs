using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Moves a message of the folder that is open for writing: MOVE (RFC 6851) where there is one, else UID COPY, <c>\Deleted</c>
/// and UID EXPUNGE. Without UIDPLUS nothing is moved: a plain EXPUNGE would remove what somebody else marked.
/// </summary>
internal static class ImapMove
{
    /// <exception cref="MailboxException">The server does not move it; it is where it was, or in both folders.</exception>
    public static void Run(ImapSession session, uint uid, string targetWireName)
    {
        var connection = session.Connection;
        if (session.Capabilities.Move)
        {
            Into(() => new UidMoveCommand(uid, targetWireName));
            return;
        }

        if (!session.Capabilities.UidPlus)
        {
            throw new MailboxException(MailboxRemedy.Skip, "The server can neither MOVE nor UID EXPUNGE; the message stays where it is.");
        }

        Into(() => new UidCopyCommand(uid, targetWireName));
        Must(new UidDeleteCommand(uid));
        Must(new UidExpungeCommand(uid));

        void Into(Func<ImapCommand> make)
        {
            if (connection.Run(make()).Ok)
            {
                return;
            }

            // TRYCREATE is what the RFC asks for; not every server gives it. A folder that is there refuses to be made, which is no harm.
            connection.Run(new CreateCommand(targetWireName));
            Must(make());
        }

        void Must(ImapCommand command)
        {
            var answer = connection.Run(command);
            if (!answer.Ok)
            {
                throw new MailboxException(MailboxRemedy.Skip, $"{command.Name} was refused: {answer.Text}");
            }
        }
    }
}
