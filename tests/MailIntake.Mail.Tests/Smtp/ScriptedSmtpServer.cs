using System.Collections.Concurrent;
using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Tests.Connections;
using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Tests.Smtp;

/// <summary>An SMTP server that behaves as NetEase's: no SIZE, no PIPELINING, From must equal the login.</summary>
internal sealed class ScriptedSmtpServer : LoopbackServer
{
    public const string User = "qhdghgz@126.com";
    public const string Code = "ABCDEFGHIJKLMNOP";

    public string Greeting { get; init; } = "220 126.com Anti-spam GT for Coremail System (126com)";

    public string Hello { get; init; } = "250-mail\r\n250-AUTH LOGIN PLAIN XOAUTH2\r\n250-AUTH=LOGIN PLAIN XOAUTH2\r\n250-STARTTLS\r\n250-ID\r\n250 8BITMIME";

    /// <summary>Answers a command (the message's last line is <c>.</c>) in place of the server; true when it did.</summary>
    public Func<Wire, string, int, Task<bool>>? Instead { get; set; }

    /// <summary>Messages taken, as they came: dots doubled, without the last line.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public SmtpTransport Open(TimeProvider? time = null, string code = Code, ConnectionSecurity security = ConnectionSecurity.Implicit, string? user = User) => new(
        new SmtpSettings
        {
            Host = "localhost",
            Port = Port,
            Security = security,
            CertificateAuthorityFile = TestAuthority.File,
            User = user,
            Password = code,
            ClientName = "intake.example.com",
        },
        time ?? TimeProvider.System);

    public SmtpTransport OpenWithToken(string token) => new(
        new SmtpSettings { Host = "localhost", Port = Port, CertificateAuthorityFile = TestAuthority.File, User = User, AccessToken = () => token, ClientName = "intake.example.com" },
        TimeProvider.System);

    protected override async Task ServeAsync(Wire wire, int connection, CancellationToken cancellation)
    {
        if (Instead is { } first && await first(wire, "", connection))
        {
            return;
        }

        await wire.SayAsync(Greeting);
        while (await wire.ReadLineAsync(cancellation) is { } command)
        {
            Commands.Enqueue(command);
            if (Instead is { } instead && await instead(wire, command, connection))
            {
                continue;
            }

            switch (command.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await wire.SayAsync(Hello);
                    break;
                case "STARTTLS":
                    await wire.SayAsync("220 Ready to start TLS");
                    await wire.SecureAsync(Certificate, cancellation);
                    break;
                case "AUTH" when command == "AUTH LOGIN":
                    await wire.SayAsync("334 dXNlcm5hbWU6");
                    var user = await wire.ReadLineAsync(cancellation);
                    await wire.SayAsync("334 UGFzc3dvcmQ6");
                    var code = await wire.ReadLineAsync(cancellation);
                    await AuthenticateAsync(wire, Decode(user!) == User && Decode(code!) == Code);
                    break;
                case "AUTH":
                    await AuthenticateAsync(wire, Decode(command.Split(' ')[^1]) == $"\0{User}\0{Code}");
                    break;
                case "MAIL":
                    await wire.SayAsync(command.StartsWith($"MAIL FROM:<{User}>", StringComparison.Ordinal) ? "250 Mail OK" : "553 Mail from must equal authorized user");
                    break;
                case "RCPT" or "RSET" or "NOOP":
                    await wire.SayAsync("250 Mail OK");
                    break;
                case "DATA":
                    await wire.SayAsync("354 End data with <CR><LF>.<CR><LF>");
                    await ReadMessageAsync(wire, connection, cancellation);
                    break;
                case "QUIT":
                    await wire.SayAsync("221 Bye");
                    return;
                default:
                    await wire.SayAsync("502 Error: command not implemented");
                    break;
            }
        }
    }

    private static Task AuthenticateAsync(Wire wire, bool right) =>
        wire.SayAsync(right ? "235 Authentication successful" : "535 Error: authentication failed");

    private async Task ReadMessageAsync(Wire wire, int connection, CancellationToken cancellation)
    {
        var message = new StringBuilder();
        while (await wire.ReadLineAsync(cancellation) is { } line)
        {
            if (line != ".")
            {
                message.Append(line).Append("\r\n");
                continue;
            }

            Commands.Enqueue(".");
            if (Instead is null || !await Instead(wire, ".", connection))
            {
                Messages.Enqueue(message.ToString());
                await wire.SayAsync("250 Mail OK queued as smtp5,D9GowAD3K");
            }

            return;
        }
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
