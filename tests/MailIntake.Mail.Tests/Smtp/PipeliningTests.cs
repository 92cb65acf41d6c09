using MailIntake.Mail.Transports;

using Xunit;

namespace MailIntake.Mail.Tests.Smtp;

/// <summary>MAIL, RCPT and DATA in one write where the server offers it (RFC 2920): each reply counts for its own command.</summary>
public sealed class PipeliningTests
{
    private const string Hello = "250-mail\r\n250-AUTH PLAIN\r\n250-PIPELINING\r\n250 8BITMIME";

    [Fact]
    public async Task Two_mails_go_out_over_one_connection()
    {
        await using var server = Start();
        await using var transport = server.Open();

        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);

        Assert.Equal(2, server.Messages.Count);
        Assert.Single(server.Commands, c => c.StartsWith("EHLO", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MAIL", "553 Mail from must equal authorized user", "503 no sender")]
    [InlineData("MAIL", "553 Mail from must equal authorized user", "354 go on")]
    [InlineData("RCPT", "550 Invalid User", "554 no valid recipients")]
    [InlineData("RCPT", "550 Invalid User", "354 go on")]
    [InlineData("RCPT", "451 MI:SFQ", "354 go on")]
    public async Task What_is_refused_hands_over_nothing_whatever_data_is_answered(string step, string reply, string data)
    {
        await using var server = Start();
        server.Instead = async (wire, command, connection) =>
        {
            var said = connection > 1 ? null : command.StartsWith(step, StringComparison.Ordinal) ? reply : command == "DATA" ? data : null;
            if (said is not null)
            {
                await wire.SayAsync(said);
            }

            return said is not null;
        };
        await using var transport = server.Open();

        Assert.NotEqual(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData("MAIL", SendStatus.Reconnect)]
    [InlineData("RCPT", SendStatus.Reconnect)]
    [InlineData("DATA", SendStatus.Reconnect)]
    [InlineData(".", SendStatus.Unknown)]
    public async Task A_connection_lost_before_a_reply_is_classified_as_without_pipelining(string step, SendStatus expected)
    {
        await using var server = Start();
        server.Instead = (wire, command, connection) =>
        {
            var lost = connection == 1 && command.StartsWith(step, StringComparison.Ordinal);
            if (lost)
            {
                wire.Reset();
            }

            return Task.FromResult(lost);
        };
        await using var transport = server.Open();

        Assert.Equal(expected, (await SmtpTransportTests.SendAsync(transport)).Status);
        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
    }

    [Fact]
    public async Task The_next_mail_is_begun_in_the_same_write_as_RSET()
    {
        await using var server = Start();
        await using (var transport = server.Open())
        {
            Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
            Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
        }

        Assert.Equal(["EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".", "RSET", "MAIL", "RCPT", "DATA", ".", "QUIT"], SmtpTransportTests.Verbs(server));
    }

    [Theory]
    [InlineData("")]
    [InlineData("421 4.4.2 timeout, closing")]
    [InlineData("500 what is that")]
    public async Task A_kept_connection_that_takes_no_further_mail_is_made_anew_and_the_mail_sent_once(string said)
    {
        await using var server = Start();
        server.Instead = async (wire, command, connection) =>
        {
            if (connection > 1 || command != "RSET")
            {
                return false;
            }

            if (said.Length > 0)
            {
                await wire.SayAsync(said);
            }
            else
            {
                wire.Reset();
            }

            return true;
        };
        await using var transport = server.Open();

        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
        Assert.Equal(2, server.Messages.Count);
        Assert.Equal(2, server.Commands.Count(c => c.StartsWith("EHLO", StringComparison.Ordinal)));
    }

    private static ScriptedSmtpServer Start()
    {
        var server = new ScriptedSmtpServer { Hello = Hello };
        server.Start();
        return server;
    }
}
