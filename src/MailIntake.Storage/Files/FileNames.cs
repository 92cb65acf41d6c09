using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailIntake.Storage.Files;

/// <summary>Makes one part of a path out of whatever a mail calls it: safe on Linux, on Windows and over SMB, and what staff see is what it is.</summary>
public static class FileNames
{
    /// <summary>Bytes of UTF-8 that a part may have; file systems take 255, and copies add to a name.</summary>
    public const int MaxBytes = 200;

    private const string Nameless = "未命名";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>Default-ignorable characters that are neither control nor format by category: fillers, joiners, variation selectors.</summary>
    private static readonly SearchValues<char> Invisible = SearchValues.Create(
        "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u3164\uFFA0"
        + "\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F");

    private static readonly HashSet<string> Reserved = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The name as one part of a path: NFC, without control, bidi and zero-width characters, without <c>/ \ : * ? " &lt; &gt; |</c>
    /// (each becomes <c>_</c>), without dots and blanks at its ends, no reserved name of Windows, cut to
    /// <paramref name="maxBytes"/> bytes of UTF-8 between characters. Never empty: <c>未命名</c> where nothing is left.
    /// </summary>
    public static string Part(string name, int maxBytes = MaxBytes)
    {
        var clean = Cut(TrimEnds(Filter(name)), maxBytes);
        if (clean.Length == 0)
        {
            clean = Nameless;
        }

        var dot = clean.IndexOf('.', StringComparison.Ordinal);
        var device = (dot < 0 ? clean : clean[..dot]).TrimEnd();
        return Reserved.Contains(device) ? Cut("_" + clean, maxBytes) : clean;
    }

    /// <summary>
    /// The extension with its dot, as given (<c>.docx</c>); empty where the name has none: at most ten ASCII letters and digits
    /// behind the last dot.
    /// </summary>
    public static string Extension(string fileName)
    {
        var clean = Filter(fileName).TrimEnd('.', ' ');
        var dot = clean.LastIndexOf('.');
        var extension = dot < 0 ? "" : clean[(dot + 1)..];
        return extension.Length is > 0 and <= 10 && extension.All(char.IsAsciiLetterOrDigit) ? "." + extension : "";
    }

    /// <summary>The longest beginning of at most so many bytes of UTF-8, cut between characters as people see them.</summary>
    internal static string Cut(string text, int maxBytes)
    {
        var bytes = 0;
        var end = 0;
        while (end < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text, end);
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(end, next));
            if (bytes > maxBytes)
            {
                break;
            }

            end += next;
        }

        return TrimEnds(text[..end]);
    }

    private static string Filter(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value is not ('\t' or '\n' or '\r'):
                case UnicodeCategory.Format:
                case UnicodeCategory.NonSpacingMark when rune.Value is >= 0xE0100 and <= 0xE01EF:
                    break;
                case UnicodeCategory.Control:
                case UnicodeCategory.SpaceSeparator:
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                    if (text.Length == 0 || text[^1] != ' ')
                    {
                        text.Append(' ');
                    }

                    break;
                default:
                    Append(text, rune);
                    break;
            }
        }

        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        // A lone surrogate comes as U+FFFD.
        if (rune == Rune.ReplacementChar || (rune.IsBmp && Forbidden.Contains((char)rune.Value)))
        {
            text.Append('_');
        }
        else if (!rune.IsBmp || !Invisible.Contains((char)rune.Value))
        {
            text.Append(rune.ToString());
        }
    }

    private static string TrimEnds(string text) => text.Trim('.', ' ');
}
