namespace MailIntake.Documents;

/// <summary>A stretch of the text that is more than a plain paragraph.</summary>
/// <param name="Start">First character in <see cref="DocumentReading.Text"/>.</param>
/// <param name="Length">Characters, without the line feed behind it.</param>
/// <param name="IsHeading">A heading by its outline level.</param>
/// <param name="IsCentered">A line set in the middle.</param>
/// <param name="IsTable">A table, its rows and cells together.</param>
public readonly record struct TextStretch(int Start, int Length, bool IsHeading, bool IsCentered, bool IsTable);
