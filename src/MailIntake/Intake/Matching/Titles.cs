using MailIntake.Domain.Entries;

namespace MailIntake.Intake.Matching;

/// <summary>Compares titles as they stand in a mail: a file may call its entry by several, in its name and in its heading.</summary>
internal static class Titles
{
    /// <summary>How like the likest two of both are; <see cref="TitleLikeness.Different"/> where one side is empty.</summary>
    public static TitleLikeness Compare(IEnumerable<FoundTitle> some, IReadOnlyCollection<FoundTitle> others) =>
        some.SelectMany(s => others.Select(o => EntryMatcher.Compare(s.Title, o.Title))).DefaultIfEmpty(TitleLikeness.Different).Max();

    /// <summary>
    /// The entry that the titles mean. What a form states is the last word: beside it the names of files count for nothing. Else
    /// the likest title decides; of equally like ones the first, for they stand best first.
    /// </summary>
    public static EntryMatch Match(IReadOnlyList<Entry> entries, IReadOnlyCollection<FoundTitle> titles) =>
        titles.Where(t => t.IsStated || !titles.Any(other => other.IsStated))
            .Select(t => EntryMatcher.Match(entries, t.Title))
            .OrderByDescending(m => m.Likeness)
            .ThenBy(m => m.IsAmbiguous)
            .FirstOrDefault() ?? new EntryMatch(null, TitleLikeness.Different, []);
}
