namespace MailIntake.Documents;

/// <summary>The labels by which a form is found.</summary>
/// <param name="Fields">For each field its name and the labels that mean it, the name among them.</param>
public sealed record FormLabels(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Fields);
