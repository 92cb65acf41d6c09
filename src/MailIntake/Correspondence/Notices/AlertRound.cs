using Microsoft.EntityFrameworkCore;

using MailIntake.Domain.Campaigns;
using MailIntake.Storage.Database;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Correspondence.Notices;

/// <summary>
/// Tells staff what keeps the worker from its work, once a day for each cause. Where sending itself has stopped the letter waits
/// with all others, and the log says it at once; when it could go the cause is gone, and it is dropped.
/// </summary>
internal sealed class AlertRound(
    IDbContextFactory<IntakeDatabase> databases, Campaign campaign, IWorkerCondition worker, AlertWriter writer, NoticeRows rows, IClock clock, ILogger<AlertRound> log)
{
    /// <summary>Plans; gives the number of new rows.</summary>
    public async Task<int> PlanAsync(CancellationToken cancellation)
    {
        var causes = await worker.FindCausesAsync(cancellation);
        if (causes.Count == 0 || campaign.Staff.Count == 0)
        {
            return 0;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetCurrentInstant();
        var day = LocalDatePattern.Iso.Format(now.InZone(campaign.Zone).Date);
        var wanted = causes
            .SelectMany(cause => campaign.Staff.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(address => rows.Make(writer.Write(cause, now), $"{campaign.Id}:{cause}:{day}:{address.ToLowerInvariant()}", null, address, now)))
            .ToList();
        var keys = wanted.ConvertAll(r => r.Key);
        var known = await database.Outbox.Where(r => keys.Contains(r.Key)).Select(r => r.Key).ToHashSetAsync(cancellation);
        wanted.RemoveAll(r => known.Contains(r.Key));
        if (wanted.Count == 0)
        {
            return 0;
        }

        database.Outbox.AddRange(wanted);
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            log.LogWarning(error, "Staff were alerted by another worker at the same time");
            return 0;
        }

        log.LogError("Staff are alerted: {Causes}", string.Join(", ", causes));
        return wanted.Count;
    }
}
