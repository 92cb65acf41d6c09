using System.Text;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;

namespace MailIntake.Mail.Tests.Mailboxes;

public sealed class MaildirMailboxTests : IDisposable
{
    private static readonly MailFolder Inbox = new("INBOX", false);
    private readonly string _root = Directory.CreateTempSubdirectory("maildir-test-").FullName;
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Maildir => Path.Combine(_root, "Maildir");

    private string UidList => Path.Combine(_root, "state", "uids-INBOX.txt");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Messages_of_new_and_cur_are_listed_in_order_of_delivery_and_read_without_a_trace()
    {
        Put("cur/1537405325.M2P1.host:2,S", "second");
        Put("new/1537405300.M1P1.host", "first");
        Put("new/.hidden", "x");
        var before = Files();
        var mailbox = Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal([1u, 2u], listing.Uids);
        var fetched = await FetchAsync(mailbox, listing);
        Assert.Equal(["first", "second"], fetched.Select(m => m.Text));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1537405300), fetched[0].Date);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task A_UID_stays_when_the_mail_is_read_moved_to_cur_and_the_program_restarts()
    {
        Put("new/1537405300.M1P1.host", "first");
        Put("new/1537405301.M1P1.host", "second");
        var first = Open();
        var listing = await first.ListMessagesAsync(Inbox, Cancellation);
        Directory.CreateDirectory(Path.Combine(Maildir, "cur"));
        File.Move(Path.Combine(Maildir, "new", "1537405301.M1P1.host"), Path.Combine(Maildir, "cur", "1537405301.M1P1.host:2,S"));
        Assert.Equal(["first", "second"], (await FetchAsync(first, listing)).Select(m => m.Text));
        Put("new/1537000000.M1P1.host", "late arrival with an early name");
        var again = await Open().ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal(listing.UidValidity, again.UidValidity);
        Assert.Equal([1u, 2u, 3u], again.Uids);
    }

    [Fact]
    public async Task A_UID_is_never_given_twice_though_the_newest_mail_was_deleted()
    {
        Put("new/1537405300.a", "a");
        await Open().ListMessagesAsync(Inbox, Cancellation);
        File.Delete(Path.Combine(Maildir, "new", "1537405300.a"));
        Put("new/1537405301.b", "b");
        Assert.Equal([2u], (await Open().ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

    [Fact]
    public async Task A_torn_line_at_the_end_of_the_UID_list_is_cut_off()
    {
        Put("new/1537405300.a", "a");
        await Open().ListMessagesAsync(Inbox, Cancellation);
        await File.AppendAllTextAsync(UidList, "2 15374", Cancellation);
        Put("new/1537405301.b", "b");
        Assert.Equal([1u, 2u], (await Open().ListMessagesAsync(Inbox, Cancellation)).Uids);
        Assert.Equal([1u, 2u], (await Open().ListMessagesAsync(Inbox, Cancellation)).Uids);
        Assert.EndsWith("\n1 1537405300.a\n2 1537405301.b\n", await File.ReadAllTextAsync(UidList, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_UID_list_changes_UIDVALIDITY()
    {
        Put("new/1537405300.a", "a");
        var before = await Open().ListMessagesAsync(Inbox, Cancellation);
        File.Delete(UidList);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(before.UidValidity, (await Open().ListMessagesAsync(Inbox, Cancellation)).UidValidity);
    }

    [Fact]
    public async Task A_damaged_UID_list_is_an_error_and_not_a_new_numbering()
    {
        Put("new/1537405300.a", "a");
        await Open().ListMessagesAsync(Inbox, Cancellation);
        await File.AppendAllTextAsync(UidList, "nonsense\n", Cancellation);
        var fault = await Assert.ThrowsAsync<MailboxException>(() => Open().ListMessagesAsync(Inbox, Cancellation));
        Assert.Contains("uids-INBOX.txt", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Junk_folders_are_found_by_name_and_extra_ones_by_setting()
    {
        foreach (var folder in new[] { ".Junk", ".&V4NXPpCuTvY-", ".INBOX.Spam", ".Sent", ".Old" })
        {
            Directory.CreateDirectory(Path.Combine(Maildir, folder, "cur"));
        }

        var mailbox = Open("Old");
        Assert.Equal(
            [new("INBOX", false), new("INBOX.Spam", true), new("Junk", true), new("垃圾邮件", true), new MailFolder("Old", false)],
            await mailbox.ListFoldersAsync(Cancellation));
        Put(".&V4NXPpCuTvY-/cur/1537405300.a:2,", "junk");
        Assert.Equal(["junk"], (await FetchAsync(mailbox, await mailbox.ListMessagesAsync(new MailFolder("垃圾邮件", true), Cancellation))).Select(m => m.Text));
    }

    [Fact]
    public async Task A_moved_message_keeps_its_flags_and_leaves_its_folder()
    {
        Put("cur/1537405300.a:2,RS", "a");
        var mailbox = Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        await mailbox.MoveAsync(listing, 1, "已归档", Cancellation);
        Assert.Equal([Path.Combine(".&XfJfUmhj-", "cur", "1537405300.a:2,RS")], Files());
        Assert.Empty((await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
        await mailbox.MoveAsync(listing, 1, "已归档", Cancellation);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public async Task A_folder_name_cannot_lead_out_of_the_Maildir(string name)
    {
        Put("new/1537405300.a", "a");
        var mailbox = Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal(MailboxRemedy.Skip, (await Assert.ThrowsAsync<MailboxException>(() => mailbox.MoveAsync(listing, 1, name, Cancellation))).Remedy);
    }

    [Fact]
    public async Task A_name_without_a_time_is_dated_by_the_file_and_a_message_that_has_gone_is_not_reported()
    {
        Put("new/letter.eml", "a");
        Put("new/other.eml", "b");
        var date = new DateTimeOffset(2018, 5, 3, 8, 0, 0, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(Path.Combine(Maildir, "new", "letter.eml"), date.UtcDateTime);
        var mailbox = Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        File.Delete(Path.Combine(Maildir, "new", "other.eml"));
        Assert.Equal([((DateTimeOffset?)date, "a")], (await FetchAsync(mailbox, listing)).Select(m => (m.Date, m.Text)));
    }

    [Fact]
    public async Task Of_a_message_over_the_limit_only_the_beginning_is_handed_on()
    {
        Put("new/1537405300.a", new string('x', 100_000));
        var mailbox = Open();
        var fetched = await FetchAsync(mailbox, await mailbox.ListMessagesAsync(Inbox, Cancellation));
        Assert.Equal((true, FetchedMessage.HeadBytes), (fetched[0].TooLarge, fetched[0].Text.Length));
    }

    [Fact]
    public async Task A_Maildir_that_is_not_there_is_said() =>
        Assert.Contains(Maildir, (await Assert.ThrowsAsync<MailboxException>(() => Open().ListFoldersAsync(Cancellation))).Message, StringComparison.Ordinal);

    private MaildirMailbox Open(params string[] extra) => new(
        new MaildirSettings { Path = Maildir, StateFolder = Path.Combine(_root, "state"), MaxMessageBytes = 1000, ExtraFolders = extra }, _clock);

    private void Put(string path, string text)
    {
        var file = Path.Combine(Maildir, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(Maildir, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Maildir, f)).Order(StringComparer.Ordinal)];

    private static async Task<List<(DateTimeOffset? Date, string Text, bool TooLarge)>> FetchAsync(MaildirMailbox mailbox, FolderListing listing)
    {
        var fetched = new List<(DateTimeOffset?, string, bool)>();
        await mailbox.FetchAsync(
            listing,
            listing.Uids,
            async (message, token) =>
            {
                using var text = new StreamReader(message.Content, Encoding.UTF8);
                fetched.Add((message.InternalDate, await text.ReadToEndAsync(token), message.TooLarge));
            },
            Cancellation);
        return fetched;
    }
}
