using Microsoft.EntityFrameworkCore;

using MailIntake.Decisions;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Correspondence;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>
/// Plans what units are told about phases: that one has opened, that something is overdue, that nothing is owed any more. Each
/// once, under a key of its own. May be called as often as one likes.
/// </summary>
internal sealed class NoticeRound(
    IDbContextFactory<IntakeDatabase> databases, Campaign campaign, WorkCalendar calendar, PhaseNotices notices, NoticeRows rows, ReplyPolicy policy, IClock clock,
    ILogger<NoticeRound> log)
{
    private static readonly string[] _kinds = [NoticeKinds.Opening, NoticeKinds.Overdue, NoticeKinds.Complete];

    /// <summary>Plans; gives the number of new rows.</summary>
    public async Task<int> PlanAsync(CancellationToken cancellation)
    {
        if (campaign.Phases.All(p => p.Notices is null))
        {
            return 0;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetCurrentInstant();
        var state = await CampaignState.LoadAsync(database, campaign.Id, null, cancellation);
        var report = CompletenessCheck.Evaluate(campaign, state.Roster, state.Entries, state.Extensions, now);
        var keys = await database.Outbox.Where(r => _kinds.Contains(r.Kind)).Select(r => r.Key).ToHashSetAsync(cancellation);
        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        var paused = await DecisionBook.PausedAsync(database, cancellation);
        var made = new List<OutboxRow>();
        foreach (var unit in report.Units)
        {
            if (policy.FirstLiveAddress(unit.Unit, dead) is not { } recipient)
            {
                continue;
            }

            foreach (var (kind, key, write) in Due(unit, !paused.Contains(unit.Unit.Code), now))
            {
                if (!keys.Contains($"{kind}:{key}") && write() is { } model)
                {
                    made.Add(rows.Make(model, key, unit.Unit.Code, recipient, now));
                }
            }
        }

        return made.Count == 0 ? 0 : await SaveAsync(database, made, cancellation);
    }

    /// <summary>What is due for a unit; the letter itself is written only where it was not planned before.</summary>
    private IEnumerable<(string Kind, string Key, Func<NoticeModel?> Write)> Due(UnitCompleteness unit, bool mayUrge, Instant now)
    {
        var today = now.InZone(campaign.Zone).Date;
        foreach (var phase in campaign.Phases.Where(p => p.Notices is not null))
        {
            var key = $"{campaign.Id}:{unit.Unit.Code}:{phase.Id}";
            if (mayUrge && NoticeSchedule.Opening(phase, calendar, campaign.Zone, now) is not null)
            {
                yield return (NoticeKinds.Opening, key, () => notices.Opening(unit, phase, today));
            }

            var overdue = unit.Missing.Where(m => m.Phase.Id == phase.Id && m.Due < now).Select(m => m.Due.InZone(campaign.Zone).Date).ToList();
            if (mayUrge && overdue.Count > 0 && NoticeSchedule.Overdue(phase, calendar, overdue.Max(), campaign.Zone, now) is not null)
            {
                yield return (NoticeKinds.Overdue, $"{key}:{overdue.Max():yyyy-MM-dd}", () => notices.Overdue(unit, phase, now));
            }

            var isOpen = today >= phase.Opens && now <= phase.Deadline(campaign.Zone);
            if (phase.Notices is { Complete: true } plan && isOpen && calendar.IsWorkday(today) && now.InZone(campaign.Zone).TimeOfDay >= plan.At && unit.IsComplete)
            {
                yield return (NoticeKinds.Complete, key, () => notices.Complete(unit, phase, now));
            }
        }
    }

    private async Task<int> SaveAsync(IntakeDatabase database, List<OutboxRow> made, CancellationToken cancellation)
    {
        database.Outbox.AddRange(made);
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            log.LogWarning(error, "Notices were planned by another worker at the same time");
            return 0;
        }

        log.LogInformation("Planned {Count} notices about phases", made.Count);
        return made.Count;
    }
}
