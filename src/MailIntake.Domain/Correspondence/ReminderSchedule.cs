using NodaTime;

using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Correspondence;

/// <summary>When units are reminded (提醒日程).</summary>
public static class ReminderSchedule
{
    /// <summary>The dates on which a phase's reminders are planned, rising, each a workday; none before the phase opens.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="calendar">Workdays.</param>
    /// <param name="closes">The closing date that counts for the unit: the phase's own, or an extension's.</param>
    public static IReadOnlyList<LocalDate> Dates(Phase phase, WorkCalendar calendar, LocalDate closes)
    {
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(calendar);
        return phase.Reminders is not { } plan
            ? []
            : [.. plan.WorkdaysBefore.Select(n => calendar.WorkdaysBefore(closes, n)).Where(d => d >= phase.Opens).Distinct().Order()];
    }

    /// <summary>
    /// The planned date that is due at <paramref name="now"/>: the latest one whose time has come, as long as the phase
    /// has not closed; null for none. A date that was missed (the worker stood still) is due until the next one comes,
    /// so it is sent once, late.
    /// </summary>
    public static LocalDate? Due(Phase phase, WorkCalendar calendar, LocalDate closes, DateTimeZone zone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(zone);
        if (phase.Reminders is not { } plan || now > phase.Deadline(zone, closes))
        {
            return null;
        }

        return Dates(phase, calendar, closes)
            .Where(d => zone.AtLeniently(d.At(plan.At)).ToInstant() <= now)
            .Select(d => (LocalDate?)d)
            .LastOrDefault();
    }
}
