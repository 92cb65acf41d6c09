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
    public static async Task RunAsync(ImapSession session, uint uid, string targetWireName, CancellationToken cancellation)
    {
        var connection = session.Connection;
        if (session.Capabilities.Move)
        {
            await IntoAsync(() => new UidMoveCommand(uid, targetWireName)).ConfigureAwait(false);
            return;
        }

        if (!session.Capabilities.UidPlus)
        {
            throw new MailboxException(MailboxRemedy.Skip, "The server can neither MOVE nor UID EXPUNGE; the message stays where it is.");
        }

        await IntoAsync(() => new UidCopyCommand(uid, targetWireName)).ConfigureAwait(false);
        await MustAsync(new UidDeleteCommand(uid)).ConfigureAwait(false);
        await MustAsync(new UidExpungeCommand(uid)).ConfigureAwait(false);

        async Task IntoAsync(Func<ImapCommand> make)
        {
            if ((await connection.RunAsync(make(), cancellation).ConfigureAwait(false)).Ok)
            {
                return;
            }

            // TRYCREATE is what the RFC asks for; not every server gives it. A folder that is there refuses to be made, which is no harm.
            await connection.RunAsync(new CreateCommand(targetWireName), cancellation).ConfigureAwait(false);
            await MustAsync(make()).ConfigureAwait(false);
        }

        async Task MustAsync(ImapCommand command)
        {
            var answer = await connection.RunAsync(command, cancellation).ConfigureAwait(false);
            if (!answer.Ok)
            {
                throw new MailboxException(MailboxRemedy.Skip, $"{command.Name} was refused: {answer.Text}");
            }
        }
    }
}
