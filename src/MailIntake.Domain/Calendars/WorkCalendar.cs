using NodaTime;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Calendars;

/// <summary>
/// Workdays by the State Council's yearly notice (国务院办公厅节假日安排): holidays and make-up workdays (调休).
/// A year without data is unknown: Monday to Friday are assumed, and <see cref="Knows"/> says so.
/// </summary>
public sealed class WorkCalendar
{
    private readonly HashSet<int> _years;
    private readonly HashSet<LocalDate> _daysOff;
    private readonly HashSet<LocalDate> _makeUpWorkdays;

    /// <summary>A calendar from days off and make-up workdays, for the years that they were published for.</summary>
    public WorkCalendar(IEnumerable<int> years, IEnumerable<LocalDate> daysOff, IEnumerable<LocalDate> makeUpWorkdays)
    {
        _years = [.. years];
        _daysOff = [.. daysOff];
        _makeUpWorkdays = [.. makeUpWorkdays];
    }

    /// <summary>The years whose days off and make-up workdays are known, rising.</summary>
    public IEnumerable<int> Years => _years.Order();

    /// <summary>Days off and make-up workdays of that year are known.</summary>
    public bool Knows(int year) => _years.Contains(year);

    /// <summary>People work on that day.</summary>
    public bool IsWorkday(LocalDate date) =>
        _makeUpWorkdays.Contains(date)
        || (!_daysOff.Contains(date) && date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday));

    /// <summary>The workday that lies <paramref name="workdays"/> workdays before <paramref name="date"/>; 0 gives the date itself or the last workday before it.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workdays"/> is negative.</exception>
    public LocalDate WorkdaysBefore(LocalDate date, int workdays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workdays);
        if (workdays == 0)
        {
            while (!IsWorkday(date))
            {
                date = date.PlusDays(-1);
            }

            return date;
        }

        for (var left = workdays; left > 0;)
        {
            date = date.PlusDays(-1);
            left -= IsWorkday(date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>The workday that lies <paramref name="workdays"/> workdays after <paramref name="date"/>; 0 gives the date itself or the first workday after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workdays"/> is negative.</exception>
    public LocalDate WorkdaysAfter(LocalDate date, int workdays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workdays);
        for (var left = workdays; left > 0;)
        {
            date = date.PlusDays(1);
            left -= IsWorkday(date) ? 1 : 0;
        }

        while (!IsWorkday(date))
        {
            date = date.PlusDays(1);
        }

        return date;
    }

    /// <summary>Reads a data file of days off (JSON); all faults at once.</summary>
    public static WorkCalendarReading Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return WorkCalendarReader.Read(json);
    }
}

/// <summary>What came of reading a calendar file: a calendar, or at least one fault.</summary>
/// <param name="Calendar">The calendar; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults, with their places.</param>
public sealed record WorkCalendarReading(WorkCalendar? Calendar, IReadOnlyList<ConfigurationFault> Faults);
