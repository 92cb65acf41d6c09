using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Fetching;

/// <summary>
/// At start: gives rows to mail that a crash left in the archive between flush and commit. Looks only behind the newest
/// place that the database knows.
/// </summary>
internal sealed class ArchiveCatchUp(
    IMailArchive archive, MessageRecorder recorder, IDbContextFactory<IntakeDatabase> databases, ILogger<ArchiveCatchUp> logger)
{
    private const int Window = 500;

    /// <summary>Does it; doing it again changes nothing.</summary>
    /// <returns>How many messages were without a row.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var newest = await database.Messages
            .OrderByDescending(m => m.Id)
            .Select(m => new { m.Segment, m.Offset })
            .FirstOrDefaultAsync(cancellation);
        void Damaged(ArchiveDamage damage) =>
            logger.LogError("Archive damaged: {Segment} at {Offset}: {What}", damage.Segment, damage.Offset, damage.What);

        var records = newest is null ? archive.ReadAll(Damaged) : archive.ReadAllAfter(newest.Segment, newest.Offset, Damaged);
        var found = 0;
        foreach (var window in records.Where(r => r.Kind == ArchiveRecordKind.Mail).Chunk(Window))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            found += await recorder.RecordAsync(database, window, cancellation);
            await transaction.CommitAsync(cancellation);
            database.ChangeTracker.Clear();
        }

        if (found > 0)
        {
            logger.LogWarning("{Count} mails lay in the archive without a row; they are known now", found);
        }

        return found;
    }
}
