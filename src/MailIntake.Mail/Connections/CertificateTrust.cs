using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailIntake.Mail.Connections;

/// <summary>
/// Which certificates are believed: the system's authorities, and besides them those of one PEM file. The host name is
/// verified in both cases. Revocation is not looked up: it would let a third server decide whether mail is read.
/// </summary>
internal sealed class CertificateTrust
{
    private readonly X509Certificate2Collection? _extra;

    private CertificateTrust(X509Certificate2Collection? extra) => _extra = extra;

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

    /// <summary>How TLS is begun towards a server of that name, whose certificate must be for it and of an authority that is believed.</summary>
    public SslClientAuthenticationOptions OptionsFor(string host) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = Policy,
        RemoteCertificateValidationCallback = Accept,
    };

    /// <summary>
    /// How a chain is built at first: towards the authorities of the file where there is one, since reading all of the system's costs more than
    /// the rest of a handshake. Null: towards the system's.
    /// </summary>
    private X509ChainPolicy? Policy => _extra is null ? null : MakePolicy(X509ChainTrustMode.CustomRootTrust);

    /// <summary>A <see cref="RemoteCertificateValidationCallback"/>, for a chain that was built by <see cref="Policy"/>: also the system's authorities are trusted.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors) =>
        Accept(certificate, presented, errors, X509ChainTrustMode.System);

    /// <summary>The same for a chain that was built without <see cref="Policy"/>, towards the system's authorities: also those of the file are trusted.</summary>
    public bool AcceptBesideSystem(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors) =>
        Accept(certificate, presented, errors, X509ChainTrustMode.CustomRootTrust);

    private bool Accept(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors, X509ChainTrustMode other)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // A wrong host name or no certificate at all is never mended by another authority.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _extra is null || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain { ChainPolicy = MakePolicy(other) };
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
            foreach (var element in presented.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(leaf);
    }

    private X509ChainPolicy MakePolicy(X509ChainTrustMode trust)
    {
        var policy = new X509ChainPolicy { TrustMode = trust, RevocationMode = X509RevocationMode.NoCheck };
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (trust == X509ChainTrustMode.CustomRootTrust)
        {
            policy.CustomTrustStore.AddRange(_extra!);
        }

        return policy;
    }
}
