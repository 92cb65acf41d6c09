using MailIntake.Hosting;

using NodaTime;
using NodaTime.Testing;

namespace MailIntake.Tests.Hosting;

public sealed class NowOptionTests
{
    [Theory]
    [InlineData("2018-09-20T09:00", 2018, 9, 20, 9, 0)]
    [InlineData("2018-09-20T09:00:30", 2018, 9, 20, 9, 0)]
    [InlineData("2018-09-20", 2018, 9, 20, 0, 0)]
    public void A_local_time_is_read(string text, int year, int month, int day, int hour, int minute)
    {
        Assert.True(NowOption.TryParse(text, out var value));
        Assert.Equal(new LocalDate(year, month, day), value.Value.Date);
        Assert.Equal((hour, minute), (value.Value.Hour, value.Value.Minute));
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2018-13-01")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.False(NowOption.TryParse(text, out _));

    [Fact]
    public void A_limit_until_the_next_day_is_reckoned_by_the_moved_clock()
    {
        var now = Instant.FromUtc(2018, 5, 3, 2, 0);

        Assert.Equal(now.ToDateTimeOffset(), new ClockTimeProvider(new FakeClock(now)).GetUtcNow());
    }

    [Fact]
    public void A_shifted_clock_starts_at_its_instant_and_runs_on()
    {
        var inner = new FakeClock(Instant.FromUtc(2026, 11, 22, 12, 0));
        var clock = new ShiftedClock(inner, Instant.FromUtc(2018, 9, 20, 1, 0));

        Assert.Equal(Instant.FromUtc(2018, 9, 20, 1, 0), clock.GetCurrentInstant());
        inner.AdvanceMinutes(5);
        Assert.Equal(Instant.FromUtc(2018, 9, 20, 1, 5), clock.GetCurrentInstant());
    }
}
