namespace MailIntake.Documents;

/// <summary>The labels by which a form is found, and the words of the templates that are handed out.</summary>
/// <param name="Fields">For each field its name and the labels that mean it, the name among them; empty where no form is looked for.</param>
public sealed record FormLabels(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Fields)
{
    /// <summary>
    /// Words that say in a title what the paper is (书屋简介), and nothing of what it is about; a title line of these and of
    /// general words alone does not count as text. Default empty.
    /// </summary>
    public IReadOnlyList<string> TitleWords { get; init; } = [];
}
