using System.Globalization;
using System.Text;
using MailIntake.Mail.Mailboxes;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>More messages than one command can name: what is asked next is sent while the last message before it still comes.</summary>
public sealed class AskingAheadTests
{
    /// <summary>Every second UID of a folder: no two of them are one range, so a command of 900 octets holds some 200.</summary>
    private static readonly uint[] Wanted = [.. Enumerable.Range(500, 500).Select(i => (uint)(2 * i))];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_next_command_is_sent_while_the_last_message_still_comes()
    {
        await using var server = StartFilled();
        var asked = 0;
        server.Instead = async (wire, tag, command, _) =>
        {
            if (!command.StartsWith("UID FETCH", StringComparison.Ordinal) || ++asked > 1)
            {
                return false;
            }

            var set = Named(command);
            foreach (var uid in set[..^1])
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, uid, Message));
            }

            var last = ScriptedImapServer.Fetched(1, set[^1], Message);
            await wire.WriteAsync(Encoding.UTF8.GetBytes(last[..^4]));
            var ahead = await wire.ReadLineAsync(Cancellation).WaitAsync(Patience, Cancellation);
            await wire.SayAsync(last[^4..] + $"\r\n{tag} OK Fetch completed");
            foreach (var uid in Named(ahead![(ahead!.IndexOf(' ', StringComparison.Ordinal) + 1)..]))
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, uid, Message));
            }

            await wire.SayAsync($"{ahead[..ahead.IndexOf(' ', StringComparison.Ordinal)]} OK Fetch completed");
            return true;
        };

        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);

        Assert.Equal(Wanted, (await FetchAsync(mailbox, listing, Wanted)).Select(m => m.Uid));
        Assert.Equal(Wanted, (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids.Where(u => u >= 1000 && u % 2 == 0));
        Assert.Single(server.Commands, c => c.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_may_answer_the_next_command_before_it_says_that_the_first_is_done(bool allOfIt)
    {
        await using var server = StartFilled();
        var owed = "";
        var asked = 0;
        server.Instead = async (wire, tag, command, _) =>
        {
            if (!command.StartsWith("UID FETCH", StringComparison.Ordinal) || ++asked > 2)
            {
                return false;
            }

            var set = Named(command);
            var early = allOfIt ? set.Length : set.Length / 2;
            foreach (var uid in set[..early])
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, uid, Message));
            }

            await wire.SayAsync(owed);
            foreach (var uid in set[early..])
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, uid, Message));
            }

            owed = $"{tag} OK Fetch completed";
            if (asked == 2)
            {
                await wire.SayAsync(owed);
            }

            return true;
        };

        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        owed = "* OK Still here";
        Assert.Equal(Wanted, (await FetchAsync(mailbox, listing, Wanted).WaitAsync(Patience, Cancellation)).Select(m => m.Uid));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_connection_lost_with_a_command_ahead_asks_for_what_is_left_on_another_one()
    {
        await using var server = StartFilled();
        server.Instead = async (wire, _, command, connection) =>
        {
            if (connection != 1 || !command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                return false;
            }

            foreach (var uid in Named(command))
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, uid, Message));
            }

            await wire.ReadLineAsync(Cancellation).WaitAsync(Patience, Cancellation);
            await wire.DisposeAsync();
            return true;
        };

        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);

        Assert.Equal(Wanted, (await FetchAsync(mailbox, listing, Wanted)).Select(m => m.Uid));
        Assert.Equal(2, server.Commands.Count(c => c.StartsWith("LOGIN", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_that_the_server_cannot_give_is_asked_for_alone_after_all_the_others()
    {
        await using var server = StartFilled();
        const uint Bad = 1002;
        server.Instead = async (wire, tag, command, _) =>
        {
            if (!command.StartsWith("UID FETCH", StringComparison.Ordinal) || !Named(command).Contains(Bad))
            {
                return false;
            }

            foreach (var uid in Named(command).Where(u => u != Bad))
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, uid, Message));
            }

            await wire.SayAsync($"{tag} NO cannot read it");
            return true;
        };

        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var came = new List<uint>();

        var fault = await Assert.ThrowsAsync<MailboxException>(() => mailbox.FetchAsync(
            listing,
            Wanted,
            async (message, token) =>
            {
                came.Add(message.Uid);
                await message.Content.CopyToAsync(Stream.Null, token);
            },
            Cancellation));

        Assert.Equal(MailboxRemedy.Skip, fault.Remedy);
        Assert.Contains("1002", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Wanted.Where(u => u != Bad), came);
        Assert.Equal("UID FETCH 1002 (UID INTERNALDATE BODY.PEEK[])", server.Commands.Last());
    }

    [Fact]
    public async Task Nothing_is_sent_ahead_of_the_only_command()
    {
        await using var server = StartFilled();
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);

        await FetchAsync(mailbox, listing, [1000, 1001]);
        await FetchAsync(mailbox, listing, [1002]);

        Assert.Equal(
            ["UID FETCH 1000:1001 (UID INTERNALDATE BODY.PEEK[])", "UID FETCH 1002 (UID INTERNALDATE BODY.PEEK[])"],
            server.Commands.Where(c => c.StartsWith("UID FETCH", StringComparison.Ordinal)));
    }

    private static ScriptedImapServer StartFilled()
    {
        var server = Start();
        for (var uid = 1000u; uid <= Wanted[^1] + 1; uid++)
        {
            server.Inbox.Messages[uid] = Message;
        }

        return server;
    }

    /// <summary>The messages of a UID FETCH whose set has no ranges.</summary>
    private static uint[] Named(string command) => [.. command.Split(' ')[2].Split(',').Select(u => uint.Parse(u, CultureInfo.InvariantCulture))];
}
