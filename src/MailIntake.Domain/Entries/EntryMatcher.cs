using MailIntake.Domain.Text;

namespace MailIntake.Domain.Entries;

/// <summary>Finds the entry a title belongs to (归属成果).</summary>
public static class EntryMatcher
{
    /// <summary>From this length on, one slip does not make another title.</summary>
    private const int LongTitle = 8;

    /// <summary>So many Han characters of one title found whole in another are no accident.</summary>
    private const int LeastContained = 6;

    private const string Numbers = "0123456789零〇一二三四五六七八九十百千万两甲乙丙丁ⅰⅱⅲⅳⅴ上中下新老东西南北前后内外大小";

    private static readonly string[] Fillers =
    [
        "工会工作创新成果", "优秀创新成果", "工作创新成果", "创新成果", "创新项目", "创新案例", "创新工作", "申报材料", "总结材料", "经验材料",
        "成果", "项目", "案例", "材料", "简介",
    ];

    /// <summary>
    /// The entry among <paramref name="entries"/> whose title means the same as <paramref name="title"/>; null where there is
    /// none, or where several fit (<see cref="Match"/> tells the two apart).
    /// </summary>
    public static Entry? Find(IEnumerable<Entry> entries, string title) => Match(entries, title).Entry;

    /// <summary>
    /// Looks for the entry that <paramref name="title"/> means, by the likest titles first (<see cref="Compare"/>): one entry
    /// that is liker than all others is it, several equally like are not told apart.
    /// </summary>
    /// <param name="entries">The entries of one unit.</param>
    /// <param name="title">The title as the unit wrote it.</param>
    public static EntryMatch Match(IEnumerable<Entry> entries, string title)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(title);
        var likest = entries
            .Where(e => !string.IsNullOrWhiteSpace(e.Title))
            .Select(e => (Entry: e, Likeness: Compare(e.Title!, title)))
            .Where(p => p.Likeness != TitleLikeness.Different)
            .GroupBy(p => p.Likeness)
            .MaxBy(g => g.Key);
        return likest is null
            ? new EntryMatch(null, TitleLikeness.Different, [])
            : new EntryMatch(likest.Count() == 1 ? likest.First().Entry : null, likest.Key, [.. likest.Select(p => p.Entry)]);
    }

    /// <summary>Both titles mean the same entry, as far as titles can tell.</summary>
    public static bool AreSame(string left, string right) => Compare(left, right) != TitleLikeness.Different;

    /// <summary>
    /// How like two titles are; symmetric. Quotation marks, width, traditional characters, leading verbs (打造), 关于…的, and
    /// words like 创新成果 aside. Titles that differ in a number, phase or edition, or quote different names, are different.
    /// </summary>
    public static TitleLikeness Compare(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (a, b) = (EntryTitle.Parse(left), EntryTitle.Parse(right));
        if (a.Key.Length == 0 || b.Key.Length == 0 || a.HasOtherNumbers(b))
        {
            return TitleLikeness.Different;
        }

        if (a.Key == b.Key)
        {
            return TitleLikeness.Equal;
        }

        if (a.QuotesOtherNames(b))
        {
            return TitleLikeness.Different;
        }

        if (a.Core == b.Core || IsSlip(a.Key, b.Key))
        {
            return TitleLikeness.Alike;
        }

        if (a.IsNameOf(b) || b.IsNameOf(a) || a.Parts.Contains(b.Core, StringComparer.Ordinal) || b.Parts.Contains(a.Core, StringComparer.Ordinal)
            || Contains(a, b) || Contains(b, a))
        {
            return TitleLikeness.Contained;
        }

        if (!a.SharesName(b))
        {
            return TitleLikeness.Different;
        }

        return a.PairsBesideNames().Intersect(b.PairsBesideNames(), StringComparer.Ordinal).Any() ? TitleLikeness.Contained : TitleLikeness.NameOnly;
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

    /// <summary>One title holds the other whole; a quoted name of the longer must be among what it shares, for what follows the name is said of many.</summary>
    private static bool Contains(EntryTitle longer, EntryTitle shorter) =>
        HanText.CountHan(shorter.Core) >= LeastContained
        && longer.Core.Contains(shorter.Core, StringComparison.Ordinal)
        && longer.Names.All(n => shorter.Core.Contains(n, StringComparison.Ordinal));
}
