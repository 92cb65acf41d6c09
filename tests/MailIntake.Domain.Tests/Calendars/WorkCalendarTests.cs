using NodaTime;

using MailIntake.Domain.Calendars;

namespace MailIntake.Domain.Tests.Calendars;

public class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = Shipped.Calendar;

    [Theory]
    [InlineData(2018, 2, 11)]
    [InlineData(2018, 2, 24)]
    [InlineData(2018, 4, 8)]
    [InlineData(2018, 4, 28)]
    [InlineData(2018, 9, 29)]
    [InlineData(2018, 9, 30)]
    [InlineData(2018, 12, 29)]
    [InlineData(2026, 1, 4)]
    [InlineData(2026, 2, 14)]
    [InlineData(2026, 2, 28)]
    [InlineData(2026, 5, 9)]
    [InlineData(2026, 9, 20)]
    [InlineData(2026, 10, 10)]
    public void A_make_up_day_is_a_workday_although_it_is_a_weekend(int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);

        Assert.True(date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
        Assert.True(Calendar.IsWorkday(date));
    }

    [Theory]
    [InlineData(2018, 1, 1, 1)]
    [InlineData(2018, 2, 15, 7)]
    [InlineData(2018, 4, 5, 3)]
    [InlineData(2018, 4, 29, 3)]
    [InlineData(2018, 6, 18, 1)]
    [InlineData(2018, 9, 24, 1)]
    [InlineData(2018, 10, 1, 7)]
    [InlineData(2018, 12, 30, 2)]
    [InlineData(2026, 1, 1, 3)]
    [InlineData(2026, 2, 15, 9)]
    [InlineData(2026, 4, 4, 3)]
    [InlineData(2026, 5, 1, 5)]
    [InlineData(2026, 6, 19, 3)]
    [InlineData(2026, 9, 25, 3)]
    [InlineData(2026, 10, 1, 7)]
    public void A_holiday_is_no_workday(int year, int month, int day, int days) =>
        Assert.All(Enumerable.Range(0, days), n => Assert.False(Calendar.IsWorkday(new LocalDate(year, month, day).PlusDays(n))));

    [Fact]
    public void Workdays_of_both_years_add_up()
    {
        // 2018 had 11 public holidays and 365 - 104 weekend days - 11 = 250 workdays; 2026 has 13 and 365 - 104 - 13 = 248.
        Assert.Equal(250, Enumerable.Range(0, 365).Count(n => Calendar.IsWorkday(new LocalDate(2018, 1, 1).PlusDays(n))));
        Assert.Equal(248, Enumerable.Range(0, 365).Count(n => Calendar.IsWorkday(new LocalDate(2026, 1, 1).PlusDays(n))));
    }

    [Fact]
    public void A_year_without_data_is_unknown_and_falls_back_to_Monday_to_Friday()
    {
        Assert.True(Calendar.Knows(2018) && Calendar.Knows(2026));
        Assert.False(Calendar.Knows(2027));
        Assert.True(Calendar.IsWorkday(new LocalDate(2027, 10, 1)));
        Assert.False(Calendar.IsWorkday(new LocalDate(2027, 10, 2)));
    }

    [Theory]
    [InlineData(0, "2018-09-30")]
    [InlineData(1, "2018-09-29")]
    [InlineData(3, "2018-09-27")]
    [InlineData(7, "2018-09-20")]
    [InlineData(15, "2018-09-10")]
    public void Workdays_are_counted_back_over_holidays_and_make_up_days(int workdays, string expected) =>
        Assert.Equal(expected, Calendar.WorkdaysBefore(new LocalDate(2018, 9, 30), workdays).ToString("uuuu-MM-dd", null));

    [Fact]
    public void Zero_workdays_before_a_day_off_is_the_last_workday_before_it()
    {
        Assert.Equal(new LocalDate(2018, 9, 30), Calendar.WorkdaysBefore(new LocalDate(2018, 10, 5), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.WorkdaysBefore(new LocalDate(2018, 10, 5), -1));
    }

    [Fact]
    public void All_faults_of_a_file_are_reported_at_once()
    {
        var reading = WorkCalendar.Read("""
            {"years": [
              {"year": 2018, "daysOff": ["2018-13-01", "2019-01-01", "2018-05-02/2018-05-01", 7, "2018-10-01/2018-10-07"], "workdays": ["2018-10-07"]},
              {"year": 2018, "dayOff": [], "workdays": []}]}
            """);

        Assert.Null(reading.Calendar);
        Assert.Equal(
            [
                "years[0].daysOff[0]", "years[0].daysOff[1]", "years[0].daysOff[2]", "years[0].daysOff[3]",
                "years[1].year", "years[1].daysOff", "years[1].dayOff", "years[0].workdays[0]",
            ],
            reading.Faults.Select(f => f.Place));
    }
}
