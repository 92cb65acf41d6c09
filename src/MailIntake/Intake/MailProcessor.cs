using MailIntake.Domain.Campaigns;
using MailIntake.Intake.Filing;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Intake.Similarity;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake;

/// <summary>
/// Takes mail from archived to filed, held or ignored. Mails are read side by side and filed one after the other in the order
/// (ArchivedAt, ReceivedAt, Id), so that numbers and versions come out the same however often it is done. While one batch is
/// filed the next is read.
/// </summary>
internal sealed class MailProcessor(
    IDbContextFactory<IntakeDatabase> databases,
    MailReadingStage reading,
    Filer filer,
    SimilarityStage similarity,
    FailureBook failures,
    ReadingJournal journal,
    Leases leases,
    IReplyTokens tokens,
    Campaign campaign,
    ProcessingOptions options,
    IClock clock,
    ILogger<MailProcessor> logger)
{
    private const string Lease = "process";
    private static readonly Duration _leaseTime = Duration.FromMinutes(10);

    /// <summary>Processes all mail that is due.</summary>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <param name="promised">Entry codes that were given before: in a rebuild.</param>
    public async Task<IntakeCounts> RunAsync(
        IProgress<IntakeProgress>? progress, CancellationToken cancellation, PromisedEntries? promised = null)
    {
        var holder = LeaseHolder.Current;
        var now = clock.GetCurrentInstant();
        if (!await leases.TryAcquireAsync(Lease, holder, now + _leaseTime, now, cancellation))
        {
            logger.LogInformation("Another worker is processing");
            return IntakeCounts.None with { Busy = true };
        }

        try
        {
            var counts = await ProcessAsync(holder, promised, progress, cancellation);
            if (!counts.Busy)
            {
                await CompareAsync(cancellation);
            }

            return counts;
        }
        finally
        {
            await leases.ReleaseAsync(Lease, holder, CancellationToken.None);
        }
    }

    /// <summary>Compares what was filed. That is for staff to read some day, and must not keep them from mail that waits: a fault is left to the next round.</summary>
    private async Task CompareAsync(CancellationToken cancellation)
    {
        try
        {
            await similarity.RunAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException && !HouseFaults.IsAny(e))
        {
            logger.LogError(e, "What was filed could not be compared with earlier texts");
        }
    }

    private async Task<IntakeCounts> ProcessAsync(
        string holder, PromisedEntries? promised, IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        var due = await FindDueAsync(cancellation);
        if (due.Count == 0)
        {
            return IntakeCounts.None;
        }

        var books = await OpenBooksAsync(promised, cancellation);
        var units = new UnitFinder(campaign, books.Roster, tokens, options.MinimumConfidence);
        var (counts, done) = (IntakeCounts.None, 0);
        Task<ReadBatch>? ahead = null;
        journal.Open();
        var batches = Batches(due);
        try
        {
            for (var i = 0; i < batches.Count; i++)
            {
                if (await HoldDeadlyAsync(batches[i], cancellation) is { } held)
                {
                    counts += held;
                    continue;
                }

                // What was in hand when a process ended is read with nothing beside it.
                var next = i + 1 < batches.Count && !batches[i].Concat(batches[i + 1]).Any(m => journal.IsSuspect(m.Id)) ? batches[i + 1] : [];
                journal.Take([.. batches[i].Concat(next).Select(m => m.Id)]);
                using var batch = await (ahead ?? reading.ReadAsync(batches[i], cancellation));
                ahead = next.Length > 0 ? reading.ReadAsync(next, cancellation) : null;
                if (!await leases.RenewAsync(Lease, holder, clock.GetCurrentInstant() + _leaseTime, cancellation))
                {
                    logger.LogWarning("The lease was taken by another worker: stopping");
                    return counts with { Busy = true };
                }

                counts += await FileAsync(batch, units, books, cancellation);
                Array.ForEach(batches[i], m => journal.Clear(m.Id));
                done += batches[i].Length;
                progress?.Report(new IntakeProgress(IntakeStage.Filing, done, due.Count));
            }
        }
        finally
        {
            await DropAsync(ahead);
            journal.LayDown();
        }

        return counts;
    }

    /// <summary>Cuts the mails into batches in their order; each suspect is a batch of its own.</summary>
    private List<DueMail[]> Batches(List<DueMail> due)
    {
        var batches = new List<DueMail[]>();
        var open = new List<DueMail>();
        foreach (var mail in due)
        {
            var isSuspect = journal.IsSuspect(mail.Id);
            if (open.Count > 0 && (isSuspect || open.Count == options.BatchSize))
            {
                batches.Add([.. open]);
                open.Clear();
            }

            if (isSuspect)
            {
                batches.Add([mail]);
            }
            else
            {
                open.Add(mail);
            }
        }

        return open.Count > 0 ? [.. batches, [.. open]] : batches;
    }

    /// <summary>Holds a mail with which the process ended often enough; null for any other.</summary>
    private async Task<IntakeCounts?> HoldDeadlyAsync(DueMail[] batch, CancellationToken cancellation)
    {
        if (batch is not [var mail] || journal.Ends(mail.Id) < options.MaxAttempts)
        {
            return null;
        }

        var held = await failures.HoldAsync(mail.Id, "The worker ended each time it processed this mail", cancellation);
        journal.Clear(mail.Id);
        return held;
    }

    private async Task<List<DueMail>> FindDueAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var due = await database.Messages.AsNoTracking()
            .Where(m => m.State == MessageState.Archived
                || (m.State == MessageState.Failed && (m.NextAttemptAt == null || m.NextAttemptAt <= now)))
            .OrderBy(m => m.ArchivedAt).ThenBy(m => m.ReceivedAt).ThenBy(m => m.Id)
            .Select(m => new { Mail = new DueMail(m.Id, new ArchivePlace(m.Segment, m.Offset, m.Length, m.Sha256)), m.Sha256, m.ArchivedAt })
            .ToListAsync(cancellation);
        var decided = (await database.Decisions.AsNoTracking().Select(d => new { d.MessageSha256, d.At }).ToListAsync(cancellation))
            .GroupBy(d => d.MessageSha256)
            .ToDictionary(g => g.Key, g => g.Max(d => d.At));

        // A mail that staff decided about has its turn when they did: so it was the first time, and so it is in a rebuild.
        return [.. due
            .OrderBy(d => decided.TryGetValue(d.Sha256, out var at) ? Instant.Max(at, d.ArchivedAt) : d.ArchivedAt)
            .Select(d => d.Mail)];
    }

    private async Task<UnitBooks> OpenBooksAsync(PromisedEntries? promised, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return new UnitBooks(campaign, await CampaignState.LoadRosterAsync(database, cancellation), promised);
    }

    /// <summary>Files a batch; where that fails, each of its mails alone, so that one bad mail stops no other.</summary>
    private async Task<IntakeCounts> FileAsync(ReadBatch batch, UnitFinder units, UnitBooks books, CancellationToken cancellation)
    {
        var counts = IntakeCounts.None;
        foreach (var (mail, error) in batch.Failed)
        {
            counts += await failures.RecordAsync(mail.Id, error, cancellation);
        }

        if (batch.Read.Count == 0)
        {
            return counts;
        }

        try
        {
            return counts + await filer.FileAsync(batch.Read, units, books, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException && !HouseFaults.IsDiskFull(e))
        {
            logger.LogWarning(e, "A batch of {Count} mails could not be filed together: filing each alone", batch.Read.Count);
            books.Forget();
        }

        foreach (var mail in batch.Read)
        {
            try
            {
                counts += await filer.FileAsync([mail], units, books, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException && !HouseFaults.IsDiskFull(e))
            {
                books.Forget();
                counts += await failures.RecordAsync(mail.Id, e, cancellation);
            }
        }

        return counts;
    }

    /// <summary>Waits for what was begun ahead and lets its files go.</summary>
    private static async Task DropAsync(Task<ReadBatch>? ahead)
    {
        if (ahead is not null)
        {
            await ahead.ContinueWith(
                t => { if (t.IsCompletedSuccessfully) { t.Result.Dispose(); } },
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}

/// <summary>A mail that is to be processed.</summary>
/// <param name="Id">Number of its row.</param>
/// <param name="Place">Where its bytes lie.</param>
internal sealed record DueMail(long Id, ArchivePlace Place);
