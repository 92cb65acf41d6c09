using System.Text;
using MailIntake.Mail.Tests.Connections;
using MailIntake.Mail.Transports;
using Xunit;

namespace MailIntake.Mail.Tests.Smtp;

/// <summary>The connection fails at every step; only between the end of the message and its reply is the outcome unknown.</summary>
public sealed class SmtpFaultTests
{
    public static TheoryData<string, SendStatus> Steps => new()
    {
        { "", SendStatus.Reconnect },
        { "EHLO", SendStatus.Reconnect },
        { "AUTH", SendStatus.Reconnect },
        { "MAIL", SendStatus.Reconnect },
        { "RCPT", SendStatus.Reconnect },
        { "DATA", SendStatus.Reconnect },
        { ".", SendStatus.Unknown },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_connection_lost_before_a_reply_is_classified_and_the_next_mail_goes_out(string step, SendStatus expected)
    {
        await using var server = SmtpTransportTests.Start();
        server.Instead = (wire, command, connection) =>
        {
            var lost = connection == 1 && IsAt(command, step);
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

    [Theory]
    [InlineData("EHLO", "250 mail")]
    [InlineData("AUTH", "235 ok")]
    [InlineData("MAIL", "250 ok")]
    [InlineData("RCPT", "250 ok")]
    [InlineData("DATA", "354 go on")]
    public async Task A_connection_lost_after_a_reply_sends_nothing(string step, string reply)
    {
        await using var server = new ScriptedSmtpServer { Hello = "250-mail\r\n250 AUTH PLAIN" };
        server.Start();
        server.Instead = async (wire, command, _) =>
        {
            if (!IsAt(command, step))
            {
                return false;
            }

            await wire.SayAsync(step == "EHLO" ? server.Hello : reply);
            wire.Reset();
            return true;
        };
        await using var transport = server.Open();
        var outcome = await SmtpTransportTests.SendAsync(transport);

        // After DATA the message may be in the socket's buffer already when the loss is noticed: then nobody knows.
        Assert.True(outcome.Status == SendStatus.Reconnect || (step == "DATA" && outcome.Status == SendStatus.Unknown), outcome.ToString());
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_connection_lost_after_the_last_reply_keeps_the_mail_sent()
    {
        await using var server = SmtpTransportTests.Start();
        server.Instead = async (wire, command, connection) =>
        {
            if (command != "." || connection > 1)
            {
                return false;
            }

            await wire.SayAsync("250 Mail OK");
            await wire.DisposeAsync();
            return true;
        };
        await using var transport = server.Open();
        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
        Assert.Equal(SendStatus.Sent, (await SmtpTransportTests.SendAsync(transport)).Status);
    }

    [Fact]
    public async Task Every_byte_of_the_last_reply_that_is_missing_leaves_the_outcome_unknown()
    {
        var reply = Encoding.ASCII.GetBytes("250-Mail\r\n250 OK\r\n");
        for (var count = 0; count < reply.Length; count++)
        {
            await using var server = SmtpTransportTests.Start();
            var sent = reply.AsMemory(0, count);
            server.Instead = async (wire, command, _) =>
            {
                if (command != ".")
                {
                    return false;
                }

                await wire.WriteAsync(sent);
                await wire.DisposeAsync();
                return true;
            };
            await using var transport = server.Open();
            Assert.Equal(SendStatus.Unknown, (await SmtpTransportTests.SendAsync(transport)).Status);
        }
    }

    [Theory]
    [InlineData("", "220-mail\r\n220 ready\r\n")]
    [InlineData("EHLO", "250-mail\r\n250-SIZE 73400320\r\n250 AUTH PLAIN\r\n")]
    [InlineData("AUTH", "235 2.7.0 ok\r\n")]
    [InlineData("MAIL", "250 2.1.0 ok\r\n")]
    [InlineData("RCPT", "250-2.1.5 a\r\n250 2.1.5 b\r\n")]
    [InlineData("DATA", "354 go on\r\n")]
    public async Task Every_byte_of_any_earlier_reply_that_is_missing_hands_over_nothing(string step, string reply)
    {
        var bytes = Encoding.ASCII.GetBytes(reply);
        for (var count = 0; count < bytes.Length; count++)
        {
            await using var server = new ScriptedSmtpServer { Hello = "250-mail\r\n250 AUTH PLAIN" };
            server.Start();
            var sent = bytes.AsMemory(0, count);
            server.Instead = async (wire, command, _) =>
            {
                if (!IsAt(command, step))
                {
                    return false;
                }

                await wire.WriteAsync(sent);
                await wire.DisposeAsync();
                return true;
            };
            await using var transport = server.Open();
            Assert.Equal((count, SendStatus.Reconnect), (count, (await SmtpTransportTests.SendAsync(transport)).Status));
            Assert.Empty(server.Messages);
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_server_that_falls_silent_is_left_after_the_time_limit(string step, SendStatus expected)
    {
        var clock = new ManualTimeProvider();
        await using var server = SmtpTransportTests.Start();
        using var silence = new Silence();
        server.Instead = async (_, command, _) =>
        {
            if (IsAt(command, step))
            {
                await silence.KeepAsync();
            }

            return false;
        };
        await using var transport = server.Open(clock);
        var outcome = await clock.PassUntilAsync(SmtpTransportTests.SendAsync(transport), silence, TimeSpan.FromSeconds(15));
        Assert.Equal(expected, outcome.Status);
    }

    [Theory]
    [InlineData("250-one\r\n251 two")]
    [InlineData("99 low")]
    [InlineData("600 high")]
    [InlineData("abc")]
    [InlineData("250x")]
    [InlineData("")]
    public async Task A_reply_that_is_no_SMTP_ends_the_connection(string reply)
    {
        await using var server = SmtpTransportTests.Start();
        server.Instead = (wire, command, _) => SmtpTransportTests.Answer(wire, command.StartsWith("MAIL", StringComparison.Ordinal), reply);
        await using var transport = server.Open();
        Assert.Equal(SendStatus.Reconnect, (await SmtpTransportTests.SendAsync(transport)).Status);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("250-x\r\n")]
    public async Task A_reply_without_an_end_is_given_up(string endless)
    {
        await using var server = SmtpTransportTests.Start();
        server.Instead = async (wire, command, _) =>
        {
            while (command.StartsWith("MAIL", StringComparison.Ordinal))
            {
                await wire.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(endless, 1000))));
            }

            return false;
        };
        await using var transport = server.Open();
        Assert.Equal(SendStatus.Reconnect, (await SmtpTransportTests.SendAsync(transport)).Status);
    }

    private static bool IsAt(string command, string step) =>
        step.Length == 0 ? command.Length == 0 : command.StartsWith(step, StringComparison.Ordinal);
}
