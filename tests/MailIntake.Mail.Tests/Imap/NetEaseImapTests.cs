using System.Text;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>What a NetEase mailbox really does, quirk by quirk.</summary>
public sealed class NetEaseImapTests
{
    private const string Message = "Subject: x\r\n\r\n材料\r\n";
    private static readonly MailFolder Inbox = new("INBOX", false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_is_plain_LOGIN_though_SASL_IR_is_advertised()
    {
        await using var server = Start();
        await using var mailbox = server.Open();
        await mailbox.ListFoldersAsync(Cancellation);
        Assert.Contains($"LOGIN \"{ScriptedImapServer.User}\" \"{ScriptedImapServer.Code}\"", server.Commands);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("AUTHENTICATE", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task ID_is_sent_after_LOGIN_and_before_any_folder()
    {
        await using var server = Start();
        await using var mailbox = server.Open();
        await mailbox.ListFoldersAsync(Cancellation);
        await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var verbs = server.Commands.Select(c => c.Split(' ')[0]).ToArray();
        Assert.Equal(["CAPABILITY", "LOGIN", "CAPABILITY", "ID", "LIST", "XLIST", "EXAMINE"], verbs);
        Assert.Contains(server.Commands, c => c.StartsWith("ID (\"name\" \"MailIntake\" \"version\" ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ID_is_sent_on_every_new_connection()
    {
        var clock = new ManualTimeProvider();
        await using var server = Start();
        server.Instead = async (wire, tag, command, connection) =>
        {
            if (command != "NOOP")
            {
                return false;
            }

            await wire.SayAsync("* BYE Autologout; idle for too long");
            wire.Reset();
            return true;
        };
        await using var mailbox = server.Open(clock);
        await mailbox.ListMessagesAsync(Inbox, Cancellation);
        clock.Advance(TimeSpan.FromMinutes(4));
        await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal(2, server.Connections);
        Assert.Equal(2, server.Commands.Count(c => c.StartsWith("ID (", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wrong_code_stops_and_is_never_tried_again()
    {
        await using var server = Start();
        await using var mailbox = server.Open(code: "WRONGWRONGWRONGW");
        for (var i = 0; i < 3; i++)
        {
            var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(Cancellation));
            Assert.Equal(MailboxRemedy.AskPerson, refused.Remedy);
            Assert.Contains("Login error or password error", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("WRONGWRONG", refused.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal((1, 1), (server.Connections, server.Commands.Count(c => c.StartsWith("LOGIN", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_server_that_repeats_the_password_does_not_bring_it_into_the_error()
    {
        await using var server = Start();
        server.Instead = (wire, tag, command, _) => Answer(command.StartsWith("LOGIN", StringComparison.Ordinal), wire, $"{tag} NO bad command {command}");
        await using var mailbox = server.Open();
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(Cancellation));
        Assert.DoesNotContain(ScriptedImapServer.Code, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_fails_for_the_moment_is_no_wrong_code()
    {
        await using var server = Start();
        var busy = true;
        server.Instead = (wire, tag, command, _) => Answer(busy && command.StartsWith("LOGIN", StringComparison.Ordinal), wire, $"{tag} NO [UNAVAILABLE] later");
        await using var mailbox = server.Open();
        Assert.Equal(MailboxRemedy.Reconnect, (await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(Cancellation))).Remedy);
        busy = false;
        Assert.NotEmpty(await mailbox.ListFoldersAsync(Cancellation));
    }

    [Theory]
    [InlineData(1, "ID (")]
    [InlineData(2, "ID NIL")]
    public async Task Unsafe_Login_is_answered_with_ID_and_then_with_ID_NIL(int refusals, string last)
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        var left = refusals;
        server.Instead = (wire, tag, command, _) =>
            Answer(command.StartsWith("EXAMINE", StringComparison.Ordinal) && left-- > 0, wire, $"{tag} NO EXAMINE Unsafe Login. Please contact kefu@188.com for help");
        await using var mailbox = server.Open();
        Assert.Equal([5u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
        var identities = server.Commands.Where(c => c.StartsWith("ID ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(1 + refusals, identities.Length);
        Assert.StartsWith(last, identities[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsafe_Login_that_stays_asks_a_person_and_is_not_called_a_bad_password()
    {
        await using var server = Start();
        server.Instead = (wire, tag, command, _) =>
            Answer(command.StartsWith("EXAMINE", StringComparison.Ordinal), wire, $"{tag} NO EXAMINE Unsafe Login. Please contact kefu@188.com for help");
        await using var mailbox = server.Open();
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListMessagesAsync(Inbox, Cancellation));
        Assert.Equal(MailboxRemedy.AskPerson, refused.Remedy);
        Assert.Contains("kefu@188.com", refused.Message, StringComparison.Ordinal);
        Assert.Contains("password is not the reason", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_ID_and_does_not_advertise_it_gets_it_when_it_complains()
    {
        await using var server = Start("IMAP4rev1");
        server.Inbox.Messages[5] = Message;
        await using var mailbox = server.Open();
        Assert.Equal([5u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

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
        Assert.Equal(["UID FETCH 1386000123:4294967295 (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])"], server.Commands.Where(c => c.StartsWith("UID FETCH", StringComparison.Ordinal)));
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
    public async Task A_connection_reset_between_calls_is_made_anew_once()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        var resets = 1;
        server.Instead = (wire, _, command, _) =>
        {
            var reset = command.StartsWith("EXAMINE", StringComparison.Ordinal) && server.Commands.Count(c => c.StartsWith("EXAMINE", StringComparison.Ordinal)) > 1 && resets-- > 0;
            if (reset)
            {
                wire.Reset();
            }

            return Task.FromResult(reset);
        };
        await using var mailbox = server.Open();
        await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal([5u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
        Assert.Equal(2, server.Connections);
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

    [Theory]
    [InlineData("IMAP4rev1 ID LITERAL+")]
    [InlineData("IMAP4rev1 ID")]
    public async Task A_password_that_no_quotes_can_hold_is_sent_as_a_literal(string capabilities)
    {
        await using var server = Start(capabilities);
        server.Instead = (wire, tag, command, _) => Answer(command == $"LOGIN \"{ScriptedImapServer.User}\" \"密码\r\n1\"", wire, $"{tag} OK done");
        await using var mailbox = server.Open(code: "密码\r\n1");
        Assert.NotEmpty(await mailbox.ListFoldersAsync(Cancellation));
    }

    internal static ScriptedImapServer Start(string? capabilities = null)
    {
        var server = capabilities is null ? new ScriptedImapServer() : new ScriptedImapServer { Capabilities = capabilities };
        server.Start();
        return server;
    }

    internal static async Task<bool> Answer(bool when, LoopbackServer.Wire wire, string answer)
    {
        if (when)
        {
            await wire.SayAsync(answer);
        }

        return when;
    }

    internal static async Task<List<(uint Uid, DateTimeOffset? Date, string Text, bool TooLarge)>> FetchAsync(ImapMailbox mailbox, FolderListing listing, IReadOnlyList<uint> uids)
    {
        var fetched = new List<(uint, DateTimeOffset?, string, bool)>();
        await mailbox.FetchAsync(
            listing,
            uids,
            async (message, token) =>
            {
                using var bytes = new MemoryStream();
                await message.Content.CopyToAsync(bytes, token);
                fetched.Add((message.Uid, message.InternalDate, Encoding.UTF8.GetString(bytes.ToArray()), message.TooLarge));
            },
            Cancellation);
        return fetched;
    }
}
