using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Correspondence;

using NodaTime;

namespace MailIntake.Domain.Tests.Correspondence;

public class NoticeScheduleTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    // National Day of 2018: 1 to 7 October off, 29 and 30 September worked instead.
    private static readonly WorkCalendar Calendar = new(
        [2018],
        Enumerable.Range(1, 7).Select(day => new LocalDate(2018, 10, day)),
        [new LocalDate(2018, 9, 29), new LocalDate(2018, 9, 30)]);

    private static readonly Phase Summary = new()
    {
        Id = "summary", Name = "总结", Opens = new LocalDate(2018, 6, 2), Closes = new LocalDate(2018, 9, 30), Requirements = [],
        Notices = new NoticePlan(Opening: true, OverdueAfter: 1, Complete: false, new LocalTime(9, 0)),
    };

    [Theory]
    [InlineData("2018-06-02T12:00", null)]
    [InlineData("2018-06-04T08:59", null)]
    [InlineData("2018-06-04T09:00", "2018-06-04")]
    [InlineData("2018-06-11T08:59", "2018-06-04")]
    [InlineData("2018-06-11T09:00", null)]
    public void An_opening_on_a_Saturday_is_told_on_Monday_and_not_a_week_later(string now, string? expected) =>
        Assert.Equal(Date(expected), NoticeSchedule.Opening(Summary, Calendar, Zone, At(now)));

    [Theory]
    [InlineData("2018-10-01T09:00", null)]
    [InlineData("2018-10-08T08:59", null)]
    [InlineData("2018-10-08T09:00", "2018-10-08")]
    [InlineData("2018-10-15T08:59", "2018-10-08")]
    [InlineData("2018-10-15T09:00", null)]
    public void Nobody_is_told_during_the_holiday_that_it_is_overdue(string now, string? expected) =>
        Assert.Equal(Date(expected), NoticeSchedule.Overdue(Summary, Calendar, Summary.Closes, Zone, At(now)));

    [Fact]
    public void What_the_campaign_does_not_ask_for_is_never_due()
    {
        var silent = Summary with { Notices = Summary.Notices! with { Opening = false, OverdueAfter = null } };

        Assert.Null(NoticeSchedule.Opening(silent, Calendar, Zone, At("2018-06-04T09:00")));
        Assert.Null(NoticeSchedule.Overdue(silent, Calendar, silent.Closes, Zone, At("2018-10-08T09:00")));
        Assert.Null(NoticeSchedule.Opening(Summary with { Notices = null }, Calendar, Zone, At("2018-06-04T09:00")));
    }

    [Theory]
    [InlineData("2018-09-28", 0, "2018-09-28")]
    [InlineData("2018-09-28", 1, "2018-09-29")]
    [InlineData("2018-09-30", 1, "2018-10-08")]
    [InlineData("2018-10-03", 0, "2018-10-08")]
    public void Workdays_after_a_date_count_make_up_days_and_skip_the_holiday(string date, int workdays, string expected) =>
        Assert.Equal(Date(expected), Calendar.WorkdaysAfter(Date(date)!.Value, workdays));

    private static LocalDate? Date(string? text) => text is null ? null : NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static Instant At(string local) =>
        NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm").Parse(local).Value.InZoneStrictly(Zone).ToInstant();
}
