using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Correspondence;

namespace MailIntake.Domain.Tests.Correspondence;

public class ReminderScheduleTests
{
    private static readonly Phase Summary = Shipped.Campaign.FindPhase("summary")!;

    private static Instant At(int month, int day, int hour, int minute) =>
        new LocalDateTime(2018, month, day, hour, minute).InZoneStrictly(Shipped.Campaign.Zone).ToInstant();

    private static LocalDate? Due(Instant now, LocalDate? closes = null) =>
        ReminderSchedule.Due(Summary, Shipped.Calendar, closes ?? Summary.Closes, Shipped.Campaign.Zone, now);

    [Fact]
    public void The_dates_are_workdays_before_the_close_make_up_days_counted() =>
        Assert.Equal(
            [new LocalDate(2018, 9, 10), new LocalDate(2018, 9, 20), new LocalDate(2018, 9, 27), new LocalDate(2018, 9, 29)],
            ReminderSchedule.Dates(Summary, Shipped.Calendar, Summary.Closes));

    [Fact]
    public void No_date_lies_before_the_phase_opens()
    {
        // Before a close on 10 May the 7th workday is 28 April, a make-up day on which the phase opens, and the 15th lies before it.
        var research = Shipped.Campaign.FindPhase("research")!;

        Assert.Equal(4, ReminderSchedule.Dates(research, Shipped.Calendar, research.Closes).Count);
        Assert.Equal([new LocalDate(2018, 4, 28), new LocalDate(2018, 5, 7), new LocalDate(2018, 5, 9)],
            ReminderSchedule.Dates(research, Shipped.Calendar, new LocalDate(2018, 5, 10)));
    }

    [Fact]
    public void A_phase_without_plan_has_no_dates() =>
        Assert.Empty(ReminderSchedule.Dates(Shipped.Campaign.FindPhase("review")!, Shipped.Calendar, new LocalDate(2018, 11, 30)));

    [Fact]
    public void A_date_is_due_from_its_hour_until_the_next_one_so_that_a_missed_one_is_sent_once_late()
    {
        Assert.Null(Due(At(9, 10, 8, 59)));
        Assert.Equal(new LocalDate(2018, 9, 10), Due(At(9, 10, 9, 0)));
        Assert.Equal(new LocalDate(2018, 9, 10), Due(At(9, 15, 3, 0)));
        Assert.Equal(new LocalDate(2018, 9, 20), Due(At(9, 26, 23, 0)));
        Assert.Equal(new LocalDate(2018, 9, 29), Due(At(9, 30, 23, 59)));
        Assert.Null(Due(At(10, 1, 0, 0)));
    }

    [Fact]
    public void A_reminder_is_due_up_to_the_last_moment_of_the_closing_day()
    {
        Assert.Equal(new LocalDate(2018, 9, 29), Due(At(10, 1, 0, 0) - Duration.Epsilon));
        Assert.Null(Due(At(10, 1, 0, 0)));
    }

    [Fact]
    public void Two_reminders_that_fall_on_one_day_are_one()
    {
        // The last workday before a Saturday is also its first workday before.
        var phase = Summary with { Reminders = new ReminderPlan([1, 0], new LocalTime(9, 0)) };

        Assert.Equal([new LocalDate(2018, 9, 7)], ReminderSchedule.Dates(phase, Shipped.Calendar, new LocalDate(2018, 9, 8)));
    }

    [Fact]
    public void An_extension_moves_the_dates()
    {
        Assert.Equal(new LocalDate(2018, 10, 12), Due(At(10, 12, 12, 0), new LocalDate(2018, 10, 15)));
        Assert.Null(Due(At(10, 16, 0, 0), new LocalDate(2018, 10, 15)));
    }
}
