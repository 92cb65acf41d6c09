using System.Globalization;
using System.Text.RegularExpressions;

using NodaTime;

namespace MailIntake.Correspondence.Staff;

/// <summary>A day as staff write it: 10月15日, 2018年10月15日, 2018-10-15, 10.15.</summary>
internal static partial class StaffDate
{
    /// <summary>The day at the beginning of the text and what follows it; null where there is none. A year left out is the next such day.</summary>
    public static (LocalDate Date, string After)? Read(string text, LocalDate today)
    {
        if (Day().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var month = int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture);
        var year = match.Groups["year"].Success ? int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) : today.Year;
        if (month is < 1 or > 12 || day < 1 || year is < 2000 or > 2200 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return null;
        }

        var date = new LocalDate(year, month, day);
        if (!match.Groups["year"].Success && date < today)
        {
            date = date.PlusYears(1);
        }

        return (date, text[match.Length..].Trim(' ', '　', ',', '，'));
    }

    [GeneratedRegex(@"^(?:(?<year>\d{4})\s*[年./-]\s*)?(?<month>\d{1,2})\s*[月./-]\s*(?<day>\d{1,2})\s*日?", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
