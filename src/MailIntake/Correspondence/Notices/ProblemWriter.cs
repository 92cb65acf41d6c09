using Microsoft.EntityFrameworkCore;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>
/// Tells a unit that a material which was accepted must be mended after all (a better reader found what an earlier one did not see):
/// once for each version, only as long as the unit can still mend it in time, and only where it is the version that counts.
/// </summary>
internal sealed class ProblemWriter(Campaign campaign, PhaseNotices notices, NoticeRows rows, ReplyPolicy policy)
{
    /// <summary>Adds the row where one is due; called inside the filing transaction, saves nothing.</summary>
    /// <param name="database">The transaction.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="turned">The material that turned out bad.</param>
    /// <param name="deadline">The last instant at which it can come in time; null for none.</param>
    /// <param name="deadAddresses">Addresses that nothing is sent to.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task AddAsync(
        IntakeDatabase database, Unit unit, TurnedMaterial turned, Instant? deadline, IReadOnlyCollection<string> deadAddresses, Instant now, CancellationToken cancellation)
    {
        var (entry, material, problems) = turned;
        if (deadline < now || deadline is null || entry.Materials.Exists(m => m.Kind == material.Kind && m.Version > material.Version)
            || campaign.FindRequirement(material.Kind) is not { } requirement || campaign.FindPhase(requirement.Phase) is not { } phase
            || policy.FirstLiveAddress(unit, deadAddresses) is not { } recipient)
        {
            return;
        }

        var until = phase with { Closes = deadline.Value.InZone(campaign.Zone).Date };
        var model = notices.Problem(unit, entry.Code, entry.Title, requirement.Name, until, problems, now.InZone(campaign.Zone).Date)
            with { Material = new NoticeMaterial(entry.Code, material.Kind, material.Version) };
        var row = rows.Make(model, FormattableString.Invariant($"{entry.Code}:{material.Kind}:{material.Version}"), unit.Code, recipient, now);
        if (!database.Outbox.Local.Any(r => r.Key == row.Key) && !await database.Outbox.AnyAsync(r => r.Key == row.Key, cancellation))
        {
            database.Outbox.Add(row);
        }
    }
}

/// <summary>A material that was filed without problems and is not without any more.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Material">Its row.</param>
/// <param name="Problems">What must be mended, never empty.</param>
internal sealed record TurnedMaterial(EntryRow Entry, MaterialRow Material, IReadOnlyList<Finding> Problems);
