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
    public static IReadOnlyList<LocalDate> Dates(Phase phase, WorkCalendar calendar, LocalDate closes) =>
        throw new NotImplementedException();

    /// <summary>
    /// The planned date that is due at <paramref name="now"/>: the latest one whose time has come, as long as the phase
    /// has not closed; null for none. A date that was missed (the worker stood still) is due until the next one comes,
    /// so it is sent once, late.
    /// </summary>
    public static LocalDate? Due(Phase phase, WorkCalendar calendar, LocalDate closes, DateTimeZone zone, Instant now) =>
        throw new NotImplementedException();
}
