using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Reading;

/// <summary>What the receiving server found about the sender (RFC 8601), believed only where the header is the server's own.</summary>
/// <param name="Spf"><c>pass</c>, <c>fail</c>, <c>softfail</c>, <c>neutral</c>, <c>none</c>…; null where nothing trusted is said.</param>
/// <param name="Dkim">The same for DKIM; of several signatures <c>pass</c> where one passed.</param>
/// <param name="Trusted">A header of the receiving server itself was found.</param>
public sealed record Authentication(string? Spf, string? Dkim, bool Trusted)
{
    private static readonly Authentication Nothing = new(null, null, false);

    /// <summary>SPF or DKIM passed, by a header that can be trusted. It may have passed for another domain than From's: see <see cref="Covers"/>.</summary>
    public bool Passed => Trusted && (Spf == "pass" || Dkim == "pass");

    /// <summary>The domain SPF was checked for (of the envelope's sender), lower case; null where it is not told.</summary>
    public string? SpfDomain { get; init; }

    /// <summary>The domain that signed, lower case; null where it is not told.</summary>
    public string? DkimDomain { get; init; }

    /// <summary>What passed, passed for this domain, one above it or one below it: the From address is no forgery of a stranger.</summary>
    public bool Covers(string domain) =>
        Trusted && ((Spf == "pass" && IsRelated(SpfDomain, domain)) || (Dkim == "pass" && IsRelated(DkimDomain, domain)));

    /// <summary>Reads the trusted header.</summary>
    /// <param name="message">The message as received.</param>
    /// <param name="trustedServers">authserv-ids that are believed wherever their header stands above the first foreign one;
    /// NetEase's own headers are recognised by their transaction ids and need no entry.</param>
    public static Authentication Read(IMessage message, IReadOnlyCollection<string> trustedServers)
    {
        var headers = message.Headers.All.ToList();
        var results = OfNetEase(headers) ?? OfTrusted(headers, trustedServers);
        return results is null ? Nothing : new Authentication(results.Spf, results.Dkim, true)
        {
            SpfDomain = results.SpfDomain,
            DkimDomain = results.DkimDomain,
        };
    }

    /// <summary>
    /// NetEase's border writes its header below those of the sender, so its place proves nothing. What proves it: the top
    /// Received is by that host, and its transaction id is the last X-CM-TRANSID, which a sender cannot know beforehand.
    /// </summary>
    private static AuthenticationResults? OfNetEase(List<KeyValuePair<string, string>> headers)
    {
        var top = headers.FindIndex(header => Is(header, "Received"));
        var transaction = headers.FindLastIndex(header => Is(header, "X-CM-TRANSID"));
        if (top < 0 || transaction < 0 || ReceivedTrace.Parse(headers[top].Value) is not { IsCoremail: true, By: { } host, Id: { } id }
            || WithoutSpace(headers[transaction].Value) != id)
        {
            return null;
        }

        for (var i = headers.Count - 1; i >= 0; i--)
        {
            if (Is(headers[i], "Authentication-Results") && AuthenticationResults.Parse(headers[i].Value) is var results && results.IsFrom(host))
            {
                return results;
            }
        }

        return null;
    }

    private static AuthenticationResults? OfTrusted(List<KeyValuePair<string, string>> headers, IReadOnlyCollection<string> trusted)
    {
        var atBorder = false;
        foreach (var header in headers)
        {
            if (Is(header, "Authentication-Results"))
            {
                var results = AuthenticationResults.Parse(header.Value);
                if (trusted.Any(results.IsFrom))
                {
                    return results;
                }
            }
            else if (Is(header, "Received"))
            {
                // Below the server that took the mail from outside, and below any other, all is the sender's own.
                var trace = ReceivedTrace.Parse(header.Value);
                if (atBorder || !IsOneOf(trace.By, trusted))
                {
                    return null;
                }

                atBorder = !IsOneOf(trace.From, trusted) && trace.From != "localhost";
            }
        }

        return null;
    }

    private static bool IsOneOf(string? host, IReadOnlyCollection<string> trusted) =>
        host is not null && trusted.Any(one => host.Equals(one, StringComparison.OrdinalIgnoreCase));

    private static bool Is(KeyValuePair<string, string> header, string name) => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsRelated(string? one, string other)
    {
        return one is not null && (one.Equals(other, StringComparison.OrdinalIgnoreCase) || IsBelow(one, other) || IsBelow(other, one));

        // A bare public suffix such as com.cn never vouches for what lies below it; two labels above must remain.
        static bool IsBelow(string lower, string upper) =>
            lower.EndsWith("." + upper, StringComparison.OrdinalIgnoreCase) && upper.Count(c => c == '.') >= (upper.EndsWith(".cn", StringComparison.OrdinalIgnoreCase) ? 2 : 1);
    }

    private static string WithoutSpace(string value) => string.Concat(value.Where(c => !char.IsWhiteSpace(c)));
}
