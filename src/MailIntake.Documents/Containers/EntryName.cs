using System.Text;

namespace MailIntake.Documents.Containers;

/// <summary>Makes the name of a container's entry safe to show and to file.</summary>
public static class EntryName
{
    private const int MaxSegment = 120;
    private const int MaxName = 500;

    /// <summary>
    /// The name with <c>/</c> as separator and without empty, <c>.</c> or <c>..</c> segments, drive letters, a leading <c>/</c>,
    /// control characters and marks that change the direction of writing; never empty.
    /// </summary>
    /// <param name="name">A decoded name, its separators <c>/</c> or <c>\</c>.</param>
    public static string Sanitise(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder();
        foreach (var raw in name.Split('/', '\\'))
        {
            var segment = Segment(raw);
            if (segment.Length == 0)
            {
                continue;
            }

            if (result.Length > 0)
            {
                result.Append('/');
            }

            result.Append(segment);
        }

        if (result.Length > MaxName)
        {
            // The file's own name matters most.
            var kept = result.ToString(result.Length - MaxName, MaxName);
            var cut = kept.IndexOf('/', StringComparison.Ordinal);
            return cut >= 0 && cut < kept.Length - 1 ? kept[(cut + 1)..] : kept;
        }

        return result.Length > 0 ? result.ToString() : "未命名";
    }

    /// <summary>The entry is an operating system's own rubbish.</summary>
    /// <param name="name">A sanitised name.</param>
    public static bool IsRubbish(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var file = name[(name.LastIndexOf('/') + 1)..];
        return name.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase) || name.Contains("/__MACOSX/", StringComparison.OrdinalIgnoreCase)
            || file.StartsWith("._", StringComparison.Ordinal)
            || file.Equals(".DS_Store", StringComparison.OrdinalIgnoreCase)
            || file.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
            || file.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase);
    }

    private static string Segment(string raw)
    {
        var kept = new StringBuilder();
        foreach (var rune in raw.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator) && rune.Value != 0xFFFD)
            {
                kept.Append(rune);
            }
        }

        if (kept.Length >= 2 && kept[1] == ':' && char.IsAsciiLetter(kept[0]))
        {
            kept.Remove(0, 2);
        }

        var segment = kept.ToString().Trim().TrimEnd('.', ' ');
        if (segment.Length > MaxSegment)
        {
            var extension = Path.GetExtension(segment);
            extension = extension.Length <= 12 ? extension : string.Empty;
            segment = segment[..(MaxSegment - extension.Length)].TrimEnd() + extension;
        }

        return segment;
    }
}
