using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Transports;
using MailIntake.Servers;
using Xunit;

namespace MailIntake.Mail.Tests.Transports;

/// <summary>What every transport by SMTP must do, against a real server.</summary>
public abstract class TransportContract
{
    [Theory]
    [InlineData(ConnectionSecurity.Implicit)]
    [InlineData(ConnectionSecurity.StartTls)]
    public async Task Mail_sent_with_AUTH_arrives_with_its_dots_and_on_one_connection(ConnectionSecurity security)
    {
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        await using var transport = Open(server, box.Address, security);
        var body = "\r\n.\r\n..two\r\n.end\r\n";
        foreach (var subject in new[] { "one", "two" })
        {
            var outcome = await transport.SendAsync(
                box.Address, [box.Address], Encoding.UTF8.GetBytes($"Subject: {subject}\r\n{body}"), TestContext.Current.CancellationToken);
            Assert.Equal((SendStatus.Sent, "250"), (outcome.Status, outcome.Reply[..3]));
        }

        await box.WaitForAsync(2, cancellation: TestContext.Current.CancellationToken);
        var received = await box.ReadAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.All(received, m => Assert.EndsWith(body, Encoding.UTF8.GetString(m), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_dead_and_the_connection_goes_on()
    {
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        await using var transport = Open(server, box.Address, ConnectionSecurity.Implicit);
        var dead = await transport.SendAsync(box.Address, ["gone@example.com"], "Subject: x\r\n\r\nx\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(SendStatus.DeadAddress, dead.Status);
        var sent = await transport.SendAsync(box.Address, [box.Address, "gone@example.com"], "Subject: x\r\n\r\nx\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(SendStatus.Sent, sent.Status);
        Assert.Equal(("gone@example.com", SendStatus.DeadAddress), (sent.Refused.Single().Recipient, sent.Refused.Single().Outcome.Status));
    }

    [Fact]
    public async Task A_sender_that_is_not_the_login_asks_a_person()
    {
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        await using var transport = Open(server, box.Address, ConnectionSecurity.Implicit);
        var outcome = await transport.SendAsync("other@example.com", [box.Address], "Subject: x\r\n\r\nx\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(SendStatus.AskPerson, outcome.Status);
    }

    [Fact]
    public async Task A_wrong_password_asks_a_person_and_is_not_tried_again()
    {
        var server = TestServers.Mail;
        await using var transport = Open(server, "a@example.com", ConnectionSecurity.Implicit, "wrong-code-1234");
        for (var i = 0; i < 2; i++)
        {
            var outcome = await transport.SendAsync("a@example.com", ["a@example.com"], "Subject: x\r\n\r\nx\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal(SendStatus.AskPerson, outcome.Status);
            Assert.StartsWith("535", outcome.Reply, StringComparison.Ordinal);
        }
    }

    /// <summary>Makes one by the engine that is tested.</summary>
    protected abstract IMailTransport Make(SmtpSettings settings);

    private IMailTransport Open(MailServer server, string user, ConnectionSecurity security, string password = MailServer.Password) => Make(
        new SmtpSettings
        {
            Host = server.Host,
            Port = security == ConnectionSecurity.Implicit ? server.SmtpsPort : server.SubmissionPort,
            Security = security,
            CertificateAuthorityFile = server.CertificateAuthorityFile,
            User = user,
            Password = password,
        });
}
