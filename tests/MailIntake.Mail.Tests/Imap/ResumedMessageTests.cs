using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>A server that cuts connections in the middle of a large message: the rest comes over another one, and nothing twice.</summary>
public sealed partial class ResumedMessageTests
{
    private static readonly string Large = "Subject: large\r\n\r\n" + string.Concat(Enumerable.Range(0, 120_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i:00000000}\r\n")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_message_that_breaks_off_goes_on_where_it_broke(bool reused)
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Large;
        server.Inbox.Messages[9] = Message;
        server.Instead = CutAt(server, connection: 1, bytes: 700_000);
        await using var mailbox = server.Open(maxBytes: 10 << 20);
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        if (!reused)
        {
            server.Instead = CutAt(server, connection: 2, bytes: 700_000, closeFirst: true);
        }

        var fetched = await FetchAsync(mailbox, listing, [5, 9]);

        Assert.Equal([Large, Message], fetched.Select(m => m.Text));
        Assert.Equal(reused ? 2 : 3, server.Commands.Count(c => c.StartsWith("LOGIN", StringComparison.Ordinal)));
        Assert.Equal([5u, 9u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

    [Fact]
    public async Task Each_loss_may_come_anywhere_as_long_as_something_came_before_it()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Large;
        var first = CutAt(server, connection: 1, bytes: 300_000);
        var pieces = 0;
        server.Instead = async (wire, tag, command, connection) =>
        {
            if (PiecePattern().IsMatch(command) && ++pieces % 2 == 0)
            {
                await wire.WriteAsync(Encoding.UTF8.GetBytes("* 1 FETCH (UID 5 BODY[]<0> {500000}\r\nhalf"));
                await wire.DisposeAsync();
                return true;
            }

            return await first(wire, tag, command, connection);
        };
        await using var mailbox = server.Open(maxBytes: 10 << 20);
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);

        Assert.Equal(Large, Assert.Single(await FetchAsync(mailbox, listing, [5])).Text);
    }

    [Fact]
    public async Task A_folder_that_was_numbered_anew_meanwhile_gives_no_piece_of_another_message()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Large;
        server.Instead = CutAt(server, connection: 1, bytes: 700_000);
        await using var mailbox = server.Open(maxBytes: 10 << 20);
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        server.Inbox.UidValidity = 2;

        await ReconnectAsync(() => FetchAsync(mailbox, listing, [5]));

        Assert.DoesNotContain(server.Commands, c => PiecePattern().IsMatch(c));
    }

    [Fact]
    public async Task A_small_message_that_breaks_off_is_begun_again_and_costs_no_second_login_now()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Large[..100_000];
        server.Instead = CutAt(server, connection: 1, bytes: 50_000);
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);

        await ReconnectAsync(() => FetchAsync(mailbox, listing, [5]));

        Assert.Single(server.Commands, c => c.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    /// <summary>The whole message is cut on that connection; pieces are given on all.</summary>
    private static Func<LoopbackServer.Wire, string, string, int, Task<bool>> CutAt(ScriptedImapServer server, int connection, int bytes, bool closeFirst = false) =>
        async (wire, tag, command, number) =>
        {
            if (PiecePattern().Match(command) is { Success: true } piece)
            {
                var (offset, count) = (int.Parse(piece.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(piece.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
                var part = server.Inbox.Messages[5][offset..Math.Min(server.Inbox.Messages[5].Length, offset + count)];
                await wire.SayAsync(string.Create(CultureInfo.InvariantCulture, $"* 1 FETCH (BODY[]<{offset}> {{{part.Length}}}\r\n{part} UID 5)\r\n{tag} OK done"));
                return true;
            }

            if (closeFirst && number < connection && command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                await wire.DisposeAsync();
                return true;
            }

            if (number != connection || !command.StartsWith("UID FETCH 5", StringComparison.Ordinal))
            {
                return false;
            }

            await wire.WriteAsync(Encoding.UTF8.GetBytes(ScriptedImapServer.Fetched(1, 5, server.Inbox.Messages[5])[..bytes]));
            await wire.DisposeAsync();
            return true;
        };

    [GeneratedRegex(@"BODY\.PEEK\[\]<(\d+)\.(\d+)>")]
    private static partial Regex PiecePattern();
}
