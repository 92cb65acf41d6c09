using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Completeness;

/// <summary>Who owes what at one instant (齐备情况): the matrix.</summary>
/// <param name="AsOf">The instant it speaks of.</param>
/// <param name="CurrentPhase">The phase that is open then: the first that has not closed; null after the last.</param>
/// <param name="Units">One row for each unit, in the order of the roster.</param>
public sealed record CompletenessReport(Instant AsOf, Phase? CurrentPhase, IReadOnlyList<UnitCompleteness> Units);

/// <summary>One unit's row of the matrix.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Quota">Its quota; null where the campaign sets none for its category.</param>
/// <param name="Entries">Its entries, by code.</param>
/// <param name="Missing">
/// What it owes, by due date: the materials of the phases that have opened; the presentation of an entry once shortlisted; and the
/// entries (成果) that it lacks of its quota, as soon as it has sent one, even before the phase that counts them opens. A unit
/// without any entry owes the materials of one, and the entries once that phase has opened, or where nothing else is asked yet.
/// </param>
/// <param name="Findings">Over quota, under quota: what concerns the unit and no single file.</param>
public sealed record UnitCompleteness(
    Unit Unit,
    Quota? Quota,
    IReadOnlyList<EntryCompleteness> Entries,
    IReadOnlyList<MissingItem> Missing,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>What may honestly be said of all that the unit sent; receipts, matrix and digest say the same.</summary>
    public UnitStanding Standing =>
        Missing.Count > 0 || Entries.Any(e => e.Materials.Any(m => m.State is MaterialState.Missing or MaterialState.Problem)) ? UnitStanding.Incomplete
        : Findings.Any(WaitsForStaff) || Entries.Any(e => e.Materials.Any(m => m.Findings.Any(WaitsForStaff))) ? UnitStanding.Review
        : UnitStanding.Complete;

    /// <summary>Nothing is owed, nothing must be mended, and nothing waits for a person's eye.</summary>
    public bool IsComplete => Standing == UnitStanding.Complete;

    // What resembles an earlier text is there all the same: whether it may stand is judged later, and not said to the unit.
    private static bool WaitsForStaff(Finding finding) => finding is { Severity: not Severity.Note, Code: not FindingCodes.SimilarToEarlier };
}

/// <summary>What may honestly be said of all that a unit sent (齐备结论); the lower-case names are a contract.</summary>
public enum UnitStanding
{
    /// <summary>Everything owed so far came and nothing is left to look at (材料已齐).</summary>
    Complete,

    /// <summary>Nothing is owed, but a person must look first: a seal that was not seen surely, a late paper (待工作人员核对).</summary>
    Review,

    /// <summary>Something is missing or must be mended (尚缺或需补正).</summary>
    Incomplete,
}

/// <summary>One entry's cells of the matrix.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Materials">One cell for each requirement, in the order of the campaign.</param>
public sealed record EntryCompleteness(Entry Entry, IReadOnlyList<MaterialStatus> Materials);

/// <summary>One cell of the matrix.</summary>
/// <param name="Requirement">What is asked for.</param>
/// <param name="State">How it stands.</param>
/// <param name="Current">The version that counts: the newest valid one, else the newest; null where none came.</param>
/// <param name="Due">The last instant in time, extension included; null where nothing is owed.</param>
/// <param name="Findings">What is to be said about it: the current version's findings, and <c>late</c>.</param>
public sealed record MaterialStatus(
    Requirement Requirement, MaterialState State, Material? Current, Instant? Due, IReadOnlyList<Finding> Findings);

/// <summary>How a material stands; the lower-case names are a contract.</summary>
public enum MaterialState
{
    /// <summary>Came in time and nothing must be mended (已收).</summary>
    Received,

    /// <summary>Came, and the unit must mend something (需补正).</summary>
    Problem,

    /// <summary>Came after its deadline, otherwise good (逾期).</summary>
    Late,

    /// <summary>Owed and did not come (未交).</summary>
    Missing,

    /// <summary>Not owed: optional, or not (yet) shortlisted, or its phase has not opened (免交).</summary>
    Waived,
}

/// <summary>Something a unit owes.</summary>
/// <param name="Phase">The phase whose close it is due at.</param>
/// <param name="Kind">Kind of the requirement; <see cref="EntryKind"/> where whole entries are owed by the quota.</param>
/// <param name="Name">Chinese name for letters.</param>
/// <param name="EntryCode">The entry that lacks it; null where no entry is known yet.</param>
/// <param name="Due">The last instant in time, extension included.</param>
/// <param name="Why">Not sent at all, or sent and to be mended.</param>
/// <param name="Count">How many are owed: 1 for a material, the number of entries for <see cref="EntryKind"/>.</param>
public sealed record MissingItem(Phase Phase, string Kind, string Name, string? EntryCode, Instant Due, MissingReason Why, int Count = 1)
{
    /// <summary>The <see cref="Kind"/> that stands for a whole entry owed by the quota.</summary>
    public const string EntryKind = "entry";
}

/// <summary>Why something is owed.</summary>
public enum MissingReason
{
    /// <summary>It did not come.</summary>
    NotReceived,

    /// <summary>It came with a problem that the unit must mend.</summary>
    MustBeMended,
}
