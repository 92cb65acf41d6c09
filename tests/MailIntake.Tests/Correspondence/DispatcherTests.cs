using Microsoft.EntityFrameworkCore;

using MailIntake.Mail.Transports;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Correspondence;

public sealed class DispatcherTests
{
    [Fact]
    public async Task What_waits_is_sent_archived_and_written_down()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(45);

        var report = await room.DispatchAsync();

        Assert.Equal(45, report.Sent);
        Assert.Equal(45, room.Archive.Flushed);
        Assert.All(await room.RowsAsync(), r =>
        {
            Assert.Equal(OutboxState.Sent, r.State);
            Assert.Equal(room.Clock.GetCurrentInstant(), r.SentAt);
            Assert.StartsWith("【回执】已收到《甲》材料1件", r.Subject, StringComparison.Ordinal);
            Assert.Contains(r.Key, room.Archive.Keys);
        });
        Assert.Equal(0, (await room.DispatchAsync()).Sent);
    }

    [Fact]
    public async Task A_letter_given_up_by_somebody_else_while_it_went_out_is_written_down_as_sent_and_the_one_after_it_stays_given_up()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(2);
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.Sent, "250 OK"));
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.RetryMessage, "451 later"));
        room.Transport.AfterTaking = () =>
        {
            using var database = room.Databases.CreateDbContext();
            database.Outbox.ExecuteUpdate(s => s.SetProperty(r => r.State, OutboxState.Dead).SetProperty(r => r.LastReply, "given up by hand"));
        };

        await room.DispatchAsync();

        Assert.Equal(
            [(OutboxState.Sent, "250 OK"), (OutboxState.Dead, "given up by hand")], (await room.RowsAsync()).Select(r => (r.State, r.LastReply)));
    }

    [Fact]
    public async Task A_receipt_says_that_it_is_automatic_and_joins_the_thread()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(1);
        await room.DispatchAsync();

        var message = Assert.Single(room.Transport.Taken).Message;

        Assert.Equal("auto-replied", ScriptedTransport.Header(message, "Auto-Submitted"));
        Assert.Equal("All", ScriptedTransport.Header(message, "X-Auto-Response-Suppress"));
        Assert.Equal("<unit.1@example.com>", ScriptedTransport.Header(message, "In-Reply-To"));
        Assert.Contains("<unit.1@example.com>", ScriptedTransport.Header(message, "References"), StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nPrecedence:", message, StringComparison.OrdinalIgnoreCase);
        Assert.True(Office.Tokens.IsOwn(ScriptedTransport.Header(message, "Message-ID")));
    }

    [Fact]
    public async Task A_crash_between_send_and_commit_repeats_with_the_same_Message_ID()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3);
        // What a kill leaves behind: the server took two letters, the rows say they are being sent.
        await room.WithDatabaseAsync(d => d.Outbox.Where(r => r.Id <= 2).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.State, OutboxState.Sending).SetProperty(r => r.Attempts, 1)));
        var before = (await room.RowsAsync()).Select(r => r.MessageIdHeader);

        var report = await room.DispatchAsync();

        Assert.Equal(3, report.Sent);
        Assert.Equal(before.Order(), room.Transport.MessageIds.Order());
    }

    [Fact]
    public async Task Letters_that_were_claimed_together_are_not_given_up_because_the_worker_was_killed_often()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3);
        for (var kill = 0; kill <= room.Options.MaxAttempts; kill++)
        {
            await room.WithDatabaseAsync(d => d.Outbox.ExecuteUpdateAsync(s => s
                .SetProperty(r => r.State, OutboxState.Sending).SetProperty(r => r.Attempts, r => r.Attempts + 1)));
            await new OutboxClaims(room.Databases).TakeBackAsync(TestContext.Current.CancellationToken);
        }

        var report = await room.DispatchAsync();

        Assert.Equal((3, 0), (report.Sent, report.Dead));
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_batch_loses_nothing_and_repeats_nothing()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(30);
        using var stop = new CancellationTokenSource();
        room.Transport.AfterTaking = () =>
        {
            if (room.Transport.Taken.Count == 7)
            {
                stop.Cancel();
            }
        };
        using (var dispatcher = room.Restart())
        {
            await dispatcher.RunAsync(stop.Token);
        }

        Assert.Equal(7, (await room.RowsAsync()).Count(r => r.State == OutboxState.Sent));
        Assert.All((await room.RowsAsync()).Where(r => r.State != OutboxState.Sent), r => Assert.Equal((OutboxState.Pending, 0), (r.State, r.Attempts)));
        await room.DispatchAsync();
        Assert.Equal(30, room.Transport.MessageIds.Distinct().Count());
        Assert.Equal(30, room.Transport.Taken.Count);
    }

    [Fact]
    public async Task A_broken_row_never_holds_up_the_rest()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3);
        await room.WithDatabaseAsync(d => d.Outbox.Where(r => r.Id == 1).ExecuteUpdateAsync(s => s.SetProperty(r => r.PayloadJson, "{")));
        await room.WithDatabaseAsync(d => d.Outbox.Where(r => r.Id == 2).ExecuteUpdateAsync(s => s.SetProperty(r => r.Kind, "telegram")));

        var report = await room.DispatchAsync();

        Assert.Equal((1, 1, 1), (report.Sent, report.Dead, report.Deferred));
    }

    [Fact]
    public async Task A_row_that_kills_the_worker_each_time_is_given_up()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxAttempts = 2);
        await room.AddReceiptsAsync(1);
        await room.WithDatabaseAsync(d => d.Outbox.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, OutboxState.Sending).SetProperty(r => r.Attempts, 2)));

        Assert.Equal(1, (await room.DispatchAsync()).Dead);
        Assert.Equal(0, room.Transport.Calls);
    }

    [Fact]
    public async Task A_full_archive_stops_the_run_and_repeats_nothing()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(3);
        room.Archive.IsFull = true;

        await room.DispatchAsync();
        Assert.Single(room.Transport.Taken);
        room.Archive.IsFull = false;
        await room.DispatchAsync();

        Assert.Equal(3, room.Transport.Taken.Count);
        Assert.Equal(3, room.Transport.MessageIds.Distinct().Count());
    }
}
