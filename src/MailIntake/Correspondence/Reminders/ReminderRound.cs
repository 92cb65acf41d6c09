using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Decisions;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Storage.Database;

namespace MailIntake.Correspondence.Reminders;

/// <summary>Plans the reminders that are due now and puts them into the outbox. May be called as often as one likes.</summary>
internal sealed class ReminderRound(
    IDbContextFactory<IntakeDatabase> databases, Campaign campaign, ReminderPlanner planner, IClock clock, ILogger<ReminderRound> log)
{
    /// <summary>Plans; gives the number of new rows.</summary>
    public async Task<int> PlanAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var state = await CampaignState.LoadAsync(database, campaign.Id, null, cancellation);
        var report = CompletenessCheck.Evaluate(campaign, state.Roster, state.Entries, state.Extensions, clock.GetCurrentInstant());
        var prefix = $"{ReminderPlanner.Kind}:{campaign.Id}:";
        var keys = await database.Outbox.Where(r => r.Key.StartsWith(prefix)).Select(r => r.Key).ToHashSetAsync(cancellation);
        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        var paused = await DecisionBook.PausedAsync(database, cancellation);
        report = report with { Units = [.. report.Units.Where(u => !paused.Contains(u.Unit.Code))] };
        var planning = planner.Plan(report, keys, dead);
        foreach (var unit in planning.Unreachable)
        {
            log.LogWarning("{Unit} owes materials and has no live address: no reminder", unit.Code);
        }

        if (planning.Rows.Count == 0)
        {
            return 0;
        }

        database.Outbox.AddRange(planning.Rows);
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            // Another worker planned the same date: the unique key let one of the two through. What is still due is planned next time.
            log.LogWarning(error, "Reminders were planned by another worker at the same time");
            return 0;
        }

        log.LogInformation("Planned {Count} reminders", planning.Rows.Count);
        return planning.Rows.Count;
    }
}
