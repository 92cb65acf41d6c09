using System.Buffers;
using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>
/// Reads address lists (RFC 5322, 3.4; 6532): groups, comments, routes, quoted names, encoded words, and what clients make of
/// them: semicolons between addresses, brackets that never close, a whole address inside an encoded word.
/// </summary>
public static class AddressParser
{
    private const int Most = 2_000;
    private static readonly SearchValues<char> NeverInDomain = SearchValues.Create(" \t<>()\"");

    /// <summary>The addresses in a header value, groups opened; what holds no <c>@</c> is passed over.</summary>
    public static IReadOnlyList<MailAddress> Parse(string value)
    {
        var found = new List<MailAddress>();
        Read(value, found);
        if (found.Count == 0 && EncodedWords.Decode(value) is var decoded && decoded != value)
        {
            Read(decoded, found);
        }

        return found;
    }

    private static void Read(string value, List<MailAddress> found)
    {
        var one = new Mailbox();
        var commentsClose = true;
        for (var i = 0; i < value.Length && found.Count < Most; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"':
                    i = Quoted(value, i, one);
                    break;
                case '(' when commentsClose:
                    i = Comment(value, i, one, ref commentsClose);
                    break;
                case '<':
                    i = Angle(value, i, one);
                    break;
                case ',' or ';':
                    one.AddTo(found);
                    one = new Mailbox();
                    break;
                case ':' when one.Angle is null && !one.HasAt:
                    // The name of a group ends; its members follow as if they stood alone.
                    one = new Mailbox();
                    break;
                case '\\' when i + 1 < value.Length:
                    one.Append(value[++i]);
                    break;
                default:
                    one.Append(c);
                    break;
            }
        }

        one.AddTo(found);
    }

    private static int Quoted(string value, int start, Mailbox one)
    {
        // A quote that never closes is a letter like others: the address behind it must not be lost in it.
        var i = start + 1;
        var text = new StringBuilder();
        for (; i < value.Length && value[i] != '"'; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                i++;
            }

            text.Append(value[i]);
        }

        if (i >= value.Length)
        {
            return start;
        }

        one.Quoted |= true;
        one.HasAt |= text.ToString().Contains('@', StringComparison.Ordinal);
        if (i + 1 < value.Length && value[i + 1] == '@')
        {
            one.Words.Append('"').Append(text).Append('"');
        }
        else
        {
            one.Words.Append(text);
        }

        return i;
    }

    private static int Comment(string value, int start, Mailbox one, ref bool closes)
    {
        var depth = 0;
        var text = new StringBuilder();
        for (var i = start; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && i + 1 < value.Length)
            {
                text.Append(value[++i]);
                continue;
            }

            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0)
            {
                one.Comment ??= text.ToString(1, text.Length - 1);
                return i;
            }

            text.Append(c);
        }

        // What never closes is no comment, nor is any that begins later inside it.
        closes = false;
        one.Words.Append('(');
        return start;
    }

    private static int Angle(string value, int start, Mailbox one)
    {
        var end = value.AsSpan(start + 1).IndexOfAny('>', '<', ',');
        var inside = end < 0 ? value.AsSpan(start + 1) : value.AsSpan(start + 1, end);
        var after = end < 0 ? value.Length : start + 1 + end;

        // RFC 5322, 4.4: a route may stand before the address.
        if (end >= 0 && value[after] == ',' && inside.StartsWith("@"))
        {
            var close = value.IndexOf('>', after);
            if (close > 0)
            {
                inside = value.AsSpan(start + 1, close - start - 1);
                after = close;
            }
        }

        if (inside.StartsWith("@") && inside.LastIndexOf(':') is > 0 and var colon)
        {
            inside = inside[(colon + 1)..];
        }

        if (inside.Contains('@') || one.Angle is null)
        {
            one.Angle = WithoutComments(inside);
        }

        return after < value.Length && value[after] == '>' ? after : after - 1;
    }

    private static string WithoutComments(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('(') < 0)
        {
            return text.ToString();
        }

        var result = new StringBuilder();
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '(' ? 1 : 0;
            if (depth == 0)
            {
                result.Append(c);
            }

            depth -= c == ')' && depth > 0 ? 1 : 0;
        }

        return result.ToString();
    }

    private sealed class Mailbox
    {
        public StringBuilder Words { get; } = new();

        public string? Angle { get; set; }

        public string? Comment { get; set; }

        public bool Quoted { get; set; }

        /// <summary>An at sign stands in the words: asked at every colon, and not to be looked for again each time.</summary>
        public bool HasAt { get; set; }

        public void Append(char c)
        {
            Words.Append(c);
            HasAt |= c == '@';
        }

        public void AddTo(List<MailAddress> found)
        {
            var words = Words.ToString().Trim();
            if (Angle is { } angle && Clean(angle) is { } inside)
            {
                found.Add(new MailAddress(NameOf(words) ?? NameOf(Comment), inside));
            }
            else if (Clean(words) is { } bare)
            {
                found.Add(new MailAddress(NameOf(Comment), bare));
            }
            else if (words.LastIndexOfAny([' ', '\t']) is > 0 and var space && Clean(words[(space + 1)..]) is { } last)
            {
                // Name address, the brackets forgotten; or two addresses, the comma forgotten.
                var first = Clean(words[..space].Trim());
                found.Add(new MailAddress(first is null ? NameOf(words[..space]) : null, first ?? last));
                if (first is not null)
                {
                    found.Add(new MailAddress(null, last));
                }
            }
        }

        private static string? NameOf(string? text)
        {
            var name = text is null ? null : EncodedWords.Decode(text).Trim(' ', '\t', '"', '\'');
            return string.IsNullOrEmpty(name) ? null : name;
        }

        private static string? Clean(string text)
        {
            var address = text.Trim(' ', '\t', '"', '\'', '<', '>');
            if (address.Contains("=?", StringComparison.Ordinal))
            {
                address = EncodedWords.Decode(address).Trim();
            }

            if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                address = address[7..];
            }

            var at = address.LastIndexOf('@');
            if (at <= 0 || at == address.Length - 1 || address.AsSpan(at).IndexOfAny(NeverInDomain) >= 0)
            {
                return null;
            }

            var local = address[..at];
            if (!text.Contains('"', StringComparison.Ordinal) && local.AsSpan().IndexOfAny(" \t") >= 0)
            {
                return null;
            }

            return local + "@" + address[(at + 1)..].ToLowerInvariant();
        }
    }
}
