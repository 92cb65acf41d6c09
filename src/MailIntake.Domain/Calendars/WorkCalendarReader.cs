using System.Globalization;
using System.Text.Json;

using NodaTime;
using NodaTime.Text;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Configuration;

namespace MailIntake.Domain.Calendars;

/// <summary>
/// Reads the data file of days off: <c>years</c> is a list of objects with <c>year</c>, <c>source</c>,
/// <c>daysOff</c> and <c>workdays</c>; a day is <c>2018-02-11</c>, a range <c>2018-02-15/2018-02-21</c>.
/// </summary>
internal static class WorkCalendarReader
{
    /// <summary>Reads the file; all faults at once.</summary>
    public static WorkCalendarReading Read(string json)
    {
        var faults = new List<ConfigurationFault>();
        using var document = JsonPlace.Parse(json, faults);
        if (document is null)
        {
            return new WorkCalendarReading(null, faults);
        }

        var file = new JsonPlace(document.RootElement, "", faults);
        var years = new List<int>();
        var daysOff = new Dictionary<LocalDate, string>();
        var workdays = new Dictionary<LocalDate, string>();
        foreach (var (element, path) in file.List("years", required: true))
        {
            var place = new JsonPlace(element, path, faults);
            var year = place.Number("year", 1990, required: true);
            if (year is { } known)
            {
                if (years.Contains(known))
                {
                    place.Fault(place.At("year"), "The year stands here twice.", known.ToString(CultureInfo.InvariantCulture));
                }

                years.Add(known);
            }

            place.OptionalText("source");
            ReadDays(place, "daysOff", year, daysOff);
            ReadDays(place, "workdays", year, workdays);
            place.Close();
        }

        foreach (var (date, path) in workdays.Where(d => daysOff.ContainsKey(d.Key)))
        {
            file.Fault(path, $"The day is also a day off, at {daysOff[date]}.", LocalDatePattern.Iso.Format(date));
        }

        file.Close();
        return faults.Count == 0
            ? new WorkCalendarReading(new WorkCalendar(years, daysOff.Keys, workdays.Keys), [])
            : new WorkCalendarReading(null, faults);
    }

    private static void ReadDays(JsonPlace place, string name, int? year, Dictionary<LocalDate, string> days)
    {
        foreach (var (element, path) in place.List(name, required: true))
        {
            var ends = element.ValueKind == JsonValueKind.String ? element.GetString()!.Split('/') : [];
            var dates = ends.Select(LocalDatePattern.Iso.Parse).ToList();
            if (dates.Count is 0 or > 2 || !dates.TrueForAll(d => d.Success) || dates[^1].Value < dates[0].Value)
            {
                place.Fault(path, "A day such as 2018-02-11 or a range such as 2018-02-15/2018-02-21 is expected.", JsonPlace.Text(element));
                continue;
            }

            for (var day = dates[0].Value; day <= dates[^1].Value; day = day.PlusDays(1))
            {
                if (year is not null && day.Year != year)
                {
                    place.Fault(path, FormattableString.Invariant($"The day does not lie in {year}."), JsonPlace.Text(element));
                    break;
                }

                if (!days.TryAdd(day, path))
                {
                    place.Fault(path, $"The day stands at {days[day]} already.", LocalDatePattern.Iso.Format(day));
                }
            }
        }
    }
}
