using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Schedules;

/// <summary>
/// Watches the campaign's dates and logs what changes: a phase opened, a phase closes today, a phase has closed, a year ahead
/// without days off. Says each thing once a run.
/// </summary>
internal sealed class DeadlineWatch(Campaign campaign, WorkCalendar calendar, IClock clock, ILogger<DeadlineWatch> logger)
{
    private readonly HashSet<string> _said = [];

    /// <summary>Looks at the dates as of now.</summary>
    public void Look()
    {
        var today = clock.GetCurrentInstant().InZone(campaign.Zone).Date;
        foreach (var phase in campaign.Phases)
        {
            var standing = today < phase.Opens ? null
                : today > phase.Closes ? "has closed"
                : today == phase.Closes ? "closes at the end of this day"
                : "is open";
            if (standing is not null && _said.Add($"{phase.Id} {standing}"))
            {
                logger.LogInformation(
                    "Phase {Phase} {Standing} ({Opens} to {Closes})",
                    phase.Id,
                    standing,
                    LocalDatePattern.Iso.Format(phase.Opens),
                    LocalDatePattern.Iso.Format(phase.Closes));
            }

            if (today <= phase.Closes && !calendar.Knows(phase.Closes.Year) && _said.Add($"year {phase.Closes.Year}"))
            {
                logger.LogWarning(
                    "The calendar has no days off for {Year}: Monday to Friday are taken as workdays. Add the year to the calendar file",
                    phase.Closes.Year);
            }
        }
    }
}
