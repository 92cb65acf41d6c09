using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence;
using MailIntake.Correspondence.Outbox;
using MailIntake.Mail.Reading;
using MailIntake.Mail.Transports;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

using Xunit;

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
    public async Task Receipts_go_before_reminders()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.Add(Reminder("jiaoyu", "jygh@example.com"));
            return d.SaveChangesAsync();
        });
        await room.AddReceiptsAsync(1);

        await room.DispatchAsync();

        Assert.Equal(["auto-replied", "auto-generated"], room.Transport.Taken.Select(t => ScriptedTransport.Header(t.Message, "Auto-Submitted")));
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
    public async Task The_limit_of_a_day_holds_until_its_window_has_passed()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxPerDay = 10);
        await room.AddReceiptsAsync(15);

        Assert.Equal(10, (await room.DispatchAsync()).Sent);
        var free = room.Clock.GetCurrentInstant() + Duration.FromHours(24);
        room.Clock.AdvanceHours(23);
        var full = await room.DispatchAsync();
        Assert.Equal((0, free), (full.Sent, full.WaitsUntil));
        room.Clock.AdvanceHours(2);
        Assert.Equal(5, (await room.DispatchAsync()).Sent);
    }

    [Fact]
    public async Task The_limit_of_an_address_and_hour_holds_back_that_address_alone()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxPerAddressAndHour = 2);
        await room.AddReceiptsAsync(3, "busy@example.com");
        await room.AddReceiptsAsync(1);

        Assert.Equal(3, (await room.DispatchAsync()).Sent);
        room.Clock.AdvanceMinutes(59);
        Assert.Equal(0, (await room.DispatchAsync()).Sent);
        room.Clock.AdvanceMinutes(1);
        Assert.Equal(1, (await room.DispatchAsync()).Sent);
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

    [Fact]
    public async Task A_reminder_is_dropped_where_nothing_is_owed_any_more()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 5, 30));
        await room.WithDatabaseAsync(async d =>
        {
            d.Outbox.AddRange(Reminder("jiaoyu", "jygh@example.com", "research"), Reminder("haigang", "hgq@example.com", "research"));
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
            d.Outbox.Add(Reminder("haigang", "hgq@example.com", "research"));
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
            d.Outbox.AddRange(Reminder("haigang", "hgq@example.com", "research"), Reminder("jiaoyu", "jygh@example.com", "research"));
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
            d.Outbox.AddRange(new[] { "2018-05-10", "2018-05-22", "2018-05-28" }.Select(date => Reminder("jiaoyu", "jygh@example.com", "research", date)));
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
            d.Outbox.Add(Reminder("jiaoyu", "jygh@example.com", "research", "2018-05-28"));
            return d.SaveChangesAsync();
        });
        await room.DispatchAsync();
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.Add(Reminder("jiaoyu", "jygh@example.com", "research"));
            return d.SaveChangesAsync();
        });
        room.Clock.AdvanceMinutes(15);

        await room.DispatchAsync();

        Assert.Single(room.Transport.Taken);
        Assert.Equal(OutboxState.Dropped, (await room.RowsAsync())[1].State);
    }

    [Fact]
    public async Task A_bounce_is_believed_only_for_a_letter_of_ours_and_its_own_recipient()
    {
        await using var room = await PostRoom.OpenAsync();
        await room.AddReceiptsAsync(1, "gone@example.com");
        await room.DispatchAsync();
        var row = (await room.RowsAsync())[0];
        var handler = new BounceHandler(Office.Tokens, Office.Policy, room.Options, room.Clock);
        async Task<bool> DeadAfter(string messageId, string address, string action = "failed", string status = "5.1.1")
        {
            return await room.WithDatabaseAsync(async d =>
            {
                await handler.HandleAsync(d, new DeliveryReport(messageId, [new RecipientReport(address, action, status, "no such user")]), room.Clock.GetCurrentInstant(), default);
                await d.SaveChangesAsync();
                return await d.Addresses.AnyAsync(a => a.IsDead);
            });
        }

        Assert.False(await DeadAfter("<forged@126.com>", "gone@example.com"));
        Assert.False(await DeadAfter(row.MessageIdHeader, "other@example.com"));
        Assert.False(await DeadAfter(row.MessageIdHeader, "gone@example.com", "delayed"));
        Assert.False(await DeadAfter(row.MessageIdHeader, "gone@example.com", "failed", "4.2.2"));
        Assert.True(await DeadAfter(row.MessageIdHeader, "gone@example.com"));
    }

    [Fact]
    public async Task What_came_back_because_the_address_does_not_exist_goes_to_the_next_address_of_the_unit_once()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 27));
        await room.WithDatabaseAsync(d =>
        {
            d.Outbox.Add(Reminder("haigang", "hgq@example.com", "summary", "2018-09-27"));
            return d.SaveChangesAsync();
        });
        await room.DispatchAsync();

        await BounceAsync(room, "hgq@example.com", "5.1.1");
        await room.DispatchAsync();
        await BounceAsync(room, "hgq@example.com", "5.1.1");
        await room.DispatchAsync();

        Assert.Equal(["hgq@example.com", "hgq2@example.com"], room.Transport.Taken.Select(t => t.Recipient));
        Assert.Single(room.Transport.MessageIds.Distinct());
    }

    [Fact]
    public async Task What_came_back_because_the_mailbox_is_full_goes_again_later_and_an_old_report_changes_nothing()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 26));
        await room.AddReceiptsAsync(1, "full@example.com");
        await room.DispatchAsync();

        await BounceAsync(room, "full@example.com", "4.2.2", Duration.FromDays(4));
        Assert.Equal(OutboxState.Sent, (await room.RowsAsync())[0].State);
        await BounceAsync(room, "full@example.com", "4.2.2");
        room.Clock.AdvanceHours(3);
        await room.DispatchAsync();
        Assert.Single(room.Transport.Taken);

        room.Clock.AdvanceHours(2);
        await room.DispatchAsync();

        Assert.Equal(2, room.Transport.Taken.Count);
        Assert.False(await room.WithDatabaseAsync(d => d.Addresses.AnyAsync(a => a.IsDead)));
    }

    [Fact]
    public async Task A_unit_gets_no_more_letters_a_day_than_the_cap_whatever_their_addresses()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxPerUnitAndDay = 3);
        await room.AddReceiptsAsync(5);

        await room.DispatchAsync();
        Assert.Equal(3, room.Transport.Taken.Count);

        room.Clock.AdvanceHours(23);
        await room.DispatchAsync();
        Assert.Equal(3, room.Transport.Taken.Count);

        room.Clock.AdvanceHours(2);
        await room.DispatchAsync();
        Assert.Equal(5, room.Transport.Taken.Count);
    }

    private static Task<int> BounceAsync(PostRoom room, string address, string status, Duration old = default) => room.WithDatabaseAsync(async d =>
    {
        var handler = new BounceHandler(Office.Tokens, Office.Policy, room.Options, room.Clock);
        var row = await d.Outbox.AsNoTracking().FirstAsync();
        var report = new DeliveryReport(row.MessageIdHeader, [new RecipientReport(address, "failed", status, "not delivered")]);
        await handler.HandleAsync(d, report, room.Clock.GetCurrentInstant() - old, default);
        return await d.SaveChangesAsync();
    });

    private static OutboxRow Reminder(string unit, string recipient, string phase = "summary", string date = "2018-05-30")
    {
        var key = $"reminder:2018:{unit}:{phase}:{date}";
        return new OutboxRow
        {
            Key = key, Kind = "reminder", Priority = 20, UnitCode = unit, Recipient = recipient, MessageIdHeader = Office.Tokens.MessageIdFor("reminder", key, "126.com"),
            PayloadJson = $$"""{"Unit":"{{unit}}","Phase":"{{phase}}","Date":"{{date}}"}""", CreatedAt = Office.At(2018, 5, 30),
        };
    }

    private static MessageRow Message() => new()
    {
        Sha256 = new string('f', 64), Segment = "s", ReceivedAt = Office.At(2018, 5, 29), ArchivedAt = Office.At(2018, 5, 29), State = MessageState.Filed, UnitCode = "jiaoyu",
    };
}
