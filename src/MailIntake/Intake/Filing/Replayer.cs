using MailIntake.Domain.Campaigns;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>
/// Derives mail again from the archive: <c>replay</c>. Each mail is filed anew upon what it brought before; entries keep their
/// codes, versions their numbers, and receipts are not sent twice, since their keys are there. Stopped half way, the
/// next round goes on.
/// </summary>
internal sealed class Replayer(IDbContextFactory<IntakeDatabase> databases, IntakePipeline pipeline, Campaign campaign)
{
    /// <summary>Replays mail.</summary>
    /// <param name="since">Only mail received on that day or later, in the campaign's zone; null for all.</param>
    /// <param name="mail">Only that mail; null for all.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IntakeCounts> RunAsync(
        LocalDate? since, long? mail, IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        await using (var database = await databases.CreateDbContextAsync(cancellation))
        {
            var chosen = database.Messages.AsQueryable();
            if (since is { } day)
            {
                var start = day.AtStartOfDayInZone(campaign.Zone).ToInstant();
                chosen = chosen.Where(m => m.ReceivedAt >= start);
            }

            if (mail is { } id)
            {
                chosen = chosen.Where(m => m.Id == id);
            }

            await chosen.ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.State, MessageState.Archived)
                    .SetProperty(m => m.Attempts, 0)
                    .SetProperty(m => m.NextAttemptAt, (Instant?)null),
                cancellation);
        }

        var counts = await pipeline.ProcessAsync(progress, cancellation);
        if (!counts.Busy)
        {
            await RemoveEmptyEntriesAsync(cancellation);
        }

        return counts;
    }

    /// <summary>An entry whose material all belongs elsewhere now is none.</summary>
    private async Task RemoveEmptyEntriesAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.Entries
            .Where(e => e.Campaign == campaign.Id && e.ShortlistedAt == null && !database.Materials.Any(m => m.EntryId == e.Id))
            .ExecuteDeleteAsync(cancellation);
    }
}
