using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>Servers that break off, fall silent or speak nonsense: the caller is told to reconnect, and nothing hangs or grows.</summary>
public sealed class HostileImapTests
{
    [Theory]
    [InlineData("* LIST () \"/\" {9223372036854775808}")]
    [InlineData("* LIST () \"/\" {9223372036854775807}")]
    [InlineData("* LIST () \"/\" {99999999999999999999999999}")]
    [InlineData("* LIST () \"/\" {-5}")]
    [InlineData("A999 OK LIST completed")]
    [InlineData("* BYE going down\r\n* LIST () \"/\" INBOX")]
    [InlineData("* LIST ((((((((((((((((((((((((((((((((((((((((")]
    [InlineData("* LIST () \"a\rb\" INBOX")]
    [InlineData("* LIST () \"un\r\nended\" INBOX")]
    [InlineData("* LIST () \"/\" (INBOX)")]
    [InlineData("* LIST")]
    [InlineData("* LIST (\\Junk)")]
    [InlineData("* LIST (\\Junk) \"/\"")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("+ give me more")]
    public async Task An_answer_that_is_no_IMAP_ends_the_connection(string answer)
    {
        await using var server = Start();
        server.Instead = (wire, tag, command, _) => Answer(command.StartsWith("LIST", StringComparison.Ordinal), wire, answer);
        await using var mailbox = server.Open();
        await ReconnectAsync(() => mailbox.ListFoldersAsync(Cancellation));
    }

    [Theory]
    [InlineData("* 1 FETCH (UID")]
    [InlineData("* 1 FETCH (UID 5 INTERNALDATE")]
    [InlineData("* 1 FETCH (UID 5 INTERNALDATE NIL BODY[]")]
    [InlineData("* 1 FETCH (UID 5 INTERNALDATE NIL BODY[] (x)")]
    [InlineData("* 1 FETCH (BODY[]")]
    [InlineData("* 1 FETCH (FLAGS")]
    public async Task A_FETCH_that_ends_early_ends_the_connection(string answer)
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        server.Instead = (wire, tag, command, _) => Answer(command.StartsWith("UID FETCH", StringComparison.Ordinal), wire, $"{answer}\r\n{tag} OK done");
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        await ReconnectAsync(() => FetchAsync(mailbox, listing, [5]));
    }

    [Theory]
    [InlineData("* OK [CODE] ", "x")]
    [InlineData("* LIST () \"/\" ", "x")]
    [InlineData("* LIST () \"/\" \"", "x")]
    [InlineData("* FLAGS ", "x ")]
    [InlineData("", "x")]
    [InlineData("", " ")]
    public async Task A_line_without_an_end_is_given_up(string beginning, string endless)
    {
        await using var server = Start();
        server.Instead = async (wire, tag, command, _) =>
        {
            if (!command.StartsWith("LIST", StringComparison.Ordinal))
            {
                return false;
            }

            await wire.WriteAsync(Encoding.ASCII.GetBytes(beginning));
            var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(endless, 65536 / endless.Length)));
            while (true)
            {
                await wire.WriteAsync(block);
            }
        };
        await using var mailbox = server.Open();
        await ReconnectAsync(() => mailbox.ListFoldersAsync(Cancellation));
    }

    [Fact]
    public async Task A_connection_lost_between_two_messages_goes_on_with_the_next_one()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        server.Instead = async (wire, _, command, connection) =>
        {
            if (connection > 1 || !command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                return false;
            }

            await wire.SayAsync(ScriptedImapServer.Fetched(1, 5, Message));
            await wire.DisposeAsync();
            return true;
        };
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal([5u, 9u], (await FetchAsync(mailbox, listing, [5, 9])).Select(m => m.Uid));
    }

    [Fact]
    public async Task A_connection_lost_after_the_last_message_has_lost_nothing()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        server.Instead = async (wire, _, command, _) =>
        {
            if (!command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                return false;
            }

            await wire.SayAsync(ScriptedImapServer.Fetched(1, 5, Message));
            await wire.DisposeAsync();
            return true;
        };
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal([5u], (await FetchAsync(mailbox, listing, [5])).Select(m => m.Uid));
        Assert.Single((await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
    }

    [Fact]
    public async Task A_message_that_breaks_off_is_not_handed_on_as_whole()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        server.Instead = async (wire, _, command, _) =>
        {
            if (!command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                return false;
            }

            await wire.WriteAsync(Encoding.UTF8.GetBytes(ScriptedImapServer.Fetched(1, 5, Message)[..^8]));
            await wire.DisposeAsync();
            return true;
        };
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        await ReconnectAsync(() => FetchAsync(mailbox, listing, [5]));
    }

    [Fact]
    public async Task Items_in_another_order_bring_the_same_message()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        var large = new string('x', 3_000_000);
        server.Inbox.Messages[9] = large;
        server.Instead = (wire, tag, command, _) => Answer(
            command.StartsWith("UID FETCH", StringComparison.Ordinal),
            wire,
            $"* 1 FETCH (BODY[] {{{Encoding.UTF8.GetByteCount(Message)}}}\r\n{Message} X-GM-MSGID 12 MODSEQ (7) INTERNALDATE \" 2-Sep-2018 09:02:05 +0800\" UID 5)\r\n"
            + $"* 2 FETCH (UID 9 BODY[] {{{large.Length}}}\r\n{large} INTERNALDATE \"20-Sep-2018 09:02:05 +0800\")\r\n{tag} OK done");
        await using var mailbox = server.Open(maxBytes: 1 << 24);
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var fetched = await FetchAsync(mailbox, listing, [5, 9]);
        Assert.Equal([(5u, Message, 2), (9u, large, 20)], fetched.Select(m => (m.Uid, m.Text, m.Date!.Value.Day)));
    }

    [Theory]
    [InlineData(1 << 16)]
    [InlineData(100)]
    public async Task A_message_over_the_limit_in_any_order_keeps_its_beginning_and_its_neighbour(long maxBytes)
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        var large = new string('x', 200_000);
        server.Instead = (wire, tag, command, _) => Answer(
            command.StartsWith("UID FETCH", StringComparison.Ordinal),
            wire,
            $"* 1 FETCH (BODY[] {{{large.Length}}}\r\n{large} UID 5)\r\n{ScriptedImapServer.Fetched(2, 9, Message)}\r\n{tag} OK done");
        await using var mailbox = server.Open(maxBytes: maxBytes);
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var fetched = await FetchAsync(mailbox, listing, [5, 9]);
        Assert.Equal([(5u, FetchedMessage.HeadBytes, true), (9u, Message.Length, false)], fetched.Select(m => (m.Uid, m.Text.Length, m.TooLarge)));
    }

    [Fact]
    public async Task A_message_as_a_quoted_string_and_one_that_is_NIL_do_no_harm()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        server.Instead = (wire, tag, command, _) => Answer(
            command.StartsWith("UID FETCH", StringComparison.Ordinal),
            wire,
            $"* 1 FETCH (UID 5 INTERNALDATE NIL BODY[] \"a \\\"b\\\" \\\\\")\r\n* 2 FETCH (UID 9 INTERNALDATE NIL BODY[] NIL)\r\n{tag} OK done");
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        Assert.Equal([(5u, (DateTimeOffset?)null, "a \"b\" \\", false)], await FetchAsync(mailbox, listing, [5, 9]));
    }

    [Fact]
    public async Task One_message_that_the_server_cannot_give_does_not_keep_the_others_back()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[7] = server.Inbox.Messages[9] = Message;
        server.Instead = (wire, tag, command, _) => Answer(
            command.StartsWith("UID FETCH 5:9", StringComparison.Ordinal) || command.StartsWith("UID FETCH 7 ", StringComparison.Ordinal),
            wire,
            command.Contains("5:9", StringComparison.Ordinal) ? $"{ScriptedImapServer.Fetched(1, 5, Message)}\r\n{tag} NO cannot read" : $"{tag} NO cannot read");
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        var seen = new List<uint>();
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.FetchAsync(
            listing,
            [5, 7, 9],
            (message, _) =>
            {
                seen.Add(message.Uid);
                return Task.CompletedTask;
            },
            Cancellation));
        Assert.Equal([5u, 9u], seen);
        Assert.Equal(MailboxRemedy.Skip, refused.Remedy);
        Assert.Contains("7", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_fails_or_reads_nothing_leaves_the_mailbox_usable()
    {
        await using var server = Start();
        server.Inbox.Messages[5] = server.Inbox.Messages[9] = Message;
        await using var mailbox = server.Open();
        var listing = await mailbox.ListMessagesAsync(Inbox, Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => mailbox.FetchAsync(listing, [5, 9], (_, _) => throw new InvalidOperationException("disk"), Cancellation));
        await mailbox.FetchAsync(listing, [5], (_, _) => Task.CompletedTask, Cancellation);
        Assert.Equal([5u, 9u], (await FetchAsync(mailbox, listing, [5, 9])).Select(m => m.Uid));
    }

    [Fact]
    public async Task STARTTLS_that_is_not_offered_sends_no_password()
    {
        await using var server = new ScriptedImapServer { ImplicitTls = false, Capabilities = "IMAP4rev1 ID" };
        server.Start();
        await using var mailbox = server.Open(security: ConnectionSecurity.StartTls);
        var refused = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(Cancellation));
        Assert.Equal(MailboxRemedy.AskPerson, refused.Remedy);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PREAUTH_before_STARTTLS_is_refused()
    {
        await using var server = new ScriptedImapServer { ImplicitTls = false, Greeting = "* PREAUTH welcome" };
        server.Start();
        await using var mailbox = server.Open(security: ConnectionSecurity.StartTls);
        Assert.Equal(MailboxRemedy.AskPerson, (await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(Cancellation))).Remedy);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Words_slipped_in_before_TLS_are_refused()
    {
        await using var server = new ScriptedImapServer { ImplicitTls = false };
        server.Start();
        server.Instead = (wire, tag, command, _) => Answer(command == "STARTTLS", wire, $"{tag} OK begin\r\n* CAPABILITY IMAP4rev1");
        await using var mailbox = server.Open(security: ConnectionSecurity.StartTls);
        await ReconnectAsync(() => mailbox.ListFoldersAsync(Cancellation));
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_though_its_authority_is_trusted()
    {
        await using var server = new ScriptedImapServer { Certificate = TestAuthority.WrongName };
        server.Start();
        await using var mailbox = server.Open();
        await ReconnectAsync(() => mailbox.ListFoldersAsync(Cancellation));
        Assert.Empty(server.Commands);
    }

    [Fact]
    public void No_TLS_is_refused_towards_any_other_machine()
    {
        var settings = new ImapSettings { Host = "imap.126.com", User = "a", Password = "b", Security = ConnectionSecurity.None };
        Assert.Throws<ArgumentException>(() => new ImapMailbox(settings, TimeProvider.System));
    }

    [Fact]
    public async Task A_server_that_nobody_runs_is_a_reason_to_reconnect()
    {
        var server = Start();
        await using var mailbox = server.Open();
        await server.DisposeAsync();
        await ReconnectAsync(() => mailbox.ListFoldersAsync(Cancellation));
    }
}
