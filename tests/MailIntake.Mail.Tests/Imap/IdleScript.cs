using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>What the tests of IDLE share.</summary>
internal static class IdleScript
{
    public const string WithIdle = "IMAP4rev1 ID UIDPLUS IDLE";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<MailboxNews> WatchAsync(ImapMailbox mailbox) =>
        mailbox.WatchAsync(Inbox, CancellationToken.None, Cancellation).WaitAsync(Patience, Cancellation);

    public static async Task<IReadOnlyList<uint>> ListAsync(ImapMailbox mailbox) => (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids;

    /// <summary>The server says no more.</summary>
    public static Task Begin(Silence silence)
    {
        _ = silence.KeepAsync();
        return Task.CompletedTask;
    }

    /// <summary>Begins IDLE, says something, and ends it when it is told to.</summary>
    public static Func<LoopbackServer.Wire, string, string, int, Task<bool>> Idling(Func<LoopbackServer.Wire, string, Task> say)
    {
        var idling = "";
        return async (wire, tag, command, _) =>
        {
            if (command == "IDLE")
            {
                idling = tag;
                await wire.SayAsync("+ idling");
                await say(wire, tag);
            }
            else if (command == "DONE")
            {
                await wire.SayAsync($"{idling} OK IDLE completed");
            }

            return command is "IDLE" or "DONE";
        };
    }
}
