namespace MailIntake.Domain.Entries;

/// <summary>The entry that a title means.</summary>
/// <param name="Entry">The entry; null where none fits, or several do.</param>
/// <param name="Likeness">How like the titles of <paramref name="Candidates"/> are to it.</param>
/// <param name="Candidates">The entries that fit best; several are for staff to decide between.</param>
public sealed record EntryMatch(Entry? Entry, TitleLikeness Likeness, IReadOnlyList<Entry> Candidates)
{
    /// <summary>Several entries fit equally well.</summary>
    public bool IsAmbiguous => Candidates.Count > 1;
}
