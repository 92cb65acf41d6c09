using MailIntake.Mail.Mailboxes;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>What a NetEase mailbox really answers about folders and messages, quirk by quirk.</summary>
public sealed class NetEaseFolderTests
{
    [Fact]
    public async Task Sparse_UIDs_without_UIDNEXT_are_listed_and_fetched_in_one_command()
    {
        await using var server = Start();
        foreach (var uid in new uint[] { 1_386_000_123, 1_400_000_007, 1_465_552_551, 4_294_967_295 })
        {
            server.Inbox.Messages[uid] = Message;
        }

        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal(server.Inbox.Messages.Keys, listing.Uids);
        var fetched = await FetchAsync(mailbox, listing, listing.Uids);
        Assert.Equal(listing.Uids, fetched.Select(m => m.Uid));
        Assert.All(fetched, m => Assert.Equal(Message, m.Text));
        Assert.Equal(["UID FETCH 1386000123:4294967295 (UID INTERNALDATE BODY.PEEK[])"], server.Commands.Where(c => c.StartsWith("UID FETCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task INTERNALDATE_keeps_its_zone()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal(new DateTimeOffset(2018, 9, 20, 9, 2, 5, TimeSpan.FromHours(8)), (await FetchAsync(mailbox, listing, [5]))[0].Date);
    }

    [Fact]
    public async Task A_missing_UIDVALIDITY_is_1()
    {
        await using var server = Start();
        server.Inbox.UidValidity = null;
        await using var mailbox = server.Open();
        Assert.Equal(1u, (await mailbox.ListMessagesAsync(Inbox, Cancellation)).UidValidity);
    }

    [Fact]
    public async Task An_empty_folder_is_not_searched()
    {
        await using var server = Start();
        await using var mailbox = server.Open();
        Assert.Empty((await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("UID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_that_is_BAD_gives_way_to_FETCH()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        server.Instead = (wire, tag, command, _) => Answer(command.StartsWith("UID SEARCH", StringComparison.Ordinal), wire, $"{tag} BAD Parse command error");
        await using var mailbox = server.Open();
        Assert.Equal([5u, 9u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

    [Fact]
    public async Task A_search_that_forgets_messages_is_checked_against_EXISTS()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        server.Instead = (wire, tag, command, _) => Answer(command.StartsWith("UID SEARCH", StringComparison.Ordinal), wire, $"* SEARCH 9\r\n{tag} OK done");
        await using var mailbox = server.Open();
        Assert.Equal([5u, 9u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

    [Fact]
    public async Task Messages_that_were_not_asked_for_and_repeats_are_dropped()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        server.Instead = (wire, tag, command, _) => Answer(
            command.StartsWith("UID FETCH", StringComparison.Ordinal),
            wire,
            string.Join("\r\n", ScriptedImapServer.Fetched(2, 9, "other"), "* 1 FETCH (FLAGS (\\Seen) UID 5)", ScriptedImapServer.Fetched(1, 5, Message), ScriptedImapServer.Fetched(1, 5, Message), $"{tag} OK done"));
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal([(5u, Message)], (await FetchAsync(mailbox, listing, [5])).Select(m => (m.Uid, m.Text)));
    }

    [Fact]
    public async Task Folder_names_are_read_and_sent_back_in_modified_UTF_7_and_junk_is_known_by_use_and_by_name()
    {
        await using var server = Start();
        server.Folders["&g0l6P3ux-"] = new ScriptedFolder { Attributes = "\\Drafts" };
        server.Folders["&XfJT0ZAB-"] = new ScriptedFolder { Attributes = "\\Sent" };
        server.Folders["&V4NXPpCuTvY-"] = new ScriptedFolder { Attributes = "\\Junk" };
        server.Folders["&dcVr0pCuTvY-"] = new ScriptedFolder();
        server.Folders["&Xn9USpCuTvY-"] = new ScriptedFolder();
        server.Folders["&i6KWBZCuTvY-"] = new ScriptedFolder();
        server.Folders["INBOX/Spam"] = new ScriptedFolder();
        server.Folders["Old"] = new ScriptedFolder();
        server.Folders["&i6KWBZCuTvY-"].Messages[3] = Message;
        await using var mailbox = server.Open(extraFolders: "Old");
        var folders = await mailbox.ListFoldersAsync(Cancellation);
        Assert.Equal(["INBOX", "垃圾邮件", "病毒邮件", "广告邮件", "订阅邮件", "INBOX/Spam", "Old"], folders.Select(f => f.Name));
        Assert.Equal([false, true, true, true, true, true, false], folders.Select(f => f.IsJunk));
        Assert.Equal([3u], (await mailbox.ListMessagesAsync(folders[4], Cancellation)).Uids);
        Assert.Contains("EXAMINE \"&i6KWBZCuTvY-\"", server.Commands);
    }

    [Fact]
    public async Task Without_special_use_XLIST_names_the_junk_folder()
    {
        await using var server = Start("IMAP4rev1 XLIST ID UIDPLUS");
        server.Folders["Rubbish"] = new ScriptedFolder();
        server.Instead = (wire, tag, command, _) => Answer(command.StartsWith("XLIST", StringComparison.Ordinal), wire, $"* XLIST (\\Inbox) \"/\" \"Eingang\"\r\n* XLIST (\\Spam) \"/\" \"Rubbish\"\r\n{tag} OK done");
        await using var mailbox = server.Open();
        Assert.Equal([new MailFolder("INBOX", false), new MailFolder("Rubbish", true)], await mailbox.ListFoldersAsync(Cancellation));
    }

    [Fact]
    public async Task A_move_is_COPY_Deleted_EXPUNGE_in_a_folder_made_for_it_and_reading_goes_on_with_EXAMINE()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        server.Commands.Clear();
        await mailbox.MoveAsync(listing, 5, "已归档", Cancellation);
        Assert.Equal(
            [
                "SELECT \"INBOX\"", "UID COPY 5 \"&XfJfUmhj-\"", "CREATE \"&XfJfUmhj-\"", "UID COPY 5 \"&XfJfUmhj-\"",
                "UID STORE 5 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 5", "EXAMINE \"INBOX\"",
            ],
            server.Commands);
        Assert.Equal([9u], server.Inbox.Messages.Keys);
    }

    [Fact]
    public async Task Without_UIDPLUS_nothing_is_moved_since_EXPUNGE_would_remove_what_others_marked()
    {
        await using var server = Start("IMAP4rev1 ID");
        server.Inbox.Messages[5] = Message;
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.MoveAsync(listing, 5, "Old", Cancellation));
        Assert.Equal(MailboxRemedy.Skip, refused.Remedy);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("UID COPY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_UIDVALIDITY_after_a_reconnect_is_said_and_nothing_is_fetched()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        server.Inbox.UidValidity = 2;
        await using var later = server.Open();
        var refused = await Assert.ThrowsAsync<MailboxException>(() => FetchAsync(later, listing, [5]));
        Assert.Equal(MailboxRemedy.Skip, refused.Remedy);
        Assert.Contains("UIDVALIDITY", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_opened_is_passed_over_on_a_good_connection()
    {
        await using var server = Start();
        await using var mailbox = server.Open();
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListMessagesAsync(new MailFolder("nowhere", false), Cancellation));
        Assert.Equal(MailboxRemedy.Skip, refused.Remedy);
        Assert.Empty((await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
        Assert.Equal(1, server.Connections);
    }
}
