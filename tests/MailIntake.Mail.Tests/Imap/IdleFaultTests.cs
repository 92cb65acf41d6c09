using System.Text;

using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.IdleScript;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>IDLE (RFC 2177) against servers that do it in every way there is to do it wrong.</summary>
public sealed class IdleFaultTests
{
    [Theory]
    [InlineData("NO not now")]
    [InlineData("BAD unknown command")]
    public async Task A_server_that_refuses_IDLE_is_polled(string answer)
    {
        await using var server = Start(WithIdle);
        server.Instead = (wire, tag, command, _) => Answer(command == "IDLE", wire, $"{tag} {answer}");
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxNews.NotOffered, await WatchAsync(mailbox));
        Assert.Empty(await ListAsync(mailbox));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_server_that_ends_IDLE_by_itself_is_told_from_one_that_waits()
    {
        await using var server = Start(WithIdle);
        server.Instead = (wire, tag, command, _) => Answer(command == "IDLE", wire, $"+ idling\r\n{tag} OK done");
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxRemedy.Skip, (await Assert.ThrowsAsync<MailboxException>(() => WatchAsync(mailbox))).Remedy);

        Assert.Empty(await ListAsync(mailbox));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("+ idling\r\n* BYE going down")]
    [InlineData("+ idling\r\n* 1 EXI")]
    [InlineData("+ idling\r\n+ idling")]
    [InlineData("+ idling\r\nA999 OK done")]
    [InlineData("+ idl")]
    public async Task A_watch_that_breaks_is_not_begun_again_by_itself(string answer)
    {
        await using var server = Start(WithIdle);
        server.Instead = async (wire, tag, command, _) =>
        {
            if (command != "IDLE")
            {
                return false;
            }

            await wire.WriteAsync(Encoding.ASCII.GetBytes(answer.EndsWith("EXI", StringComparison.Ordinal) || answer.EndsWith("idl", StringComparison.Ordinal) ? answer : answer + "\r\n"));
            await wire.DisposeAsync();
            return true;
        };
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        await ReconnectAsync(() => WatchAsync(mailbox));

        Assert.Equal(1, server.Connections);
        Assert.Empty(await ListAsync(mailbox));
    }

    [Fact]
    public async Task Mail_that_was_told_of_before_the_connection_broke_is_not_forgotten()
    {
        await using var server = Start(WithIdle);
        server.Instead = Idling(async (wire, tag) =>
        {
            await wire.SayAsync("* 1 EXISTS\r\n* BYE going down");
            await wire.DisposeAsync();
        });
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxNews.Changed, await WatchAsync(mailbox));
    }

    [Fact]
    public async Task A_server_that_does_not_hear_DONE_is_left_after_the_time_limit()
    {
        var clock = new ManualTimeProvider();
        await using var server = Start(WithIdle);
        using var silence = new Silence();
        var begun = new TaskCompletionSource();
        server.Instead = async (wire, tag, command, _) =>
        {
            if (command == "IDLE")
            {
                await wire.SayAsync("+ idling");
                begun.SetResult();
            }
            else if (command == "DONE")
            {
                await silence.KeepAsync();
            }

            return command is "IDLE" or "DONE";
        };
        await using var mailbox = server.Open(clock);
        await ListAsync(mailbox);
        using var until = new CancellationTokenSource();

        var watch = ReconnectAsync(() => mailbox.WatchAsync(Inbox, until.Token, Cancellation));
        await begun.Task.WaitAsync(Patience, Cancellation);
        await until.CancelAsync();

        await clock.PassUntilAsync(watch, silence, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_flood_of_EXISTS_is_one_piece_of_news_and_ends()
    {
        await using var server = Start(WithIdle);
        server.Instead = async (wire, tag, command, _) =>
        {
            if (command == "IDLE")
            {
                await wire.SayAsync("+ idling");
                for (var i = 1; ; i += 1000)
                {
                    await wire.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(i, 1000).Select(n => $"* {n} EXISTS\r\n"))));
                }
            }

            return false;
        };
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxNews.Changed, await WatchAsync(mailbox));
    }

    [Fact]
    public async Task Every_split_of_what_the_server_says_is_the_same_news()
    {
        const string Said = "+ idling\r\n* 1 EXISTS\r\n";
        for (var split = 1; split < Said.Length; split++)
        {
            await using var server = Start(WithIdle);
            var first = Encoding.ASCII.GetBytes(Said[..split]);
            var second = Encoding.ASCII.GetBytes(Said[split..]);
            server.Instead = async (wire, tag, command, _) =>
            {
                if (command != "IDLE")
                {
                    return false;
                }

                await wire.WriteAsync(first);
                await Task.Delay(2);
                await wire.WriteAsync(second);
                Assert.Equal("DONE", await wire.ReadLineAsync(Cancellation));
                await wire.SayAsync($"{tag} OK done");
                return true;
            };
            await using var mailbox = server.Open();
            await ListAsync(mailbox);

            Assert.Equal(MailboxNews.Changed, await WatchAsync(mailbox));
        }
    }
}
