using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailIntake.Tests.Hosting;

/// <summary>A mail server over TLS that knows no right authorisation code, as NetEase words it; it counts how often one was tried.</summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly Func<string, string> _answer;
    private readonly string _greeting;
    private readonly Task _serving;
    private int _logins;

    private RefusingServer(string folder, string greeting, Func<string, string> answer)
    {
        (_greeting, _answer) = (greeting, answer);
        (AuthorityFile, _certificate) = MakeCertificate(folder);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Its port on localhost.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>PEM file of the authority to trust.</summary>
    public string AuthorityFile { get; }

    /// <summary>How often a login was tried.</summary>
    public int Logins => Volatile.Read(ref _logins);

    /// <summary>An IMAP server.</summary>
    public static RefusingServer Imap(string folder) => new(folder, "* OK Coremail System IMap Server Ready(126com)", line =>
    {
        var words = line.Split(' ', 3);
        return words[1].ToUpperInvariant() switch
        {
            "CAPABILITY" => $"* CAPABILITY IMAP4rev1 ID UIDPLUS\r\n{words[0]} OK CAPABILITY completed",
            "LOGIN" => $"{words[0]} NO LOGIN Login error or password error",
            "ID" => $"* ID NIL\r\n{words[0]} OK ID completed",
            "LOGOUT" => $"* BYE\r\n{words[0]} OK LOGOUT completed",
            _ => $"{words[0]} BAD command not support",
        };
    });

    /// <summary>An SMTP server.</summary>
    public static RefusingServer Smtp(string folder) => new(folder, "220 126.com Anti-spam GT for Coremail System (126com)", line =>
        line.Split(' ')[0].ToUpperInvariant() switch
        {
            "EHLO" => "250-mail\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME",
            "AUTH" => "535 Error: authentication failed",
            "QUIT" => "221 Bye",
            _ => "503 bad sequence of commands",
        });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                await TalkAsync(tls);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client left, or the test is over.
            }
        }
    }

    private async Task TalkAsync(SslStream tls)
    {
        using var reader = new StreamReader(tls, Encoding.ASCII, leaveOpen: true);
        await using var writer = new StreamWriter(tls, Encoding.ASCII, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync(_greeting);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.Contains("LOGIN ", StringComparison.Ordinal) || line.StartsWith("AUTH ", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _logins);
            }

            await writer.WriteLineAsync(_answer(line));
        }
    }

    private static (string AuthorityFile, X509Certificate2 Certificate) MakeCertificate(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MailIntake test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var file = Path.Combine(folder, $"ca-{Guid.NewGuid():N}.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());

        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=localhost", leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        return (file, leaf.Create(authority, now.AddDays(-1), now.AddDays(1), [1]).CopyWithPrivateKey(leafKey));
    }
}
