using NodaTime;
using NodaTime.Text;

using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Correspondence;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Reminders;

/// <summary>
/// Decides which reminders are due (提醒计划): only for units that owe something, at most one for each unit, phase and
/// planned date. Pure; a planned date that was missed is planned once, late.
/// </summary>
internal sealed class ReminderPlanner(Campaign campaign, WorkCalendar calendar, ReplyPolicy policy, ReplyTokens tokens, MailIdentity identity)
{
    /// <summary>Kind of the rows.</summary>
    public const string Kind = "reminder";

    /// <summary>Reminders go after receipts and before digests.</summary>
    public const int Priority = 20;

    /// <summary>What is due at the instant that <paramref name="report"/> speaks of.</summary>
    /// <param name="report">The matrix now.</param>
    /// <param name="keys">Keys of the reminders that were planned before.</param>
    /// <param name="deadAddresses">Addresses that nothing is sent to.</param>
    public ReminderPlanning Plan(CompletenessReport report, IReadOnlySet<string> keys, IReadOnlyCollection<string> deadAddresses)
    {
        var rows = new List<OutboxRow>();
        var unreachable = new List<Unit>();
        foreach (var unit in report.Units)
        {
            foreach (var (phase, date) in Due(unit, report.AsOf))
            {
                var key = KeyFor(campaign.Id, unit.Unit.Code, phase.Id, date);
                if (keys.Contains(key) || rows.Exists(r => r.Key == key))
                {
                    continue;
                }

                if (policy.FirstLiveAddress(unit.Unit, deadAddresses) is not { } recipient)
                {
                    if (!unreachable.Contains(unit.Unit))
                    {
                        unreachable.Add(unit.Unit);
                    }

                    continue;
                }

                rows.Add(new OutboxRow
                {
                    Key = key,
                    Kind = Kind,
                    Priority = Priority,
                    UnitCode = unit.Unit.Code,
                    Recipient = recipient,
                    MessageIdHeader = tokens.MessageIdFor(Kind, key, identity.Domain),
                    PayloadJson = LetterJson.Write(new ReminderPayload(unit.Unit.Code, phase.Id, date)),
                    CreatedAt = report.AsOf,
                    State = OutboxState.Pending,
                });
            }
        }

        return new ReminderPlanning(rows, unreachable);
    }

    /// <summary><c>reminder:2018:haigang:summary:2018-09-27</c>.</summary>
    public static string KeyFor(string campaign, string unit, string phase, LocalDate date) =>
        PrefixFor(campaign, unit, phase) + LocalDatePattern.Iso.Format(date);

    /// <summary>What the keys of all reminders of a unit and phase begin with; the date that follows sorts by time.</summary>
    public static string PrefixFor(string campaign, string unit, string phase) => $"{Kind}:{campaign}:{unit}:{phase}:";

    /// <summary>Phase and planned date of what the unit owes and can still send in time; its own due dates count, extensions included.</summary>
    private IEnumerable<(Phase Phase, LocalDate Date)> Due(UnitCompleteness unit, Instant now) =>
        from item in unit.Missing
        where item.Due >= now && item.Phase.Reminders is not null
        let closes = item.Due.InZone(campaign.Zone).Date
        group item by (item.Phase.Id, closes) into owed
        let phase = owed.First().Phase
        let date = ReminderSchedule.Due(phase, calendar, owed.Key.closes, campaign.Zone, now)
        where date is not null
        select (phase, date.Value);
}

/// <summary>What is to be sent, and who cannot be reached.</summary>
/// <param name="Rows">New rows of the outbox.</param>
/// <param name="Unreachable">Units that owe something and have no live address (无可用邮箱).</param>
internal sealed record ReminderPlanning(IReadOnlyList<OutboxRow> Rows, IReadOnlyList<Unit> Unreachable);
