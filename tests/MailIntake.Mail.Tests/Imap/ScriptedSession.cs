using System.Text;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>What the tests on the scripted server share.</summary>
internal static class ScriptedSession
{
    public const string Message = "Subject: x\r\n\r\n材料\r\n";

    public static readonly MailFolder Inbox = new("INBOX", false);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static ScriptedImapServer Start(string? capabilities = null)
    {
        var server = capabilities is null ? new ScriptedImapServer() : new ScriptedImapServer { Capabilities = capabilities };
        server.Start();
        return server;
    }

    public static async Task<bool> Answer(bool when, LoopbackServer.Wire wire, string answer)
    {
        if (when)
        {
            await wire.SayAsync(answer);
        }

        return when;
    }

    public static async Task<List<(uint Uid, DateTimeOffset? Date, string Text, bool TooLarge)>> FetchAsync(ImapMailbox mailbox, FolderListing listing, IReadOnlyList<uint> uids)
    {
        var fetched = new List<(uint, DateTimeOffset?, string, bool)>();
        await mailbox.FetchAsync(
            listing,
            uids,
            async (message, token) =>
            {
                using var bytes = new MemoryStream();
                await message.Content.CopyToAsync(bytes, token);
                fetched.Add((message.Uid, message.InternalDate, Encoding.UTF8.GetString(bytes.ToArray()), message.TooLarge));
            },
            Cancellation);
        return fetched;
    }

    /// <summary>The work must fail with the advice to reconnect.</summary>
    public static async Task<MailboxException> ReconnectAsync(Func<Task> work)
    {
        var fault = await Assert.ThrowsAsync<MailboxException>(work);
        Assert.Equal(MailboxRemedy.Reconnect, fault.Remedy);
        return fault;
    }
}
