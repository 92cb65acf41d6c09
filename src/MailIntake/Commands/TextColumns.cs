using System.Text;

namespace MailIntake.Commands;

/// <summary>Text in columns of a terminal, where a Chinese character takes two.</summary>
internal static class TextColumns
{
    /// <summary>The text with blanks behind it up to that width.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>Columns of a terminal: East Asian wide and full-width forms take two (Unicode Standard Annex 11).</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>The text cut into lines of at most that width; line ends and runs of blanks in it become one blank.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var rune in string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).EnumerateRunes())
        {
            if (used + Width(rune) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
            }

            line.Append(rune);
            used += Width(rune);
        }

        return line.Length > 0 ? [.. lines, line.ToString()] : lines;
    }

    private static int Width(Rune rune) => rune.Value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
        or >= 0x20000 and <= 0x3FFFD ? 2 : 1;
}
