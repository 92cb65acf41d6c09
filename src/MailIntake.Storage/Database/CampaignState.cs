using Microsoft.EntityFrameworkCore;

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
    public static async Task<CampaignState> LoadAsync(
        IntakeDatabase database, string campaignId, string? unitCode, CancellationToken cancellation) =>
        await LoadAsync(database, await LoadRosterAsync(database, cancellation).ConfigureAwait(false), campaignId, unitCode, cancellation)
            .ConfigureAwait(false);

    /// <summary>Loads it with a roster that the caller has: two small queries for a unit, for the hot path.</summary>
    public static async Task<CampaignState> LoadAsync(
        IntakeDatabase database, Roster roster, string campaignId, string? unitCode, CancellationToken cancellation)
    {
        var entries = database.Entries.AsNoTracking().Where(e => e.Campaign == campaignId);
        var extensions = database.Extensions.AsNoTracking().Where(e => e.Campaign == campaignId);
        if (unitCode is not null)
        {
            entries = entries.Where(e => e.UnitCode == unitCode);
            extensions = extensions.Where(e => e.UnitCode == unitCode);
        }

        var rows = await entries.OrderBy(e => e.Id)
            .Select(e => new
            {
                Entry = new Entry
                {
                    Code = e.Code,
                    UnitCode = e.UnitCode,
                    Title = e.Title,
                    ShortlistedAt = e.ShortlistedAt,
                    PresentationDue = e.PresentationDue,
                },
                Materials = e.Materials
                    .OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id)
                    .Select(m => new { m.Kind, m.Version, m.FileName, m.ReceivedAt, m.FindingsJson })
                    .ToList(),
            })
            .AsSplitQuery()
            .ToListAsync(cancellation).ConfigureAwait(false);
        var granted = await extensions.OrderBy(e => e.Id)
            .Select(e => new Extension(e.UnitCode, e.Phase, e.Until, e.Why, e.GrantedBy, e.GrantedAt))
            .ToListAsync(cancellation).ConfigureAwait(false);

        return new CampaignState(
            roster,
            [
                .. rows.Select(r => r.Entry with
                {
                    Materials =
                    [
                        .. r.Materials.Select(m => new Material
                        {
                            Kind = m.Kind,
                            Version = m.Version,
                            FileName = m.FileName,
                            ReceivedAt = m.ReceivedAt,
                            Findings = FindingsJson.Read(m.FindingsJson),
                        }),
                    ],
                }),
            ],
            granted);
    }

    /// <summary>The roster as it stands in the database, in its order.</summary>
    public static async Task<Roster> LoadRosterAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        var units = await database.Units.AsNoTracking().OrderBy(u => u.Position).ThenBy(u => u.Code)
            .ToListAsync(cancellation).ConfigureAwait(false);
        return new Roster(units.Select(UnitRows.ToUnit));
    }

    /// <summary>The domain's entry of a row whose materials are loaded.</summary>
    public static Entry ToEntry(EntryRow row) => new()
    {
        Code = row.Code,
        UnitCode = row.UnitCode,
        Title = row.Title,
        ShortlistedAt = row.ShortlistedAt,
        PresentationDue = row.PresentationDue,
        Materials =
        [
            .. row.Materials.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Select(m => new Material
            {
                Kind = m.Kind,
                Version = m.Version,
                FileName = m.FileName,
                ReceivedAt = m.ReceivedAt,
                Findings = FindingsJson.Read(m.FindingsJson),
            }),
        ],
    };
}
