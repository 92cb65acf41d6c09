using MailIntake.Documents;
using MailIntake.Intake.Filing;
using MailIntake.Options;
using MailIntake.Storage.Archive;

namespace MailIntake.Intake.Reading;

/// <summary>Reads a batch of mails side by side, each within its time; one that cannot be read stops no other.</summary>
internal sealed class MailReadingStage(
    IMailArchive archive, MailReader reader, IReadingCache cache, ProcessingOptions options, ScratchRoot scratch, TimeProvider time)
{
    /// <summary>Longer than the reader's own time limits, for what does not heed a stop.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(15);

    /// <summary>Reads them. The result owns the scratch folders.</summary>
    public async Task<ReadBatch> ReadAsync(IReadOnlyList<DueMail> mails, CancellationToken cancellation)
    {
        var results = new Outcome[mails.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(0, mails.Count, parallel, async (i, stop) => results[i] = await ReadWithinTimeAsync(mails[i], stop));
            await cache.StoreAsync([.. results.Where(r => r.Mail is not null).SelectMany(r => r.Mail!.Fresh).DistinctBy(f => f.Key)], cancellation);
        }
        catch
        {
            Array.ForEach(results, r => r?.Scratch?.Dispose());
            throw;
        }

        return new ReadBatch(
            [.. results.Where(r => r.Mail is not null).Select(r => new MailToFile(r.Due.Id, r.Mail!.Reading))],
            [.. results.Where(r => r.Error is not null).Select(r => (r.Due, r.Error!))],
            [.. results.Select(r => r.Scratch).OfType<ScratchSpace>()]);
    }

    private async Task<Outcome> ReadWithinTimeAsync(DueMail mail, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(options.MessageTimeoutSeconds);
        using var own = ReadingTime.Begin(limit, time, cancellation);
        var stop = own.Token;
        var reading = Task.Run(() => ReadOneAsync(mail, stop), CancellationToken.None);
        try
        {
            using var ended = new CancellationTokenSource();
            var first = await Task.WhenAny(reading, GraceAsync(own, ended.Token)).WaitAsync(cancellation);
            await ended.CancelAsync();
            return first == reading ? await reading : throw new TimeoutException($"Reading took longer than {limit.TotalSeconds:0} s and did not stop");
        }
        catch (TimeoutException e)
        {
            // It goes on in the background with its own mapping and folder, which it lets go when it ends.
            _ = reading.ContinueWith(
                t => { if (t.IsCompletedSuccessfully) { t.Result.Scratch?.Dispose(); } },
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return new Outcome(mail, null, e, null);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            return new Outcome(mail, null, new TimeoutException($"Reading took longer than {limit.TotalSeconds:0} s", e), null);
        }
    }

    /// <summary>Ends when the time of the mail and the grace after it are over.</summary>
    private async Task GraceAsync(ReadingTime own, CancellationToken cancellation)
    {
        await own.Over.WaitAsync(cancellation);
        await Task.Delay(_grace, time, cancellation);
    }

    private async Task<Outcome> ReadOneAsync(DueMail mail, CancellationToken cancellation)
    {
        var space = scratch.Open();
        try
        {
            using var bytes = archive.Open(mail.Place);
            return new Outcome(mail, await reader.ReadAsync(bytes.Bytes, bytes.Release, space, cancellation), null, space);
        }
        catch (Exception e) when (e is not OperationCanceledException && !HouseFaults.IsAny(e))
        {
            space.Dispose();
            return new Outcome(mail, null, e, null);
        }
        catch
        {
            space.Dispose();
            throw;
        }
    }

    private sealed record Outcome(DueMail Due, ReadMail? Mail, Exception? Error, ScratchSpace? Scratch);
}

/// <summary>A batch of mails that were read; their files go when it is disposed.</summary>
/// <param name="read">Mails, in order.</param>
/// <param name="failed">Mails whose reading failed, and how.</param>
/// <param name="scratch">Their folders.</param>
internal sealed class ReadBatch(
    IReadOnlyList<MailToFile> read, IReadOnlyList<(DueMail Mail, Exception Error)> failed, IReadOnlyList<ScratchSpace> scratch) : IDisposable
{
    /// <summary>Mails, in order.</summary>
    public IReadOnlyList<MailToFile> Read => read;

    /// <summary>Mails whose reading failed, and how.</summary>
    public IReadOnlyList<(DueMail Mail, Exception Error)> Failed => failed;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var space in scratch)
        {
            space.Dispose();
        }
    }
}
