using System.Text;

using MailIntake.Servers;

using NodaTime;

using Npgsql;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>The servers of the tests do what the other tests rely on.</summary>
public sealed class ServersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_from_a_unit_arrives_byte_for_byte_below_the_headers_of_the_servers()
    {
        MailServer server = TestServers.Mail;
        TestMailbox mailbox = server.CreateMailbox();
        byte[] sent = [.. "From: u@example.com\r\nSubject: "u8, 0xB2, 0xE2, .. "\r\n\r\n.\r\n..two\r\n"u8, 0xCA, 0xD4, .. "\r\n"u8];

        await using (SmtpInjector injector = await server.OpenInjectorAsync(Cancellation))
        {
            await injector.SendAsync("u@example.com", mailbox.Address, sent, Cancellation);
            await injector.SendAsync("a@elsewhere.test", mailbox.Address.Replace("@", "+Junk@", StringComparison.Ordinal), sent, Cancellation);
        }

        await mailbox.WaitForAsync(1, cancellation: Cancellation);
        await mailbox.WaitForAsync(1, "Junk", cancellation: Cancellation);
        byte[] received = Assert.Single(await mailbox.ReadAsync(cancellation: Cancellation));
        Assert.Equal(sent, received[^sent.Length..]);
        string headers = Encoding.Latin1.GetString(received[..^sent.Length]);
        Assert.Contains($"Authentication-Results: {server.AuthenticationServer}; spf=pass smtp.mailfrom=u@example.com", headers, StringComparison.Ordinal);
        string junk = Encoding.Latin1.GetString(Assert.Single(await mailbox.ReadAsync("Junk", Cancellation)));
        Assert.Contains("spf=none smtp.mailfrom=a@elsewhere.test", junk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_lives_at_gone_and_nothing_is_relayed()
    {
        MailServer server = TestServers.Mail;
        foreach ((string to, string reply) in new[] { ("gone-1@example.com", "550 5.1.1"), ("someone@elsewhere.test", "554 5.7.1") })
        {
            await using SmtpInjector injector = await server.OpenInjectorAsync(Cancellation);
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
                () => injector.SendAsync("u@example.com", to, "Subject: x\r\n\r\nx\r\n"u8.ToArray(), Cancellation));
            Assert.Contains(reply, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Appended_mail_keeps_its_bytes_and_its_mailbox_is_its_own()
    {
        MailServer server = TestServers.Mail;
        TestMailbox mailbox = server.CreateMailbox();
        byte[] first = "Subject: one\r\n\r\n{12}\r\n"u8.ToArray();
        byte[] second = [.. "Subject: two\r\n\r\n"u8, .. new byte[100_000].Select((_, i) => (byte)('a' + (i % 26))), .. "\r\n"u8];

        await mailbox.AppendAsync([(first, Instant.FromUtc(2018, 9, 20, 1, 2, 3)), (second, Instant.FromUtc(2018, 9, 21, 1, 2, 3))], cancellation: Cancellation);

        Assert.Equal([first, second], await mailbox.ReadAsync(cancellation: Cancellation));
        Assert.Equal(2, await mailbox.CountAsync(cancellation: Cancellation));
        Assert.Empty(await server.CreateMailbox().ReadAsync(cancellation: Cancellation));
    }

    [Fact]
    public async Task A_throwaway_database_is_empty_and_goes_away()
    {
        PostgreSqlServer server = TestServers.PostgreSql;
        string connectionString;
        await using (TestDatabase database = await server.CreateDatabaseAsync(Cancellation))
        {
            connectionString = database.ConnectionString;
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(Cancellation);
            await using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
            Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        }

        await using var late = new NpgsqlConnection(connectionString);
        await Assert.ThrowsAsync<PostgresException>(() => late.OpenAsync(Cancellation));
    }
}
