using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database;

/// <summary>What the database holds of one campaign, as the domain sees it: the input of <see cref="CompletenessCheck"/>.</summary>
/// <param name="Roster">All units, in the order of the roster.</param>
/// <param name="Entries">All entries with their materials.</param>
/// <param name="Extensions">All extensions.</param>
public sealed record CampaignState(Roster Roster, IReadOnlyList<Entry> Entries, IReadOnlyList<Extension> Extensions)
{
    /// <summary>Loads it; <paramref name="unitCode"/> limits entries and extensions to one unit, the roster stays whole.</summary>
    public static Task<CampaignState> LoadAsync(IntakeDatabase database, string campaignId, string? unitCode, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>The domain's entry of a row whose materials are loaded.</summary>
    public static Entry ToEntry(EntryRow row) => throw new NotImplementedException();
}

/// <summary>Findings as they stand in a row.</summary>
public static class FindingsJson
{
    /// <summary>Findings to JSON.</summary>
    public static string Write(IEnumerable<Finding> findings) => throw new NotImplementedException();

    /// <summary>JSON to findings; null or empty gives none.</summary>
    public static IReadOnlyList<Finding> Read(string? json) => throw new NotImplementedException();
}
