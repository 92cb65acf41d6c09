using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Tests.Connections;
using MailIntake.Mail.Transports;
using Xunit;

namespace MailIntake.Mail.Tests.Smtp;

public sealed class SmtpTransportTests
{
    private const string Unit = "hgq@example.com";
    private static readonly ReadOnlyMemory<byte> Message = Encoding.UTF8.GetBytes("Subject: x\r\n\r\n.材料\r\n");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mails_go_out_on_one_connection_with_RSET_between_them_and_QUIT_at_the_end()
    {
        await using var server = Start();
        await using (var transport = server.Open())
        {
            Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
            Assert.Equal("250 Mail OK queued as smtp5,D9GowAD3K", (await SendAsync(transport)).Reply);
        }

        Assert.Equal(["EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".", "RSET", "MAIL", "RCPT", "DATA", ".", "QUIT"], Verbs(server));
        Assert.Contains($"MAIL FROM:<{ScriptedSmtpServer.User}> BODY=8BITMIME", server.Commands);
        Assert.All(server.Messages, m => Assert.Equal("Subject: x\r\n\r\n..材料\r\n", m));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task STARTTLS_comes_before_AUTH_and_EHLO_is_said_again()
    {
        await using var server = new ScriptedSmtpServer { ImplicitTls = false };
        server.Start();
        await using var transport = server.Open(security: ConnectionSecurity.StartTls);
        Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."], Verbs(server));
    }

    [Fact]
    public async Task STARTTLS_that_is_not_offered_sends_no_password()
    {
        await using var server = new ScriptedSmtpServer { ImplicitTls = false, Hello = "250-mail\r\n250 AUTH PLAIN" };
        server.Start();
        await using var transport = server.Open(security: ConnectionSecurity.StartTls);
        Assert.Equal(SendStatus.AskPerson, (await SendAsync(transport)).Status);
        Assert.Equal(["EHLO"], Verbs(server));
    }

    [Fact]
    public async Task AUTH_LOGIN_is_used_where_PLAIN_is_not_offered()
    {
        await using var server = new ScriptedSmtpServer { Hello = "250-mail\r\n250 AUTH=LOGIN" };
        server.Start();
        await using var transport = server.Open();
        Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
        Assert.Contains("AUTH LOGIN", server.Commands);
    }

    [Theory]
    [InlineData("235 ok", SendStatus.Sent)]
    [InlineData("334 eyJzdGF0dXMiOiI0MDEifQ==", SendStatus.AskPerson)]
    public async Task An_access_token_is_shown_instead_of_a_password(string reply, SendStatus expected)
    {
        await using var server = Start();
        var lines = new List<string>();
        server.Instead = async (wire, command, _) =>
        {
            if (!command.StartsWith("AUTH XOAUTH2 ", StringComparison.Ordinal))
            {
                return false;
            }

            lines.Add(Encoding.UTF8.GetString(Convert.FromBase64String(command[13..])));
            await wire.SayAsync(reply);
            if (reply.StartsWith("334", StringComparison.Ordinal))
            {
                lines.Add((await wire.ReadLineAsync(default))!);
                await wire.SayAsync("535 5.7.8 my-token is not accepted");
            }

            return true;
        };
        await using var transport = server.OpenWithToken("my-token");

        var outcome = await SendAsync(transport);

        Assert.Equal(expected, outcome.Status);
        Assert.DoesNotContain("my-token", outcome.Reply, StringComparison.Ordinal);
        string[] wanted = [$"user={ScriptedSmtpServer.User}\u0001auth=Bearer my-token\u0001\u0001", .. expected == SendStatus.Sent ? Array.Empty<string>() : [""]];
        Assert.Equal(wanted, lines);
    }

    [Fact]
    public async Task A_server_without_any_AUTH_gets_no_password()
    {
        await using var server = new ScriptedSmtpServer { Hello = "250 mail" };
        server.Start();
        await using var transport = server.Open();
        Assert.Equal(SendStatus.AskPerson, (await SendAsync(transport)).Status);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_code_stops_and_is_never_tried_again_nor_shown()
    {
        await using var server = Start();
        await using var transport = server.Open(code: "WRONGWRONGWRONGW");
        for (var i = 0; i < 3; i++)
        {
            var outcome = await SendAsync(transport);
            Assert.Equal((SendStatus.AskPerson, "535 Error: authentication failed"), (outcome.Status, outcome.Reply));
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_server_that_repeats_what_it_was_sent_does_not_bring_the_code_into_the_reply()
    {
        await using var server = Start();
        server.Instead = (wire, command, _) => Answer(wire, command.StartsWith("AUTH", StringComparison.Ordinal), $"535 no: {command} {ScriptedSmtpServer.Code}");
        await using var transport = server.Open();
        Assert.Equal("535 no: AUTH PLAIN *** ***", (await SendAsync(transport)).Reply);
    }

    [Fact]
    public async Task A_lockout_pauses_for_hours_and_is_tried_again_then()
    {
        await using var server = Start();
        var locked = true;
        server.Instead = (wire, command, _) => Answer(wire, locked && command.StartsWith("AUTH", StringComparison.Ordinal), "554 smtp auth error limit");
        await using var transport = server.Open();
        Assert.Equal(new SendOutcome(SendStatus.PauseAll, "554 smtp auth error limit", TimeSpan.FromHours(4)) with { Refused = [] }, await SendAsync(transport) with { Refused = [] });
        locked = false;
        Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
    }

    [Fact]
    public async Task Too_many_mails_on_a_connection_means_a_new_one()
    {
        await using var server = Start();
        server.Instead = (wire, command, connection) => Answer(wire, connection == 1 && command.StartsWith("MAIL", StringComparison.Ordinal), "451 MI:DMC 126 smtp5");
        await using var transport = server.Open();
        Assert.Equal(SendStatus.Reconnect, (await SendAsync(transport)).Status);
        Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_died_while_idle_costs_no_mail()
    {
        await using var server = Start();
        server.Instead = (wire, command, _) =>
        {
            if (command == "RSET")
            {
                wire.Reset();
            }

            return Task.FromResult(command == "RSET");
        };
        await using var transport = server.Open();
        Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
        Assert.Equal(SendStatus.Sent, (await SendAsync(transport)).Status);
        Assert.Equal((2, 2), (server.Connections, server.Messages.Count));
    }

    [Fact]
    public async Task One_dead_recipient_of_two_is_named_and_the_other_gets_the_mail()
    {
        await using var server = Start();
        server.Instead = (wire, command, _) => Answer(wire, command == "RCPT TO:<gone@example.com>", "550 Invalid User: gone@example.com");
        await using var transport = server.Open();
        var outcome = await transport.SendAsync(ScriptedSmtpServer.User, [Unit, "gone@example.com"], Message, Cancellation);
        Assert.Equal(SendStatus.Sent, outcome.Status);
        Assert.Equal(("gone@example.com", SendStatus.DeadAddress), outcome.Refused.Select(r => (r.Recipient, r.Outcome.Status)).Single());
    }

    [Fact]
    public async Task A_limit_met_at_the_second_recipient_sends_to_nobody()
    {
        await using var server = Start();
        server.Instead = (wire, command, _) => Answer(wire, command == "RCPT TO:<b@example.com>", "550 RP:TRC 126 smtp2");
        await using var transport = server.Open();
        var outcome = await transport.SendAsync(ScriptedSmtpServer.User, [Unit, "b@example.com"], Message, Cancellation);
        Assert.Equal(SendStatus.PauseAll, outcome.Status);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_message_over_the_announced_SIZE_is_refused_before_it_is_sent()
    {
        await using var server = new ScriptedSmtpServer { Hello = "250-mail\r\n250-AUTH PLAIN\r\n250 SIZE 10" };
        server.Start();
        await using var transport = server.Open();
        Assert.Equal(SendStatus.RefusedMessage, (await SendAsync(transport)).Status);
        Assert.Equal(["EHLO", "AUTH"], Verbs(server));
    }

    [Theory]
    [InlineData("250-mail\r\n250-AUTH PLAIN\r\n250-SMTPUTF8\r\n250 8BITMIME", SendStatus.Sent)]
    [InlineData("250-mail\r\n250-AUTH PLAIN\r\n250 8BITMIME", SendStatus.RefusedMessage)]
    public async Task An_address_in_chinese_goes_out_where_the_server_knows_SMTPUTF8(string hello, SendStatus expected)
    {
        await using var server = new ScriptedSmtpServer { Hello = hello };
        server.Start();
        await using var transport = server.Open();

        var outcome = await transport.SendAsync(ScriptedSmtpServer.User, ["工会@例子.测试"], Message, Cancellation);

        Assert.Equal(expected, outcome.Status);
        Assert.Equal(expected == SendStatus.Sent, server.Commands.Contains("RCPT TO:<工会@例子.测试>"));
        Assert.Equal(expected == SendStatus.Sent, server.Commands.Any(c => c.StartsWith("MAIL", StringComparison.Ordinal) && c.EndsWith(" SMTPUTF8", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a@b>\r\nRCPT TO:<c@d")]
    [InlineData("a b@c")]
    [InlineData("")]
    public async Task An_address_that_would_break_out_of_its_command_is_refused(string recipient)
    {
        await using var server = Start();
        await using var transport = server.Open();
        Assert.Equal(SendStatus.RefusedMessage, (await transport.SendAsync(ScriptedSmtpServer.User, [recipient], Message, Cancellation)).Status);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        await using var server = Start();
        await using var transport = server.Open();
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $".{i}\r\n"));
        Assert.Equal(SendStatus.Sent, (await transport.SendAsync(ScriptedSmtpServer.User, [Unit], Encoding.ASCII.GetBytes(text), Cancellation)).Status);
        Assert.Equal(text.Replace(".", "..", StringComparison.Ordinal), Assert.Single(server.Messages));
    }

    [Fact]
    public void No_TLS_is_refused_towards_any_other_machine() =>
        Assert.Throws<ArgumentException>(() => new SmtpTransport(new SmtpSettings { Host = "smtp.126.com", Security = ConnectionSecurity.None }, TimeProvider.System));

    internal static ScriptedSmtpServer Start()
    {
        var server = new ScriptedSmtpServer();
        server.Start();
        return server;
    }

    internal static Task<SendOutcome> SendAsync(SmtpTransport transport) => transport.SendAsync(ScriptedSmtpServer.User, [Unit], Message, Cancellation);

    internal static async Task<bool> Answer(LoopbackServer.Wire wire, bool when, string answer)
    {
        if (when)
        {
            await wire.SayAsync(answer);
        }

        return when;
    }

    internal static IEnumerable<string> Verbs(ScriptedSmtpServer server) => server.Commands.Select(c => c.Split(' ', ':')[0]);
}
