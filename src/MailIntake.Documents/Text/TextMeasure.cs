namespace MailIntake.Documents.Text;

/// <summary>The text of a flow with what is counted and found in it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Headings">Title line and headings.</param>
/// <param name="Characters">字 without the template's title line.</param>
/// <param name="CharactersWithTitle">字 of all.</param>
/// <param name="CharactersWithoutDisputed">As <paramref name="Characters"/>, disputed marks left out.</param>
internal sealed record TextMeasure(string Text, IReadOnlyList<string> Headings, int Characters, int CharactersWithTitle, int CharactersWithoutDisputed)
{
    /// <summary>Headings, centred lines and tables in the text.</summary>
    public IReadOnlyList<TextStretch> Stretches { get; private init; } = [];

    /// <summary>Measures a flow.</summary>
    /// <param name="flow">What was read.</param>
    /// <param name="maxCharacters">Characters of text that are kept.</param>
    /// <param name="titleWords">The campaign's own words for its papers.</param>
    public static TextMeasure Of(Flow flow, int maxCharacters, IReadOnlyList<string> titleWords)
    {
        var text = flow.ToText(maxCharacters);
        var title = TitleLine.Find(flow.Blocks);
        var headings = new List<string>();
        foreach (var block in flow.Blocks)
        {
            if (block is FlowParagraph paragraph && (ReferenceEquals(paragraph, title) || TitleLine.IsHeading(paragraph)))
            {
                headings.Add(paragraph.Text.Trim());
            }
        }

        var all = ChineseCount.Of(text);
        var undisputed = ChineseCount.WithoutDisputed(text);
        var body = all;
        if (title is not null && TitleLine.IsTemplate(title.Text, titleWords))
        {
            body -= ChineseCount.Of(title.Text);
            undisputed -= ChineseCount.WithoutDisputed(title.Text);
        }

        return new TextMeasure(text, headings, body, all, undisputed) { Stretches = flow.Stretches(maxCharacters) };
    }
}
