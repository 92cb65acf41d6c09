using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Outbox;
using MailIntake.Mail.Reading;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>Letters that came back.</summary>
public sealed class BounceTests
{
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
            d.Outbox.Add(Office.Reminder("haigang", "hgq@example.com", "summary", "2018-09-27"));
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

    private static Task<int> BounceAsync(PostRoom room, string address, string status, Duration old = default) => room.WithDatabaseAsync(async d =>
    {
        var handler = new BounceHandler(Office.Tokens, Office.Policy, room.Options, room.Clock);
        var row = await d.Outbox.AsNoTracking().FirstAsync();
        var report = new DeliveryReport(row.MessageIdHeader, [new RecipientReport(address, "failed", status, "not delivered")]);
        await handler.HandleAsync(d, report, room.Clock.GetCurrentInstant() - old, default);
        return await d.SaveChangesAsync();
    });
}
