using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailIntake.Mail.Connections;

/// <summary>
/// Which certificates are believed: the system's authorities, and besides them those of one PEM file. The host name is
/// verified in both cases. Revocation is not looked up: it would let a third server decide whether mail is read.
/// </summary>
internal sealed class CertificateTrust
{
    private readonly X509Certificate2Collection? extra;

    private CertificateTrust(X509Certificate2Collection? extra) => this.extra = extra;

    /// <exception cref="ArgumentException">The file is missing or holds no certificate.</exception>
    public static CertificateTrust Load(string? authorityFile)
    {
        if (string.IsNullOrEmpty(authorityFile))
        {
            return new CertificateTrust(null);
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(authorityFile);
        }
        catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"Certificate authority file cannot be read: {authorityFile}: {e.Message}", nameof(authorityFile), e);
        }

        return authorities.Count > 0
            ? new CertificateTrust(authorities)
            : throw new ArgumentException($"Certificate authority file holds no certificate: {authorityFile}", nameof(authorityFile));
    }

    /// <summary>A <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // A wrong host name or no certificate at all is never mended by another authority.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || extra is null || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(extra);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (presented is not null)
        {
            foreach (var element in presented.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(leaf);
    }
}
