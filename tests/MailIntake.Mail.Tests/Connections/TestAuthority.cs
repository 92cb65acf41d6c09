using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailIntake.Mail.Tests.Connections;

/// <summary>A certificate authority made for this run, and a certificate for localhost that it signed.</summary>
internal static class TestAuthority
{
    private static readonly Lazy<(string File, X509Certificate2 Server, X509Certificate2 WrongName)> Made = new(Make);

    public static string File => Made.Value.File;

    public static X509Certificate2 Server => Made.Value.Server;

    /// <summary>Signed by the same authority for another host.</summary>
    public static X509Certificate2 WrongName => Made.Value.WrongName;

    private static (string, X509Certificate2, X509Certificate2) Make()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MailIntake wire test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var file = Path.Combine(Path.GetTempPath(), $"mailintake-wire-ca-{Guid.NewGuid():N}.pem");
        System.IO.File.WriteAllText(file, authority.ExportCertificatePem());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.Delete(file);
        return (file, Sign("localhost", 1), Sign("imap.example.org", 2));

        X509Certificate2 Sign(string host, byte serial)
        {
            using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var leaf = new CertificateRequest($"CN={host}", leafKey, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            leaf.CertificateExtensions.Add(names.Build());
            leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
            return leaf.Create(authority, now.AddDays(-1), now.AddDays(1), [serial]).CopyWithPrivateKey(leafKey);
        }
    }
}
