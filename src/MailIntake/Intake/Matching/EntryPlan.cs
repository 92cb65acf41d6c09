using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Intake.Reading;

namespace MailIntake.Intake.Matching;

/// <summary>Which files of a mail go to which entry.</summary>
/// <param name="Groups">One for each entry, in order; empty where <paramref name="Held"/> says why.</param>
/// <param name="Findings">What staff should look at.</param>
/// <param name="Held">Why staff must decide; null where they need not.</param>
internal sealed record EntryPlan(IReadOnlyList<EntryGroup> Groups, IReadOnlyList<Finding> Findings, Because? Held);

/// <summary>The files of a mail for one entry.</summary>
/// <param name="Existing">The entry; null for a new one.</param>
/// <param name="Title">The title that the mail states; null where it states none.</param>
/// <param name="IsStated">The title stands in a form, which is the last word on it.</param>
/// <param name="Because">Why this entry: <c>form-field</c>, <c>title</c>, <c>file-name</c>, <c>folder-name</c>, <c>subject</c>, <c>entry-code</c>, <c>only-entry</c>, <c>staff</c>.</param>
/// <param name="Files">The files, in the order of the mail.</param>
internal sealed record EntryGroup(
    Entry? Existing, string? Title, bool IsStated, IReadOnlyList<string> Because, IReadOnlyList<FileReading> Files);
