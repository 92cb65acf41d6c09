using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>Addresses that do not exist: nothing of any kind is sent to them any more, and staff see them.</summary>
internal static class DeadAddresses
{
    /// <summary>
    /// Marks an address dead. Letters that wait for it are given up, except reminders and notices to a unit, which go to its
    /// next live address when they are composed. Changes tracked rows and saves nothing: the caller's transaction does.
    /// </summary>
    public static async Task BuryAsync(IntakeDatabase database, string address, string why, Instant now, CancellationToken cancellation)
    {
        var lower = address.ToLowerInvariant();
        var row = await database.Addresses.FindAsync([lower], cancellation);
        if (row is null)
        {
            row = new AddressRow { Address = lower };
            database.Addresses.Add(row);
        }

        if (!row.IsDead)
        {
            row.IsDead = true;
            row.Why = why;
            row.ChangedAt = now;
        }

        var toNext = Notices.NoticeKinds.ToUnits.Append(Reminders.ReminderPlanner.Kind).ToList();
        var waiting = await database.Outbox
            .Where(r => r.State == OutboxState.Pending && !toNext.Contains(r.Kind) && (r.Recipient == address || r.Recipient == lower))
            .ToListAsync(cancellation);
        foreach (var letter in waiting)
        {
            letter.State = OutboxState.Dead;
            letter.LastReply = $"The address is dead: {why}";
        }
    }

    /// <summary>A good mail came from an address that was dead: it lives. Gives whether it did so; a mail older than its death proves nothing.</summary>
    public static async Task<bool> ReviveAsync(IntakeDatabase database, string address, Instant cameAt, CancellationToken cancellation)
    {
        if (await database.Addresses.FindAsync([address.ToLowerInvariant()], cancellation) is not { IsDead: true } row || row.ChangedAt >= cameAt)
        {
            return false;
        }

        row.IsDead = false;
        row.Why = null;
        row.ChangedAt = cameAt;
        return true;
    }
}
