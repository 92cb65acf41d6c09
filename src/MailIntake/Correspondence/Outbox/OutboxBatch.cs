using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>Claims rows and writes what became of them, several in one transaction. Every change is conditional on the state before.</summary>
internal static class OutboxBatch
{
    /// <summary>
    /// Claims the next rows that are due (lowest priority number first, then oldest). The try is counted here, so that a row
    /// whose sending kills the process is not tried for ever.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="now">Now.</param>
    /// <param name="kind">Rows of that kind alone; null for all.</param>
    /// <param name="below">Rows with a lower priority number alone; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<IReadOnlyList<OutboxRow>> ClaimAsync(
        IntakeDatabase database, int most, Instant now, string? kind, int? below, CancellationToken cancellation)
    {
        var ids = await database.Outbox
            .Where(r => (kind == null || r.Kind == kind) && (below == null || r.Priority < below))
            .Where(r => r.State == OutboxState.Pending && (r.NextAttemptAt == null || r.NextAttemptAt <= now))
            .OrderBy(r => r.Priority).ThenBy(r => r.Id)
            .Select(r => r.Id)
            .Take(most)
            .ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            return [];
        }

        await database.Outbox
            .Where(r => ids.Contains(r.Id) && r.State == OutboxState.Pending)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.State, OutboxState.Sending).SetProperty(r => r.Attempts, r => r.Attempts + 1), cancellation);
        return await database.Outbox.AsNoTracking()
            .Where(r => ids.Contains(r.Id) && r.State == OutboxState.Sending)
            .OrderBy(r => r.Priority).ThenBy(r => r.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Writes results in one transaction: in one command where every row is as it was claimed, else row by row.
    /// That a letter was sent is written whatever the row says meanwhile.
    /// </summary>
    public static async Task CommitAsync(IntakeDatabase database, IReadOnlyList<LetterResult> results, Instant now, CancellationToken cancellation)
    {
        var writes = results.Select(r => new Write(r, r.Row.Attempts - (r.Counts ? 0 : 1))).ToList();
        try
        {
            await WriteTogetherAsync(database, writes, now, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            database.ChangeTracker.Clear();
            await WriteEachAsync(database, writes, now, cancellation);
        }
    }

    private static async Task WriteTogetherAsync(IntakeDatabase database, IReadOnlyList<Write> writes, Instant now, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        foreach (var (result, attempts) in writes)
        {
            var row = result.Row;
            database.Attach(row);
            row.State = result.State;
            row.LastReply = result.Reply;
            row.Attempts = attempts;
            row.NextAttemptAt = result.NextAttemptAt;
            row.Recipient = result.Recipient;
            row.Subject = result.Subject;
            row.SentAt = result.SentAt;
        }

        await BuryAsync(database, writes, now, cancellation);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task WriteEachAsync(IntakeDatabase database, IReadOnlyList<Write> writes, Instant now, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        foreach (var (result, attempts) in writes)
        {
            var id = result.Row.Id;
            var rows = database.Outbox.Where(r => r.Id == id);
            if (result.State != OutboxState.Sent)
            {
                rows = rows.Where(r => r.State == OutboxState.Sending);
            }

            await rows.ExecuteUpdateAsync(
                s => s.SetProperty(r => r.State, result.State)
                    .SetProperty(r => r.LastReply, result.Reply)
                    .SetProperty(r => r.Attempts, attempts)
                    .SetProperty(r => r.NextAttemptAt, result.NextAttemptAt)
                    .SetProperty(r => r.Recipient, result.Recipient)
                    .SetProperty(r => r.Subject, result.Subject)
                    .SetProperty(r => r.SentAt, result.SentAt),
                cancellation);
        }

        await BuryAsync(database, writes, now, cancellation);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task BuryAsync(IntakeDatabase database, IEnumerable<Write> writes, Instant now, CancellationToken cancellation)
    {
        foreach (var (result, _) in writes.Where(w => w.Result.AddressIsDead))
        {
            await DeadAddresses.BuryAsync(database, result.Recipient, result.Reply, now, cancellation);
        }
    }

    /// <summary>A result and the number of tries to write with it, taken before the row is touched.</summary>
    private readonly record struct Write(LetterResult Result, int Attempts);
}
