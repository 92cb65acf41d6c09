using Microsoft.EntityFrameworkCore;

using MailIntake.Mail.Transports;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Correspondence;

/// <summary>Reminders when their turn to be sent has come.</summary>
public sealed class ReminderSendingTests
{
    [Fact]
    public async Task Receipts_go_before_reminders()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.Add(Office.Reminder("jiaoyu", "jygh@example.com"));
            return d.SaveChangesAsync();
        });
        await room.AddReceiptsAsync(1);

        await room.DispatchAsync();

        Assert.Equal(["auto-replied", "auto-generated"], room.Transport.Taken.Select(t => ScriptedTransport.Header(t.Message, "Auto-Submitted")));
    }

    [Fact]
    public async Task A_reminder_is_dropped_where_nothing_is_owed_any_more()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 5, 30));
        await room.WithDatabaseAsync(async d =>
        {
            d.Outbox.AddRange(Office.Reminder("jiaoyu", "jygh@example.com", "research"), Office.Reminder("haigang", "hgq@example.com", "research"));
            var message = Message();
            d.Messages.Add(message);
            await d.SaveChangesAsync();
            var entry = new EntryRow { Campaign = "2018", Code = "2018-jiaoyu-01", UnitCode = "jiaoyu", Number = 1, Title = "甲", CreatedAt = message.ReceivedAt };
            entry.Materials.Add(new MaterialRow
            {
                MessageId = message.Id, Kind = "brief", Version = 1, FileName = "a.docx", PathInMail = "a.docx", Sha256 = new string('0', 64), MediaType = "x",
                ReceivedAt = message.ReceivedAt, TreePath = "a", FindingsJson = "[]",
            });
            d.Entries.Add(entry);
            return await d.SaveChangesAsync();
        });

        var report = await room.DispatchAsync();

        Assert.Equal((1, 1), (report.Dropped, report.Sent));
        var (recipient, sent) = Assert.Single(room.Transport.Taken);
        Assert.Equal("hgq@example.com", recipient);
        Assert.Equal("auto-generated", ScriptedTransport.Header(sent, "Auto-Submitted"));
    }

    [Fact]
    public async Task A_reminder_goes_to_the_next_address_where_the_first_has_died()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 5, 30));
        await room.WithDatabaseAsync(d =>
        {
            d.Addresses.Add(new AddressRow { Address = "hgq@example.com", IsDead = true, Why = "550", ChangedAt = room.Clock.GetCurrentInstant() });
            d.Outbox.Add(Office.Reminder("haigang", "hgq@example.com", "research"));
            return d.SaveChangesAsync();
        });

        await room.DispatchAsync();

        Assert.Equal("hgq2@example.com", Assert.Single(room.Transport.Taken).Recipient);
    }

    [Fact]
    public async Task A_reminder_to_an_address_that_turns_out_dead_goes_to_the_next_one_at_once()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 5, 30));
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.AddRange(Office.Reminder("haigang", "hgq@example.com", "research"), Office.Reminder("jiaoyu", "jygh@example.com", "research"));
            return d.SaveChangesAsync();
        });
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.DeadAddress, "550 Invalid User"));
        room.Transport.Answers.Enqueue(new SendOutcome(SendStatus.DeadAddress, "550 Invalid User"));

        var report = await room.DispatchAsync();

        Assert.Equal("hgq2@example.com", Assert.Single(room.Transport.Taken).Recipient);
        Assert.Equal((1, 1), (report.Sent, report.Dead));
        Assert.Equal(3, room.Transport.Calls);
    }

    [Fact]
    public async Task Reminders_that_waited_for_days_do_not_go_out_in_a_heap()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 5, 30));
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.AddRange(new[] { "2018-05-10", "2018-05-22", "2018-05-28" }.Select(date => Office.Reminder("jiaoyu", "jygh@example.com", "research", date)));
            return d.SaveChangesAsync();
        });

        await room.DispatchAsync();

        Assert.Single(room.Transport.Taken);
        Assert.Equal([OutboxState.Dropped, OutboxState.Dropped, OutboxState.Sent], (await room.RowsAsync()).Select(r => r.State));
    }

    [Fact]
    public async Task A_late_reminder_and_the_one_of_the_day_are_not_both_sent_on_that_day()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 5, 30, 8, 50));
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.Add(Office.Reminder("jiaoyu", "jygh@example.com", "research", "2018-05-28"));
            return d.SaveChangesAsync();
        });
        await room.DispatchAsync();
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.Add(Office.Reminder("jiaoyu", "jygh@example.com", "research"));
            return d.SaveChangesAsync();
        });
        room.Clock.AdvanceMinutes(15);

        await room.DispatchAsync();

        Assert.Single(room.Transport.Taken);
        Assert.Equal(OutboxState.Dropped, (await room.RowsAsync())[1].State);
    }

    private static MessageRow Message() => new()
    {
        Sha256 = new string('f', 64), Segment = "s", ReceivedAt = Office.At(2018, 5, 29), ArchivedAt = Office.At(2018, 5, 29), State = MessageState.Filed, UnitCode = "jiaoyu",
    };
}
