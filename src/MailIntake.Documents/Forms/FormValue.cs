namespace MailIntake.Documents.Forms;

/// <summary>Turns what stands in a value's cell into the value.</summary>
internal static class FormValue
{
    /// <summary>Trims lines and the whole, drops empty lines, ends before the boxes for opinion and signature, and drops a note to stamp here.</summary>
    public static string Clean(string raw)
    {
        var kept = new List<string>();
        foreach (var line in raw.Split('\n'))
        {
            var trimmed = line.Trim().Trim('_', '\u200B', '\uFEFF').Trim();
            if (trimmed.Length == 0)
            {
                continue;
            }

            foreach (var note in (ReadOnlySpan<string>)["（盖章）", "（公章）", "(盖章)", "(公章)", "（签字）", "(签字)", "（签章）", "（加盖公章）"])
            {
                if (trimmed.EndsWith(note, StringComparison.Ordinal))
                {
                    trimmed = trimmed[..^note.Length].TrimEnd();
                }
            }

            if (trimmed.Length == 0 || FormLabel.IsStop(trimmed))
            {
                break;
            }

            kept.Add(trimmed);
        }

        var value = string.Join('\n', kept);
        return IsBlankDate(value) ? "" : value;
    }

    /// <summary>The date of the empty form, which nobody filled in: 年　　月　　日.</summary>
    private static bool IsBlankDate(string value)
    {
        var marks = string.Concat(value.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '＿' or '.' or '…' or '—' or '-')));
        return marks is "年月日" or "年月" or "月日";
    }
}
