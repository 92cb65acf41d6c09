using System.Data.Common;
using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using MailIntake.Domain.Campaigns;
using MailIntake.Options;

namespace MailIntake.Hosting;

/// <summary>Whether the settings of a connection can be right at all, so that a slip shows at the check and not at the first connection.</summary>
internal static class ConnectionChecks
{
    /// <summary>A host's name or address, without scheme, port or path.</summary>
    public static void Host(string place, string? host, ICollection<ConfigurationFault> faults)
    {
        if (!string.IsNullOrWhiteSpace(host) && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            faults.Add(new ConfigurationFault(place, "expected the name of a host alone, such as imap.126.com, without scheme or port", host));
        }
    }

    /// <summary>No connection without TLS but to this machine.</summary>
    public static void Tls(string place, TlsMode tls, string? host, ICollection<ConfigurationFault> faults)
    {
        var isLoopback = host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        if (tls == TlsMode.None && !isLoopback)
        {
            faults.Add(new ConfigurationFault(place, "a connection without TLS is allowed to this machine only", $"{tls} to {host}"));
        }
    }

    /// <summary>A PEM file with at least one certificate.</summary>
    public static void Authority(string place, string? file, ICollection<ConfigurationFault> faults)
    {
        if (file is null)
        {
            return;
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
        {
            faults.Add(new ConfigurationFault(place, $"cannot be read: {e.Message}", file));
            return;
        }

        if (authorities.Count == 0)
        {
            faults.Add(new ConfigurationFault(place, "holds no certificate in PEM form", file));
        }

        foreach (var authority in authorities)
        {
            authority.Dispose();
        }
    }

    /// <summary>One mail address and nothing else; null is allowed.</summary>
    public static void Address(string place, string? address, ICollection<ConfigurationFault> faults)
    {
        if (!string.IsNullOrEmpty(address) && !(MailAddress.TryCreate(address, out var parsed) && parsed.Address == address))
        {
            faults.Add(new ConfigurationFault(place, "expected a mail address", address));
        }
    }

    /// <summary>Pairs of name and value. What is wrong with them is not shown: it may be the password.</summary>
    public static void ConnectionString(string place, string? text, ICollection<ConfigurationFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        try
        {
            _ = new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            faults.Add(new ConfigurationFault(place, "expected pairs of name=value, separated by semicolons"));
        }
    }
}
