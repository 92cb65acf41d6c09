using System.Text;

namespace MailIntake.Mail.Reading;

/// <summary>One Authentication-Results header (RFC 8601). White space proves nothing in it: NetEase folds it in the middle of a token.</summary>
internal sealed class AuthenticationResults
{
    private static readonly string[] Known = ["permerror", "temperror", "softfail", "hardfail", "neutral", "policy", "error", "pass", "fail", "none"];

    private readonly string _server;
    private readonly string _firstWord;

    private AuthenticationResults(string server)
    {
        _server = WithoutSpace(server);
        _firstWord = server.Trim().Split(' ')[0];
    }

    public string? Spf { get; private set; }

    public string? SpfDomain { get; private set; }

    public string? Dkim { get; private set; }

    public string? DkimDomain { get; private set; }

    public static AuthenticationResults Parse(string value)
    {
        var segments = Bare(value).Split(';');
        var results = new AuthenticationResults(segments[0]);
        foreach (var segment in segments.Skip(1))
        {
            if (Result(segment, "spf=") is { } spf)
            {
                results.SpfDomain = results.Spf is null ? Domain(segment, "smtp.mailfrom=", "smtp.mail=", "smtp.helo=") : results.SpfDomain;
                results.Spf ??= spf;
            }
            else if (Result(segment, "dkim=") is { } dkim && results.Dkim != "pass")
            {
                results.Dkim = dkim;
                results.DkimDomain = Domain(segment, "header.d=", "header.i=");
            }
        }

        return results;
    }

    /// <summary>The authserv-id is this one; a version number may stand behind it.</summary>
    public bool IsFrom(string server) =>
        _server.Equals(server, StringComparison.OrdinalIgnoreCase)
        || (_firstWord.Equals(server, StringComparison.OrdinalIgnoreCase) && _server[server.Length..] == "1");

    private static string? Result(string segment, string method)
    {
        var text = WithoutSpace(segment);
        return text.StartsWith(method, StringComparison.OrdinalIgnoreCase)
            ? Array.Find(Known, result => text.AsSpan(method.Length).StartsWith(result, StringComparison.OrdinalIgnoreCase))
            : null;
    }

    /// <summary>The domain in the first of the properties that is there; words without an equals sign are the rest of a folded value.</summary>
    private static string? Domain(string segment, params string[] properties)
    {
        foreach (var property in properties)
        {
            var at = segment.IndexOf(property, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                continue;
            }

            var words = segment[(at + property.Length)..].Split(' ');
            var value = string.Concat(words.Where((word, i) => i == 0 || words[1..(i + 1)].All(one => !one.Contains('=', StringComparison.Ordinal))));
            value = value[(value.LastIndexOf('@') + 1)..];
            return value.Length == 0 ? null : value.ToLowerInvariant();
        }

        return null;
    }

    private static string WithoutSpace(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Takes out comments and quoted strings: a sender may write a result into his address.</summary>
    private static string Bare(string value)
    {
        var result = new StringBuilder(value.Length);
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\')
            {
                i++;
            }
            else if (quoted || c == '"')
            {
                quoted = quoted != (c == '"');
            }
            else if (c is '(' or ')')
            {
                depth = c == '(' ? depth + 1 : Math.Max(depth - 1, 0);
            }
            else if (depth == 0)
            {
                result.Append(char.IsWhiteSpace(c) ? ' ' : c);
            }
        }

        return result.ToString();
    }
}
