using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Storage.Database;

/// <summary>
/// The changes of a letter's state, each conditional on the state before, so that two workers never send the same row.
/// </summary>
public sealed class OutboxClaims(IDbContextFactory<IntakeDatabase> databases)
{
    /// <summary>
    /// Takes the next letter that is due (lowest priority number, then oldest), now <see cref="OutboxState.Sending"/> and counted as
    /// tried; null where none is due.
    /// </summary>
    public async Task<OutboxRow?> ClaimNextAsync(Instant now, CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            while (true)
            {
                var row = await database.Outbox.AsNoTracking()
                    .Where(o => o.State == OutboxState.Pending && (o.NextAttemptAt == null || o.NextAttemptAt <= now))
                    .OrderBy(o => o.Priority).ThenBy(o => o.Id)
                    .FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
                if (row is null)
                {
                    return null;
                }

                var claimed = await database.Outbox
                    .Where(o => o.Id == row.Id && o.State == OutboxState.Pending)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(o => o.State, OutboxState.Sending).SetProperty(o => o.Attempts, o => o.Attempts + 1),
                        cancellation).ConfigureAwait(false);
                if (claimed == 1)
                {
                    row.State = OutboxState.Sending;
                    row.Attempts++;
                    return row;
                }
            }
        }
    }

    /// <summary>The server took it. False where the row was not being sent.</summary>
    public Task<bool> MarkSentAsync(long id, string subject, string reply, Instant now, CancellationToken cancellation) =>
        ChangeAsync(id, OutboxState.Sending, set => set
            .SetProperty(o => o.State, OutboxState.Sent)
            .SetProperty(o => o.Subject, subject)
            .SetProperty(o => o.LastReply, reply)
            .SetProperty(o => o.NextAttemptAt, (Instant?)null)
            .SetProperty(o => o.SentAt, now), cancellation);

    /// <summary>It waits again until <paramref name="next"/>. False where the row was not being sent.</summary>
    public Task<bool> MarkWaitingAsync(long id, string reply, Instant next, CancellationToken cancellation) =>
        ChangeAsync(id, OutboxState.Sending, set => set
            .SetProperty(o => o.State, OutboxState.Pending)
            .SetProperty(o => o.LastReply, reply)
            .SetProperty(o => o.NextAttemptAt, next), cancellation);

    /// <summary>It waits again until <paramref name="next"/> and the try does not count: nothing was offered to the server.</summary>
    public Task<bool> GiveBackAsync(long id, Instant? next, CancellationToken cancellation) =>
        ChangeAsync(id, OutboxState.Sending, set => set
            .SetProperty(o => o.State, OutboxState.Pending)
            .SetProperty(o => o.Attempts, o => o.Attempts - 1)
            .SetProperty(o => o.NextAttemptAt, next), cancellation);

    /// <summary>Given up; staff see it. False where the row was not being sent.</summary>
    public Task<bool> MarkDeadAsync(long id, string reply, CancellationToken cancellation) =>
        ChangeAsync(id, OutboxState.Sending, set => set
            .SetProperty(o => o.State, OutboxState.Dead)
            .SetProperty(o => o.LastReply, reply)
            .SetProperty(o => o.NextAttemptAt, (Instant?)null), cancellation);

    /// <summary>Nothing is owed any more. False where the row was not being sent.</summary>
    public Task<bool> MarkDroppedAsync(long id, string why, CancellationToken cancellation) =>
        ChangeAsync(id, OutboxState.Sending, set => set
            .SetProperty(o => o.State, OutboxState.Dropped)
            .SetProperty(o => o.LastReply, why)
            .SetProperty(o => o.NextAttemptAt, (Instant?)null), cancellation);

    /// <summary>Staff want it tried again, with a new count. False where the row is not dead.</summary>
    public Task<bool> RetryAsync(long id, CancellationToken cancellation) =>
        ChangeAsync(id, OutboxState.Dead, set => set
            .SetProperty(o => o.State, OutboxState.Pending)
            .SetProperty(o => o.Attempts, 0)
            .SetProperty(o => o.NextAttemptAt, (Instant?)null), cancellation);

    /// <summary>
    /// Rows that a dead dispatcher left as being sent wait again; they may have been sent, and go out a second time with the same
    /// Message-ID. The try counts for a row that was alone; of several nobody knows which one the process ended with. Only for
    /// the one who holds the dispatcher's lease. Gives how many there were.
    /// </summary>
    public async Task<int> TakeBackAsync(CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var left = database.Outbox.Where(o => o.State == OutboxState.Sending);
            var uncounted = await left.CountAsync(cancellation).ConfigureAwait(false) > 1 ? 1 : 0;
            return await left
                .ExecuteUpdateAsync(
                    set => set.SetProperty(o => o.State, OutboxState.Pending).SetProperty(o => o.Attempts, o => o.Attempts - uncounted),
                    cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> ChangeAsync(
        long id,
        OutboxState from,
        Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<OutboxRow>> change,
        CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Outbox.Where(o => o.Id == id && o.State == from)
                .ExecuteUpdateAsync(change, cancellation).ConfigureAwait(false) == 1;
        }
    }
}
