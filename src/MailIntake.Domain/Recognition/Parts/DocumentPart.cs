namespace MailIntake.Domain.Recognition.Parts;

/// <summary>One of several materials in one document.</summary>
/// <param name="Guess">Which material it is, and why.</param>
/// <param name="Title">Its title line; null where it has none.</param>
/// <param name="Text">Its text: its paragraphs and tables, in order.</param>
public sealed record DocumentPart(MaterialGuess Guess, string? Title, string Text);

/// <summary>The materials of a document.</summary>
/// <param name="Parts">At least two, the weightiest first; empty where the document is one material.</param>
/// <param name="HasSeveralEntries">A material of which an entry has one stands in it more than once: it speaks of several entries.</param>
public sealed record DocumentParts(IReadOnlyList<DocumentPart> Parts, bool HasSeveralEntries)
{
    /// <summary>The document is one material.</summary>
    public static DocumentParts None { get; } = new([], HasSeveralEntries: false);
}
