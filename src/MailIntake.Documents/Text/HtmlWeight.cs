using System.Buffers;
using System.Text;

namespace MailIntake.Documents.Text;

/// <summary>Tells pages from markup whose tree would cost time and memory by the square of its size: too many elements, or too many that are not ended.</summary>
internal static class HtmlWeight
{
    private const int MaxTags = 200_000;

    /// <summary>Elements that were begun and not ended. The parser begins each of them anew in every paragraph that follows.</summary>
    private const int MaxOpen = 400;

    private static readonly SearchValues<char> _name = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-");

    /// <summary>Elements without an end, or whose end is often left out; the parser ends them by itself.</summary>
    private static readonly HashSet<string> _withoutEnd = new(
        ["area", "base", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "o:p", "option", "p", "tbody", "td", "th", "tr", "wbr"], StringComparer.OrdinalIgnoreCase);

    /// <summary>No document has so many.</summary>
    /// <param name="markup">The page.</param>
    public static bool IsTooMuch(string markup)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var (begun, tags) = (0, 0);
        for (var i = markup.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < markup.Length; i = markup.IndexOf('<', i + 1))
        {
            var isEnd = markup[i + 1] == '/';
            var rest = markup.AsSpan(isEnd ? i + 2 : i + 1);
            var length = rest.IndexOfAnyExcept(_name);
            var name = rest[..(length < 0 ? rest.Length : length)].ToString();
            if (name.Length > 0 && !_withoutEnd.Contains(name))
            {
                // An end counts against its own name only: what nobody began ends nothing.
                var count = open.GetValueOrDefault(name);
                var now = Math.Max(0, count + (isEnd ? -1 : 1));
                open[name] = now;
                begun += now - count;
            }

            if (++tags > MaxTags || begun > MaxOpen)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands between the tags.</summary>
    /// <param name="markup">The page.</param>
    public static string WithoutTags(string markup)
    {
        var text = new StringBuilder();
        for (var position = 0; position < markup.Length;)
        {
            var open = markup.IndexOf('<', position);
            text.Append(markup.AsSpan(position, (open < 0 ? markup.Length : open) - position));
            var close = open < 0 ? -1 : markup.IndexOf('>', open);
            position = close < 0 ? markup.Length : close + 1;
        }

        return text.ToString();
    }
}
