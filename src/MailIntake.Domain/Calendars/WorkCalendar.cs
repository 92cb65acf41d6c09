using NodaTime;

namespace MailIntake.Domain.Calendars;

/// <summary>
/// Workdays by the State Council's yearly notice (国务院办公厅节假日安排): holidays and make-up workdays (调休).
/// A year without data is unknown: Monday to Friday are assumed, and <see cref="Knows"/> says so.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>A calendar from days off and make-up workdays, for the years that they were published for.</summary>
    public WorkCalendar(IEnumerable<int> years, IEnumerable<LocalDate> daysOff, IEnumerable<LocalDate> makeUpWorkdays) =>
        throw new NotImplementedException();

    /// <summary>Days off and make-up workdays of that year are known.</summary>
    public bool Knows(int year) => throw new NotImplementedException();

    /// <summary>People work on that day.</summary>
    public bool IsWorkday(LocalDate date) => throw new NotImplementedException();

    /// <summary>The workday that lies <paramref name="workdays"/> workdays before <paramref name="date"/>; 0 gives the date itself or the last workday before it.</summary>
    public LocalDate WorkdaysBefore(LocalDate date, int workdays) => throw new NotImplementedException();

    /// <summary>Reads a data file of days off (JSON); all faults at once.</summary>
    public static WorkCalendarReading Read(string json) => throw new NotImplementedException();
}

/// <summary>What came of reading a calendar file: a calendar, or at least one fault.</summary>
/// <param name="Calendar">The calendar; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults, with their places.</param>
public sealed record WorkCalendarReading(WorkCalendar? Calendar, IReadOnlyList<Campaigns.ConfigurationFault> Faults);
