using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

using MailIntake.Mail.Mailboxes;

namespace MailIntake.Fetch;

/// <summary>The floor: one FETCH of everything, its bytes written to a file as they come, nothing understood.</summary>
internal static class BareSocket
{
    /// <summary>Reads INBOX to the end of the answer; returns the number of bytes.</summary>
    public static long Run(ImapSettings settings, string folder, bool tls)
    {
        using var client = new TcpClient(settings.Host, settings.Port);
        Stream stream = client.GetStream();
        if (tls)
        {
            using var authority = X509CertificateLoader.LoadCertificateFromFile(settings.CertificateAuthorityFile!);
            var secured = new SslStream(stream);
            secured.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck },
            });
            stream = secured;
        }

        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a LOGIN {settings.User} {settings.Password}\r\nb EXAMINE INBOX\r\nc FETCH 1:* BODY.PEEK[]\r\n")));
        using var file = File.OpenHandle(Path.Combine(folder, "stream"), FileMode.Create, FileAccess.Write);
        var buffer = new byte[256 << 10];
        var end = "\r\nc OK"u8;
        var total = 0L;
        var kept = 0;
        while (true)
        {
            var read = stream.Read(buffer, kept, buffer.Length - kept);
            if (read == 0)
            {
                throw new IOException("the server closed the connection");
            }

            RandomAccess.Write(file, buffer.AsSpan(kept, read), total);
            total += read;
            var seen = buffer.AsSpan(0, kept + read);
            if (seen[Math.Max(0, seen.Length - 200)..].IndexOf(end) >= 0)
            {
                return total;
            }

            kept = Math.Min(200, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }
    }
}
