using System.Text;

namespace MailIntake.Domain.Text;

/// <summary>
/// Brings Chinese text into the form in which names, titles and words are compared: simplified characters, half-width
/// forms, lower case. People write 海港區總工會, Ｈａｉｇａｎｇ and 海 港 区 and mean the same.
/// </summary>
public static class HanText
{
    /// <summary>
    /// Traditional to simplified, one character each. The resource holds pairs; it was made once by running
    /// <c>uconv -x Traditional-Simplified</c> (ICU) over U+3400..U+9FFF and keeping every character that changes
    /// into one other, and the compatibility ideographs U+F900..U+FAFF by their canonical form. U+0000 for what has no other form.
    /// </summary>
    private static readonly char[] Simplified = LoadPairs();

    /// <summary>First and last character that the table may hold.</summary>
    private const char FirstPair = '\u3400', LastPair = '\uFAFF';

    /// <summary>Simplified, half-width and lower case; the length does not change, so places in it are places in the text.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = Fold(from[i]);
            }
        });
    }

    /// <summary>As <see cref="Fold(string)"/>, and only letters and digits are kept: the key by which two titles or names are equal.</summary>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsInKey(c))
            {
                key.Append(Fold(c));
            }
        }

        return key.ToString();
    }

    /// <summary>Kept by <see cref="Key"/>: part of a letter or a digit.</summary>
    internal static bool IsInKey(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);

    /// <summary>As <see cref="Fold(string)"/>, without spaces, brackets and invisible characters; line ends stay, a run of them as one <c>\n</c>.</summary>
    public static string Squeeze(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var squeezed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\n' or '\r')
            {
                if (squeezed.Length > 0 && squeezed[^1] != '\n')
                {
                    squeezed.Append('\n');
                }
            }
            else if (!IsSkipped(c))
            {
                squeezed.Append(Fold(c));
            }
        }

        return squeezed.ToString();
    }

    /// <summary>A Han character of the basic blocks.</summary>
    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '〇';

    /// <summary>How many Han characters the text holds.</summary>
    public static int CountHan(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += IsHan(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// The least number of insertions, deletions and replacements of one character that turn one text into the other
    /// (Levenshtein distance), or <paramref name="limit"/> + 1 where it is more than <paramref name="limit"/>.
    /// </summary>
    public static int Distance(string a, string b, int limit)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return Math.Min(row[b.Length], limit + 1);
    }

    private static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c + 32),
        < '\u0080' => c,
        '\u3000' or '\u00A0' => ' ',
        >= '\uFF01' and <= '\uFF5E' => Fold((char)(c - 0xFEE0)),
        >= FirstPair and <= LastPair when Simplified[c - FirstPair] is var simplified and not '\0' => simplified,
        >= FirstPair and < '\uA000' => c,
        _ => char.ToLowerInvariant(c),
    };

    private static bool IsSkipped(char c) =>
        char.IsWhiteSpace(c) || c is '(' or ')' or '（' or '）' or '[' or ']' or '【' or '】' or '〔' or '〕' or '﹝' or '﹞'
            or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD';

    private static char[] LoadPairs()
    {
        using var stream = typeof(HanText).Assembly.GetManifestResourceStream("traditional-simplified.txt")
            ?? throw new InvalidOperationException("The assembly lacks its table traditional-simplified.txt.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var pairs = new char[LastPair - FirstPair + 1];
        while (reader.ReadLine() is { } line)
        {
            for (var i = 0; i + 1 < line.Length; i += 2)
            {
                pairs[line[i] - FirstPair] = line[i + 1];
            }
        }

        return pairs;
    }
}
