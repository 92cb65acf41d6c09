using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Servers;
using NodaTime;
using Xunit;

namespace MailIntake.Mail.Tests.Mailboxes;

/// <summary>Our own IMAP client against Dovecot.</summary>
public sealed class DovecotTests : MailboxContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(ConnectionSecurity.Implicit)]
    [InlineData(ConnectionSecurity.StartTls)]
    [InlineData(ConnectionSecurity.None)]
    public async Task Dovecot_tells_of_each_new_mail_on_the_connection_that_fetches_it(ConnectionSecurity security)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        await using var mailbox = (ImapMailbox)Open(server, box.Address, security);
        var inbox = (await mailbox.ListFoldersAsync(cancellation))[0];
        for (var mails = 1; mails <= 3; mails++)
        {
            await mailbox.ListMessagesAsync(inbox, cancellation);
            using var until = new CancellationTokenSource();
            var left = mailbox.WatchAsync(inbox, until.Token, cancellation);
            await until.CancelAsync();
            Assert.Equal(MailboxNews.None, await left.WaitAsync(Patience, cancellation));

            var watch = mailbox.WatchAsync(inbox, CancellationToken.None, cancellation);
            await Task.Delay(300, cancellation);
            Assert.False(watch.IsCompleted);
            await box.AppendAsync([("Subject: new\r\n\r\nnew\r\n"u8.ToArray(), Instant.FromUtc(2018, 9, 20, 1, 2, 5))], cancellation: cancellation);

            Assert.Equal(MailboxNews.Changed, await watch.WaitAsync(Patience, cancellation));
            Assert.Equal(mails, (await mailbox.ListMessagesAsync(inbox, cancellation)).Uids.Count);
        }
    }

    /// <inheritdoc/>
    protected override IMailbox Make(ImapSettings settings) => new ImapMailbox(settings, TimeProvider.System);
}
