using MailIntake.Correspondence.Reminders;
using MailIntake.Tests.Correspondence;

using Microsoft.Extensions.Logging.Abstractions;

using NodaTime;

namespace MailIntake.Tests.Schedules;

/// <summary>A tick asks what is due by now: what was missed comes once and late, and what was sent never again.</summary>
public sealed class MissedReminderTests
{
    [Fact]
    public async Task A_reminder_whose_hour_the_worker_missed_is_sent_once_however_often_it_restarts()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 26, 20));
        await TickAsync(room);
        var before = room.Transport.Taken.Count;

        // Down over the planned hour of 27 September; two starts in the afternoon, each with several ticks.
        room.Clock.Reset(Office.At(2018, 9, 27, 15));
        await TickAsync(room);
        await TickAsync(room);
        room.Clock.Advance(Duration.FromMinutes(1));
        await TickAsync(room);
        room.Clock.Advance(Duration.FromHours(2));
        await TickAsync(room);

        var late = room.Transport.Taken.Skip(before).ToList();
        Assert.Equal(["hgq@example.com", "jygh@example.com"], late.Select(l => l.Recipient).Order());
        Assert.Equal(room.Transport.Taken.Count, room.Transport.MessageIds.Distinct().Count());
    }

    [Fact]
    public async Task Of_several_dates_that_were_missed_only_the_latest_is_sent()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 1, 20));

        // Down for four weeks, over every planned date but the last.
        room.Clock.Reset(Office.At(2018, 9, 28, 15));
        await TickAsync(room);
        await TickAsync(room);

        Assert.Equal(["hgq@example.com", "jygh@example.com"], room.Transport.Taken.Select(l => l.Recipient).Order());
    }

    [Fact]
    public async Task A_worker_that_dies_between_planning_and_sending_sends_after_its_restart()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 27, 15));
        await PlanAsync(room);
        Assert.Empty(room.Transport.Taken);

        await TickAsync(room);
        await TickAsync(room);

        Assert.Equal(2, room.Transport.Taken.Count);
    }

    private static Task<int> PlanAsync(PostRoom room) =>
        new ReminderRound(
            room.Databases,
            Office.Campaign,
            new ReminderPlanner(Office.Campaign, Office.Calendar, Office.Policy, Office.Tokens, Office.Identity),
            room.Clock,
            NullLogger<ReminderRound>.Instance).PlanAsync(TestContext.Current.CancellationToken);

    /// <summary>One tick of a process that was just started.</summary>
    private static async Task TickAsync(PostRoom room)
    {
        await PlanAsync(room);
        await room.DispatchAsync();
    }
}
