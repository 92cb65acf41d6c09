namespace MailIntake.Documents.Text;

/// <summary>Counts the 字 of one of several papers in a document, by the rule for a whole one.</summary>
/// <param name="Characters">字 without the template's title line.</param>
/// <param name="CharactersWithoutDisputed">The same, disputed marks left out.</param>
public sealed record PartMeasure(int Characters, int CharactersWithoutDisputed)
{
    /// <summary>Measures the text of a paper.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="title">Its title line, as it stands in the text; null where it has none.</param>
    /// <param name="titleWords">The campaign's own words for its papers.</param>
    public static PartMeasure Of(string text, string? title, IReadOnlyList<string> titleWords)
    {
        var (all, undisputed) = (ChineseCount.Of(text), ChineseCount.WithoutDisputed(text));
        if (title is not null && TitleLine.IsTemplate(TitleLine.WithoutNumber(title), titleWords))
        {
            all -= ChineseCount.Of(title);
            undisputed -= ChineseCount.WithoutDisputed(title);
        }

        return new PartMeasure(all, undisputed);
    }
}
