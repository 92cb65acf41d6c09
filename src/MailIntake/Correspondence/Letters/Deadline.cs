using NodaTime;

using MailIntake.Domain.Calendars;

namespace MailIntake.Correspondence.Letters;

/// <summary>A closing date as a letter tells it (截止时间).</summary>
/// <param name="Date">The last day, inclusive, in the campaign's zone.</param>
/// <param name="Day">What sort of day that is.</param>
public sealed record Deadline(LocalDate Date, DayKind Day)
{
    /// <summary><c>2018年9月30日（星期日，调休上班）24时前</c>.</summary>
    public string Text => $"{ChineseDate.Long(Date)}（{ChineseDate.Weekday(Date)}{Remark}）24时前";

    /// <summary><c>9月30日前</c>, for subjects.</summary>
    public string ShortText => $"{ChineseDate.Short(Date)}前";

    private string Remark => Day switch
    {
        DayKind.DayOff => "，休息日",
        DayKind.MakeUpWorkday => "，调休上班",
        _ => "",
    };

    /// <summary>The closing date of a last instant in time.</summary>
    public static Deadline Of(Instant due, DateTimeZone zone, WorkCalendar calendar) => Of(due.InZone(zone).Date, calendar);

    /// <summary>That date as a closing date.</summary>
    public static Deadline Of(LocalDate date, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (!calendar.Knows(date.Year))
        {
            return new Deadline(date, DayKind.Unknown);
        }

        var weekend = date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
        return new Deadline(date, calendar.IsWorkday(date) ? weekend ? DayKind.MakeUpWorkday : DayKind.Workday : DayKind.DayOff);
    }
}

/// <summary>What sort of day a date is.</summary>
public enum DayKind
{
    /// <summary>The year's days off are not known: nothing is said.</summary>
    Unknown,

    /// <summary>A workday.</summary>
    Workday,

    /// <summary>A day off (休息日).</summary>
    DayOff,

    /// <summary>A Saturday or Sunday on which people work (调休上班).</summary>
    MakeUpWorkday,
}
