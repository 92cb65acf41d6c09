using System.Net;
using System.Net.Sockets;

using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>A caller that gives up while the client's thread waits for the network is heard at once, and the mailbox goes on afterwards.</summary>
public sealed class GivenUpImapTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("EXAMINE")]
    [InlineData("UID FETCH")]
    public async Task A_caller_that_gives_up_is_heard_while_the_server_is_silent(string at)
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        using var silence = new Silence();
        using var stop = new CancellationTokenSource();
        var first = true;
        server.Instead = async (_, _, command, _) =>
        {
            if (first && command.StartsWith(at, StringComparison.Ordinal))
            {
                first = false;
                await silence.KeepAsync();
            }

            return false;
        };
        await using var mailbox = server.Open();
        async Task FetchAsync()
        {
            var listing = await mailbox.ListMessagesAsync(Inbox, stop.Token);
            await mailbox.FetchAsync(listing, [5], (_, _) => Task.CompletedTask, stop.Token);
        }

        var work = FetchAsync();
        await silence.Begun;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Soon, Cancellation));
        Assert.Equal([5u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

    [Fact]
    public async Task A_server_that_never_begins_TLS_is_left_after_the_time_limit()
    {
        var clock = new ManualTimeProvider();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var mailbox = Open(listener, clock);
        using var silence = new Silence();
        _ = silence.KeepAsync();

        var work = ReconnectAsync(() => mailbox.ListFoldersAsync(Cancellation));
        using var accepted = await listener.AcceptTcpClientAsync(Cancellation);
        var fault = await clock.PassUntilAsync(work, silence, TimeSpan.FromSeconds(15));

        Assert.Contains("silent for more than 60 seconds", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_heard_while_TLS_is_awaited()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var mailbox = Open(listener, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        var work = mailbox.ListFoldersAsync(stop.Token);
        using var accepted = await listener.AcceptTcpClientAsync(Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Soon, Cancellation));
    }

    [Fact]
    public async Task A_receiver_that_goes_on_elsewhere_is_waited_for()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var read = new List<(uint Uid, long Bytes)>();
        await mailbox.FetchAsync(
            listing,
            [5, 9],
            async (message, token) =>
            {
                await Task.Yield();
                using var bytes = new MemoryStream();
                await message.Content.CopyToAsync(bytes, token);
                await Task.Delay(5, token);
                read.Add((message.Uid, bytes.Length));
            },
            Cancellation);
        var length = System.Text.Encoding.UTF8.GetByteCount(Message);
        Assert.Equal([(5u, length), (9u, length)], read);
    }

    private static ImapMailbox Open(TcpListener listener, TimeProvider time) => new(
        new ImapSettings
        {
            Host = "localhost",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            Security = ConnectionSecurity.Implicit,
            CertificateAuthorityFile = TestAuthority.File,
            User = ScriptedImapServer.User,
            Password = ScriptedImapServer.Code,
        },
        time);
}
