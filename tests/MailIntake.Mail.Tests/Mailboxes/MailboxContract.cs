using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Servers;
using NodaTime;
using Xunit;

namespace MailIntake.Mail.Tests.Mailboxes;

/// <summary>What every mailbox by IMAP must do, against a real server.</summary>
public abstract class MailboxContract
{
    private static readonly Instant Received = Instant.FromUtc(2018, 9, 20, 1, 2, 5);

    [Fact]
    public async Task Folders_are_INBOX_and_junk_by_special_use()
    {
        await using var mailbox = Open(TestServers.Mail, TestServers.Mail.CreateMailbox().Address);
        var folders = await mailbox.ListFoldersAsync(TestContext.Current.CancellationToken);
        Assert.Equal("INBOX", folders[0].Name);
        Assert.False(folders[0].IsJunk);
        Assert.Equal(["Junk", "垃圾邮件"], folders.Where(f => f.IsJunk).Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messages_come_byte_for_byte_with_their_dates_and_stay_unseen()
    {
        var box = TestServers.Mail.CreateMailbox();
        byte[][] sent = [Mail("一", 10), Mail("二", 300_000), Mail("三", 0)];
        await box.AppendAsync(sent.Select(m => ((ReadOnlyMemory<byte>)m, Received)), cancellation: TestContext.Current.CancellationToken);
        await using var mailbox = Open(TestServers.Mail, box.Address);
        var fetched = await FetchAllAsync(mailbox);
        Assert.Equal(sent.Select(Convert.ToHexString), fetched.Select(m => Convert.ToHexString(m.Bytes)));
        Assert.All(fetched, m => Assert.Equal(Received.ToDateTimeOffset(), m.Date));
        Assert.DoesNotContain(Directory.EnumerateFiles(box.MaildirPath, "*", SearchOption.AllDirectories), f => f.EndsWith(":2,S", StringComparison.Ordinal));
    }

    [Fact]
    public async Task STARTTLS_leads_to_the_same_mailbox()
    {
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        await box.AppendAsync([(Mail("一", 10), Received)], cancellation: TestContext.Current.CancellationToken);
        await using var mailbox = Open(server, box.Address, ConnectionSecurity.StartTls);
        Assert.Single(await FetchAllAsync(mailbox));
    }

    [Fact]
    public async Task A_moved_message_is_in_the_new_folder_alone_and_the_folder_is_made()
    {
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        await box.AppendAsync([(Mail("一", 10), Received), (Mail("二", 10), Received)], cancellation: TestContext.Current.CancellationToken);
        await using var mailbox = Open(server, box.Address);
        var inbox = (await mailbox.ListFoldersAsync(TestContext.Current.CancellationToken))[0];
        var listing = await mailbox.ListMessagesAsync(inbox, TestContext.Current.CancellationToken);
        await mailbox.MoveAsync(listing, listing.Uids[0], "已归档", TestContext.Current.CancellationToken);
        Assert.Equal([listing.Uids[1]], (await mailbox.ListMessagesAsync(inbox, TestContext.Current.CancellationToken)).Uids);
        Assert.Equal(1, await box.CountAsync("&XfJfUmhj-", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_password_asks_a_person_and_is_not_tried_again()
    {
        var server = TestServers.Mail;
        await using var mailbox = Open(server, server.CreateMailbox().Address, password: "wrong-code-1234");
        for (var i = 0; i < 2; i++)
        {
            var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(TestContext.Current.CancellationToken));
            Assert.Equal(MailboxRemedy.AskPerson, refused.Remedy);
            Assert.DoesNotContain("wrong-code-1234", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        var server = TestServers.Mail;
        await using var mailbox = Make(new ImapSettings { Host = server.Host, Port = server.ImapsPort, User = "a@example.com", Password = MailServer.Password });
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(TestContext.Current.CancellationToken));
        Assert.Equal(MailboxRemedy.Reconnect, refused.Remedy);
        Assert.Contains("TLS failed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_message_over_the_limit_only_the_beginning_is_handed_on()
    {
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        var large = Mail("大", 500_000);
        await box.AppendAsync([(large, Received), (Mail("小", 10), Received)], cancellation: TestContext.Current.CancellationToken);
        await using var mailbox = Open(server, box.Address, maxBytes: 10_000);
        var fetched = await FetchAllAsync(mailbox);
        Assert.Equal([true, false], fetched.Select(m => m.TooLarge));
        Assert.Equal(large.Length, fetched[0].Size);
        Assert.Equal(large[..FetchedMessage.HeadBytes], fetched[0].Bytes);
    }

    /// <summary>Makes one by the engine that is tested.</summary>
    protected abstract IMailbox Make(ImapSettings settings);

    protected IMailbox Open(
        MailServer server, string user, ConnectionSecurity security = ConnectionSecurity.Implicit, string password = MailServer.Password, long maxBytes = 1 << 26) => Make(
        new ImapSettings
        {
            Host = server.Host,
            Port = security == ConnectionSecurity.Implicit ? server.ImapsPort : server.ImapPort,
            Security = security,
            CertificateAuthorityFile = server.CertificateAuthorityFile,
            User = user,
            Password = password,
            MaxMessageBytes = maxBytes,
        });

    private static async Task<List<(DateTimeOffset? Date, long Size, byte[] Bytes, bool TooLarge)>> FetchAllAsync(IMailbox mailbox)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var inbox = (await mailbox.ListFoldersAsync(cancellation))[0];
        var listing = await mailbox.ListMessagesAsync(inbox, cancellation);
        var fetched = new List<(DateTimeOffset?, long, byte[], bool)>();
        await mailbox.FetchAsync(
            listing,
            listing.Uids,
            async (message, token) =>
            {
                using var bytes = new MemoryStream();
                await message.Content.CopyToAsync(bytes, token);
                fetched.Add((message.InternalDate, message.Size, bytes.ToArray(), message.TooLarge));
            },
            cancellation);
        return fetched;
    }

    private static byte[] Mail(string subject, int length) => Encoding.UTF8.GetBytes(
        $"From: hgq@example.com\r\nSubject: {subject}\r\n\r\n" + string.Concat(Enumerable.Repeat("材料内容 content\r\n", length / 20)));
}
