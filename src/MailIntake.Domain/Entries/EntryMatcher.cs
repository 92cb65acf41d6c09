using MailIntake.Domain.Text;

namespace MailIntake.Domain.Entries;

/// <summary>Finds the entry a title belongs to (归属成果).</summary>
public static class EntryMatcher
{
    /// <summary>From this length on, one slip does not make another title.</summary>
    private const int LongTitle = 8;

    private const string Numbers = "0123456789零〇一二三四五六七八九十百千万两甲乙丙丁ⅰⅱⅲⅳⅴ上中下新老东西南北前后内外大小";

    private static readonly string[] Fillers =
    [
        "工会工作创新成果", "优秀创新成果", "工作创新成果", "创新成果", "创新项目", "创新案例", "创新工作", "申报材料", "总结材料", "经验材料",
        "成果", "项目", "案例", "材料", "简介",
    ];

    /// <summary>
    /// The entry among <paramref name="entries"/> whose title means the same as <paramref name="title"/>
    /// (quotation marks, width, traditional characters, words like 关于 and 的创新成果 aside); null for a new one.
    /// A title that differs in a number is another one; one slip in a long title is forgiven; the quoted name alone
    /// (“码上议事厅”) stands for the whole title where only one entry begins with it.
    /// </summary>
    public static Entry? Find(IEnumerable<Entry> entries, string title)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(title);
        var key = Normalize(title);
        if (key.Length == 0)
        {
            return null;
        }

        var titled = entries.Where(e => !string.IsNullOrWhiteSpace(e.Title)).Select(e => (Entry: e, Key: Normalize(e.Title!))).ToList();
        return titled.Where(t => t.Key == key).Select(t => t.Entry).FirstOrDefault()
            ?? Single(titled.Where(t => IsSlip(t.Key, key)).Select(t => t.Entry))
            ?? Single(titled.Where(t => IsQuotedName(t.Entry.Title!, key) || IsQuotedName(title, t.Key)).Select(t => t.Entry));
    }

    /// <summary>The form in which titles are compared: simplified, half-width, without punctuation and filler words.</summary>
    public static string Normalize(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var key = HanText.Key(title);
        if (key.StartsWith("关于", StringComparison.Ordinal) && key.Length > 4)
        {
            key = key[2..];
        }

        for (var again = true; again;)
        {
            again = false;
            foreach (var filler in Fillers)
            {
                // A title that would be left with next to nothing is made of such words.
                if (key.EndsWith(filler, StringComparison.Ordinal) && key.Length - filler.Length >= 3)
                {
                    key = key[..^filler.Length];
                    key = key.EndsWith('的') ? key[..^1] : key;
                    again = true;
                    break;
                }
            }
        }

        return key;
    }

    /// <summary>The title in a file name such as <c>海港区总工会《码上议事厅》申报表（盖章）.docx</c>; null where it holds none.</summary>
    /// <param name="fileName">The file name with or without extension.</param>
    /// <param name="unitNames">Names of the unit, which are no title.</param>
    /// <param name="materialWords">Words for kinds of material, which are no title.</param>
    public static string? TitleFromFileName(string fileName, IEnumerable<string> unitNames, IEnumerable<string> materialWords)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(unitNames);
        ArgumentNullException.ThrowIfNull(materialWords);
        return FileNameTitle.Find(fileName, unitNames, materialWords);
    }

    private static Entry? Single(IEnumerable<Entry> entries)
    {
        var found = entries.Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static bool IsSlip(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < LongTitle || HanText.Distance(a, b, 1) > 1)
        {
            return false;
        }

        var (longer, shorter) = a.Length >= b.Length ? (a, b) : (b, a);
        var at = 0;
        while (at < shorter.Length && longer[at] == shorter[at])
        {
            at++;
        }

        return !Numbers.Contains(longer[at], StringComparison.Ordinal)
            && (longer.Length != shorter.Length || !Numbers.Contains(shorter[at], StringComparison.Ordinal));
    }

    private static bool IsQuotedName(string title, string key)
    {
        var folded = title.AsSpan().TrimStart();
        if (folded.IsEmpty || key.Length < 4)
        {
            return false;
        }

        var close = folded[0] switch
        {
            '“' or '"' or '”' => folded[1..].IndexOfAny('”', '"', '“'),
            '《' => folded[1..].IndexOf('》'),
            '「' => folded[1..].IndexOf('」'),
            _ => -1,
        };
        return close > 0 && HanText.Key(folded.Slice(1, close).ToString()) == key;
    }
}
