using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>A server that says nothing more is left when a step's time is over, wherever it falls silent.</summary>
public sealed class SilentImapTests
{
    [Theory]
    [InlineData("LOGIN")]
    [InlineData("LIST")]
    [InlineData("EXAMINE")]
    [InlineData("UID SEARCH")]
    [InlineData("UID FETCH")]
    public async Task A_server_that_falls_silent_is_left_after_the_time_limit(string at)
    {
        var clock = new ManualTimeProvider();
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        using var silence = new Silence();
        server.Instead = async (_, _, command, _) =>
        {
            if (command.StartsWith(at, StringComparison.Ordinal))
            {
                await silence.KeepAsync();
            }

            return false;
        };
        await using var mailbox = server.Open(clock);
        var work = ReconnectAsync(async () =>
        {
            await mailbox.ListFoldersAsync(Cancellation);
            await FetchAsync(mailbox, await mailbox.ListMessagesAsync(Inbox, Cancellation), [5]);
        });
        var fault = await clock.PassUntilAsync(work, silence, TimeSpan.FromSeconds(15));
        Assert.Contains("silent for more than 60 seconds", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_inside_a_message_is_left_after_the_time_limit()
    {
        var clock = new ManualTimeProvider();
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        using var silence = new Silence();
        server.Instead = async (wire, _, command, _) =>
        {
            if (command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                await wire.SayAsync(ScriptedImapServer.Fetched(1, 5, Message)[..^10]);
                await silence.KeepAsync();
            }

            return false;
        };
        await using var mailbox = server.Open(clock);
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        await clock.PassUntilAsync(ReconnectAsync(() => FetchAsync(mailbox, listing, [5])), silence, TimeSpan.FromSeconds(15));
    }
}
