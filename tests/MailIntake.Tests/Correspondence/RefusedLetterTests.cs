using Microsoft.EntityFrameworkCore;

using MailIntake.Mail.Transports;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>What becomes of letters that the server refuses, or of which it is not known whether it took them.</summary>
public sealed class RefusedLetterTests
{
    [Fact]
    public async Task A_pause_holds_all_and_outlives_a_restart()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3);
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.PauseAll, "451 MI:SFQ", TimeSpan.FromMinutes(20)));

        var first = await room.DispatchAsync();
        room.Clock.AdvanceMinutes(19);
        var second = await room.DispatchAsync();

        Assert.Equal(room.Clock.GetCurrentInstant() + Duration.FromMinutes(1), second.WaitsUntil);
        Assert.Equal(1, room.Transport.Calls);
        Assert.All(await room.RowsAsync(), r => Assert.Equal((OutboxState.Pending, 0), (r.State, r.Attempts)));
        room.Clock.AdvanceMinutes(2);
        Assert.Equal(3, (await room.DispatchAsync()).Sent);
        Assert.Equal(0, first.Sent);
    }

    [Fact]
    public async Task A_refused_authorisation_code_stops_sending_until_the_restart()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(2);
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.AskPerson, "535 Error: authentication failed"));
        using (var dispatcher = room.Restart())
        {
            Assert.Equal("535 Error: authentication failed", (await dispatcher.RunAsync(TestContext.Current.CancellationToken)).StoppedBecause);
            Assert.Equal("535 Error: authentication failed", (await dispatcher.RunAsync(TestContext.Current.CancellationToken)).StoppedBecause);
            Assert.Equal(1, room.Transport.Calls);
            Assert.Equal("535 Error: authentication failed", room.Sending.StoppedBecause);
        }

        Assert.Equal(2, (await room.DispatchAsync()).Sent);
    }

    [Fact]
    public async Task A_dead_address_gets_nothing_more()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3, "gone@example.com");
        await room.AddReceiptsAsync(1);
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.DeadAddress, "550 Invalid User"));

        var report = await room.DispatchAsync();

        Assert.Equal((1, 3), (report.Sent, report.Dead));
        Assert.True(await room.WithDatabaseAsync(d => d.Addresses.AnyAsync(a => a.Address == "gone@example.com" && a.IsDead)));
        Assert.Equal(2, room.Transport.Calls);
    }

    [Fact]
    public async Task A_refused_letter_is_given_up_and_the_rest_goes_on()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3);
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.RefusedMessage, "554 DT:SPM"));

        var report = await room.DispatchAsync();

        Assert.Equal((2, 1), (report.Sent, report.Dead));
        Assert.Equal("554 DT:SPM", (await room.RowsAsync())[0].LastReply);
    }

    [Fact]
    public async Task A_letter_that_may_have_been_sent_is_repeated_later_with_the_same_Message_ID()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(1);
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.Unknown, "connection lost after DATA"));

        await room.DispatchAsync();
        Assert.Equal(0, (await room.DispatchAsync()).Sent);
        room.Clock.AdvanceMinutes(11);
        Assert.Equal(1, (await room.DispatchAsync()).Sent);

        Assert.Equal(2, room.Transport.Taken.Count);
        Assert.Single(room.Transport.MessageIds.Distinct());
    }

    [Fact]
    public async Task Tries_grow_apart_and_end()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxAttempts = 3);
        await room.AddReceiptsAsync(1);
        var waits = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.RetryMessage, "450 later"));
            await room.DispatchAsync();
            var row = (await room.RowsAsync())[0];
            if (row.NextAttemptAt is { } next)
            {
                waits.Add((next - room.Clock.GetCurrentInstant()).TotalMinutes);
                room.Clock.Reset(next);
            }
        }

        Assert.Equal([2, 6], waits);
        Assert.Equal(OutboxState.Dead, (await room.RowsAsync())[0].State);
    }

    [Fact]
    public async Task A_lost_network_uses_up_no_letter()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxAttempts = 2);
        await room.AddReceiptsAsync(5);
        for (var day = 0; day < 4; day++)
        {
            for (var i = 0; i < 10; i++)
            {
                room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.Reconnect, "connection refused"));
            }

            await room.DispatchAsync();
            room.Transport.Answers.Clear();
            room.Clock.AdvanceDays(1);
        }

        Assert.Equal(5, (await room.DispatchAsync()).Sent);
    }
}
