using NodaTime;

using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Correspondence;

/// <summary>When units are told that a phase has opened, or that they are overdue (通知日程). What was missed for a week is not made up for.</summary>
public static class NoticeSchedule
{
    private const int DaysToMakeUp = 7;

    /// <summary>The workday on which the opening of a phase is told, if that is due now; null else, and where nothing is told.</summary>
    public static LocalDate? Opening(Phase phase, WorkCalendar calendar, DateTimeZone zone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(calendar);
        return phase.Notices is { Opening: true } plan && now <= phase.Deadline(zone)
            ? Due(calendar.WorkdaysAfter(phase.Opens, 0), plan.At, zone, now)
            : null;
    }

    /// <summary>The workday on which a unit is told that it is overdue, if that is due now; null else, and where nothing is told.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="calendar">Workdays.</param>
    /// <param name="closes">The closing date that counts for the unit.</param>
    /// <param name="zone">The campaign's zone.</param>
    /// <param name="now">Now.</param>
    public static LocalDate? Overdue(Phase phase, WorkCalendar calendar, LocalDate closes, DateTimeZone zone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(calendar);
        return phase.Notices is { OverdueAfter: { } after } plan ? Due(calendar.WorkdaysAfter(closes, after), plan.At, zone, now) : null;
    }

    private static LocalDate? Due(LocalDate date, LocalTime at, DateTimeZone zone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var from = zone.AtLeniently(date.At(at)).ToInstant();
        return from <= now && now < from + Duration.FromDays(DaysToMakeUp) ? date : null;
    }
}
