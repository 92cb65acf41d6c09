using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.IdleScript;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>IDLE (RFC 2177): what is new mail, and when the watch ends.</summary>
public sealed class IdleTests
{
    [Fact]
    public async Task New_mail_ends_the_watch_and_the_connection_goes_on()
    {
        await using var server = Start(WithIdle);
        server.Instead = Idling(async (wire, tag) => await wire.SayAsync("* OK Still here\r\n* 0 RECENT\r\n* 1 EXISTS"));
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxNews.Changed, await WatchAsync(mailbox));

        server.Inbox.Messages[5] = Message;
        Assert.Equal([5u], await ListAsync(mailbox));
        Assert.Equal(["IDLE", "DONE"], server.Commands.Where(c => c is "IDLE" or "DONE"));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Mail_that_came_between_the_listing_and_the_watch_is_not_waited_for()
    {
        await using var server = Start(WithIdle);
        await using var mailbox = server.Open();
        await ListAsync(mailbox);
        server.Inbox.Messages[5] = Message;

        Assert.Equal(MailboxNews.Changed, await WatchAsync(mailbox));

        Assert.DoesNotContain("IDLE", server.Commands);
    }

    [Fact]
    public async Task A_mail_that_goes_and_one_that_comes_are_new_mail()
    {
        await using var server = Start(WithIdle);
        server.Inbox.Messages[5] = Message;
        server.Instead = Idling(async (wire, tag) => await wire.SayAsync("* 1 FETCH (FLAGS (\\Seen))\r\n* 1 EXPUNGE\r\n* 1 EXISTS"));
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxNews.Changed, await WatchAsync(mailbox));
    }

    [Fact]
    public async Task A_server_that_does_not_offer_IDLE_is_not_asked_for_it()
    {
        await using var server = Start();
        await using var mailbox = server.Open();
        await ListAsync(mailbox);

        Assert.Equal(MailboxNews.NotOffered, await WatchAsync(mailbox));

        Assert.DoesNotContain("IDLE", server.Commands);
    }

    [Fact]
    public async Task A_folder_that_was_never_listed_is_not_watched_and_costs_no_login()
    {
        await using var server = Start(WithIdle);
        await using var mailbox = server.Open();

        Assert.Equal(MailboxNews.None, await WatchAsync(mailbox));

        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_poll_ends_the_watch_at_once_and_nothing_is_logged_in_anew()
    {
        await using var server = Start(WithIdle);
        using var silence = new Silence();
        server.Instead = Idling((_, _) => Begin(silence));
        await using var mailbox = server.Open();
        await ListAsync(mailbox);
        using var until = new CancellationTokenSource();

        var watch = mailbox.WatchAsync(Inbox, until.Token, Cancellation);
        await silence.Begun;
        await until.CancelAsync();

        Assert.Equal(MailboxNews.None, await watch.WaitAsync(Patience, Cancellation));
        Assert.Empty(await ListAsync(mailbox));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task IDLE_is_ended_before_29_minutes()
    {
        var clock = new ManualTimeProvider();
        await using var server = Start(WithIdle);
        using var silence = new Silence();
        server.Instead = Idling((_, _) => Begin(silence));
        await using var mailbox = server.Open(clock);
        await ListAsync(mailbox);

        var watch = mailbox.WatchAsync(Inbox, CancellationToken.None, Cancellation);
        await silence.Begun;

        // The server's consent has to be read before the clock moves: until then a minute is all that the server has.
        await Task.Delay(2000, Cancellation);
        clock.Advance(TimeSpan.FromMinutes(27));
        await Task.Delay(500, Cancellation);
        Assert.DoesNotContain("DONE", server.Commands);
        clock.Advance(TimeSpan.FromMinutes(1.9));

        Assert.Equal(MailboxNews.None, await watch.WaitAsync(Patience, Cancellation));
        Assert.Contains("DONE", server.Commands);
    }
}
