using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;
using Xunit;
using static MailIntake.Mail.Tests.Imap.ScriptedSession;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>What a NetEase server really does with clients and their connections, quirk by quirk.</summary>
public sealed class NetEaseLoginTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_access_token_is_shown_at_the_servers_leave_and_a_refused_one_is_never_tried_again(bool right)
    {
        await using var server = ScriptedSession.Start();
        var answers = new List<string>();
        var waiting = "";
        server.Instead = async (wire, tag, command, _) =>
        {
            if (command == "AUTHENTICATE XOAUTH2")
            {
                await wire.SayAsync("+ ");
                answers.Add((await wire.ReadLineAsync(default))!);
                if (!right)
                {
                    await wire.SayAsync("+ eyJzdGF0dXMiOiI0MDAifQ==");
                    waiting = (await wire.ReadLineAsync(default))!;
                }

                await wire.SayAsync(right ? $"{tag} OK done" : $"{tag} NO [AUTHENTICATIONFAILED] token-1 is not good");
                return true;
            }

            return false;
        };
        var asked = 0;
        await using var mailbox = server.OpenWithToken(() => $"token-{++asked}");

        if (right)
        {
            Assert.NotEmpty(await mailbox.ListFoldersAsync(ScriptedSession.Cancellation));
        }
        else
        {
            var fault = await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(ScriptedSession.Cancellation));
            Assert.Equal(MailboxRemedy.AskPerson, fault.Remedy);
            Assert.DoesNotContain("token-1", fault.Message, StringComparison.Ordinal);
            Assert.Equal("", waiting);
            await Assert.ThrowsAsync<MailboxException>(() => mailbox.ListFoldersAsync(ScriptedSession.Cancellation));
        }

        var shown = Assert.Single(answers);
        Assert.Equal($"user={ScriptedImapServer.User}\u0001auth=Bearer token-1\u0001\u0001", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(shown)));
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("LOGIN", StringComparison.Ordinal));
    }

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

    [Theory]
    [InlineData("* BYE Autologout; idle for too long\r\n{0} OK NOOP completed")]
    [InlineData("* BYE Autologout; idle for too long\r\n* BYE again")]
    [InlineData("{0} NO not logged in")]
    [InlineData("{0} BAD invalid command or parameters")]
    public async Task An_idle_connection_that_was_logged_out_is_made_anew(string answer)
    {
        var clock = new ManualTimeProvider();
        await using var server = Start();
        server.Inbox.Messages[5] = Message;
        server.Instead = (wire, tag, command, _) => Answer(command == "NOOP", wire, string.Format(System.Globalization.CultureInfo.InvariantCulture, answer, tag));
        await using var mailbox = server.Open(clock);
        await mailbox.ListMessagesAsync(Inbox, Cancellation);
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal([5u], (await mailbox.ListMessagesAsync(Inbox, Cancellation)).Uids);
        Assert.Equal(2, server.Connections);
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
}
