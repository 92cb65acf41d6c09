using MailIntake.Domain.Entries;

namespace MailIntake.Intake.Matching;

/// <summary>
/// Compares titles as they stand in a mail. A write-up's heading often dresses the entry's title up
/// (打造“码上议事厅”服务新模式): a title that holds another whole means the same entry, unless a number makes the difference.
/// </summary>
internal static class Titles
{
    private const int Shortest = 5;
    private const string Telling = "0123456789一二三四五六七八九十期第届年";

    /// <summary>Both mean the same entry.</summary>
    public static bool AreSame(string left, string right) =>
        EntryMatcher.Find([new Entry { Code = "", UnitCode = "", Title = left }], right) is not null || Holds(left, right) || Holds(right, left);

    /// <summary>The entry that one of the titles means; null where none does, or a title fits several.</summary>
    public static Entry? Find(IReadOnlyList<Entry> entries, IEnumerable<FoundTitle> titles)
    {
        var found = titles.ToList();
        return found.Select(t => EntryMatcher.Find(entries, t.Title)).FirstOrDefault(e => e is not null)
            ?? found.Select(t => entries.Where(e => e.Title is { } known && AreSame(known, t.Title)).ToList())
                .FirstOrDefault(same => same.Count == 1)?[0];
    }

    /// <summary>The longer title has the whole shorter one in it, and nothing beside it that counts.</summary>
    public static bool Holds(string longer, string shorter)
    {
        var (whole, part) = (EntryMatcher.Normalize(longer), EntryMatcher.Normalize(shorter));
        var at = part.Length >= Shortest ? whole.IndexOf(part, StringComparison.Ordinal) : -1;
        return at >= 0 && !whole.Remove(at, part.Length).Any(c => Telling.Contains(c, StringComparison.Ordinal));
    }
}
