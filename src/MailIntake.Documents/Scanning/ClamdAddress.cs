using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailIntake.Documents.Scanning;

/// <summary>Where clamd listens: <c>127.0.0.1:3310</c>, <c>clamd.example.com:3310</c>, or the path of a socket, <c>/run/clamav/clamd.ctl</c>.</summary>
public sealed class ClamdAddress
{
    private ClamdAddress(string text, EndPoint endPoint) => (Text, EndPoint) = (text, endPoint);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    internal EndPoint EndPoint { get; }

    /// <summary>Reads an address; null where it is none.</summary>
    public static ClamdAddress? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('/'))
        {
            // A socket's path has room for 107 bytes (unix(7)).
            return System.Text.Encoding.UTF8.GetByteCount(text) <= 107 ? new ClamdAddress(text, new UnixDomainSocketEndPoint(text)) : null;
        }

        var cut = text.LastIndexOf(':');
        if (cut <= 0 || !ushort.TryParse(text[(cut + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return null;
        }

        var host = text[..cut].Trim('[', ']');
        return Uri.CheckHostName(host) == UriHostNameType.Unknown
            ? null
            : new ClamdAddress(text, IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port));
    }
}
