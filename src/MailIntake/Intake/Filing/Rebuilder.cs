using MailIntake.Decisions;
using MailIntake.Intake.Fetching;
using MailIntake.Intake.Matching;
using MailIntake.Mail.Messages;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Filing;

/// <summary>
/// Fills an empty database from the archive alone: <c>rebuild</c>. First mail, letters that were sent, and decisions; then mail
/// is processed in its old order with the old entry codes; last what staff decided about entries. A letter that was sent
/// stands in the outbox as sent under its key, so nothing goes out a second time.
/// </summary>
internal sealed class Rebuilder(
    IMailArchive archive,
    MessageRecorder recorder,
    IMessageReader messages,
    IDbContextFactory<IntakeDatabase> databases,
    IntakePipeline pipeline,
    IReplyTokens tokens,
    ILogger<Rebuilder> logger)
{
    private const int Window = 500;

    /// <summary>Rebuilds. Throws <see cref="DatabaseNotEmptyException"/> where the database already holds mail or letters.</summary>
    public async Task<IntakeCounts> RunAsync(IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Messages.AnyAsync(cancellation) || await database.Outbox.AnyAsync(cancellation))
        {
            throw new DatabaseNotEmptyException("The database already holds mail. Rebuild into an empty one.");
        }

        var decisions = new List<DecisionRecord>();
        var fetched = 0;
        foreach (var window in archive.ReadAll(Damaged).Chunk(Window))
        {
            cancellation.ThrowIfCancellationRequested();
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            fetched += await recorder.RecordAsync(database, [.. window.Where(r => r.Kind == ArchiveRecordKind.Mail)], cancellation);
            await AddSentAsync(database, [.. window.Where(r => r.Kind == ArchiveRecordKind.Sent)], cancellation);
            await transaction.CommitAsync(cancellation);
            database.ChangeTracker.Clear();
            decisions.AddRange(window.Where(r => r.Kind == ArchiveRecordKind.Decision).Select(Read).OfType<DecisionRecord>());
            progress?.Report(new IntakeProgress(IntakeStage.Fetching, fetched, fetched));
        }

        var promised = new PromisedEntries();
        decisions.ForEach(promised.Add);
        await DecideAsync(database, decisions.Where(d => d.Action is not DecisionRecord.Shortlist and not EntryLedger.Action), cancellation);
        var counts = await pipeline.ProcessAgainAsync(promised, progress, cancellation);
        await DecideAsync(database, decisions.Where(d => d.Action == DecisionRecord.Shortlist), cancellation);
        return counts with { Fetched = fetched };
    }

    private static async Task DecideAsync(IntakeDatabase database, IEnumerable<DecisionRecord> decisions, CancellationToken cancellation)
    {
        foreach (var decision in decisions)
        {
            await DecisionBook.WriteRowsAsync(database, decision, cancellation);
            await database.SaveChangesAsync(cancellation);
        }

        database.ChangeTracker.Clear();
    }

    private async Task AddSentAsync(IntakeDatabase database, List<ArchiveRecord> records, CancellationToken cancellation)
    {
        var keys = records.Select(r => r.Metadata.Key).OfType<string>().Distinct().ToList();
        var known = (await database.Outbox.Where(o => keys.Contains(o.Key)).Select(o => o.Key).ToListAsync(cancellation)).ToHashSet();
        foreach (var record in records)
        {
            if (record.Metadata.Key is { } key && known.Add(key))
            {
                database.Outbox.Add(ToRow(record, key));
            }
        }

        await database.SaveChangesAsync(cancellation);
    }

    private OutboxRow ToRow(ArchiveRecord record, string key)
    {
        using var bytes = archive.Open(record.Place);
        var letter = messages.Read(bytes.Bytes);
        var at = record.Metadata.At ?? record.Metadata.ArchivedAt;
        return new OutboxRow
        {
            Key = key,
            Kind = key.Split(':')[0],
            UnitCode = tokens.FindUnit(letter.Subject),
            Recipient = letter.To is [var to, ..] ? to.Address : "",
            MessageIdHeader = letter.MessageId ?? "",
            PayloadJson = "{}",
            Subject = letter.Subject,
            CreatedAt = at,
            State = OutboxState.Sent,
            Attempts = 1,
            SentAt = at,
        };
    }

    private DecisionRecord? Read(ArchiveRecord record)
    {
        using var bytes = archive.Open(record.Place);
        var decision = DecisionRecord.Read(bytes.Bytes.Span);
        if (decision is null)
        {
            logger.LogWarning("A decision in {Segment} at {Offset} cannot be read", record.Place.Segment, record.Place.Offset);
        }

        return decision;
    }

    private void Damaged(ArchiveDamage damage) =>
        logger.LogError("Archive damaged: {Segment} at {Offset}: {What}", damage.Segment, damage.Offset, damage.What);
}

/// <summary>A rebuild was asked for into a database that holds something. Ask the person: empty it first.</summary>
internal sealed class DatabaseNotEmptyException(string message) : Exception(message);
