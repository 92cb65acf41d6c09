using System.Globalization;
using System.Text;

namespace MailIntake.Correspondence.Letters;

/// <summary>
/// Makes names that came by mail fit to be shown in a letter of the office: no control or direction characters, no line
/// ends, no live links, a bounded length. HTML is encoded elsewhere, where it is written.
/// </summary>
internal static class Shown
{
    /// <summary>A file name, title, subject or address; <paramref name="max"/> is in characters, what lies beyond is an ellipsis.</summary>
    public static string Name(string? untrusted, int max = 80)
    {
        if (string.IsNullOrWhiteSpace(untrusted))
        {
            return "";
        }

        var text = new StringBuilder(Math.Min(untrusted.Length, max + 1));
        var pendingSpace = false;
        foreach (var rune in untrusted.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                pendingSpace = text.Length > 0;
                continue;
            }

            if (rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
            {
                continue;
            }

            if (text.Length + (pendingSpace ? 1 : 0) + rune.Utf16SequenceLength > max)
            {
                text.Append('…');
                break;
            }

            if (pendingSpace)
            {
                text.Append(' ');
                pendingSpace = false;
            }

            text.Append(rune);
        }

        // Webmail turns bare addresses of the web into links; a letter of the office must not lend itself to that.
        return text.Replace("://", "：//").ToString();
    }

    /// <summary>A title in its marks, <c>《…》</c>, without doubling those it has; null where there is none.</summary>
    public static string? Title(string? untrusted, int max = 60)
    {
        var name = Name(untrusted, max).Trim('《', '》', ' ');
        return name.Length == 0 ? null : $"《{name}》";
    }
}
