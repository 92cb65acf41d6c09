namespace MailIntake.Domain.Recognition.Parts;

/// <summary>What is known of a stretch of a document's text beside its characters.</summary>
/// <param name="Start">First character.</param>
/// <param name="Length">Characters.</param>
/// <param name="Sort">What it is.</param>
public readonly record struct TextMark(int Start, int Length, TextMarkSort Sort);

/// <summary>What a marked stretch of text is.</summary>
[Flags]
public enum TextMarkSort
{
    /// <summary>A paragraph like any other.</summary>
    None = 0,

    /// <summary>A heading by its outline level.</summary>
    Heading = 1,

    /// <summary>A line set in the middle.</summary>
    Centered = 2,

    /// <summary>A table, its rows and cells together.</summary>
    Table = 4,
}
