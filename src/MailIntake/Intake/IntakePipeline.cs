using MailIntake.Intake.Fetching;
using MailIntake.Intake.Filing;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Intake;

/// <summary>
/// The way of one mail:
/// <list type="number">
/// <item><see cref="MailFetcher"/>: its raw bytes reach the archive durably, then it has a row (<see cref="ArchiveCatchUp"/> gives one to what a crash left without).</item>
/// <item><see cref="MailReader"/>: headers, text, links; <see cref="FileCollector"/> takes every file out of it.</item>
/// <item><see cref="FileRecognizer"/>: what each file is, which material, what is wrong with it.</item>
/// <item><see cref="Matching.UnitFinder"/>, <see cref="Matching.EntryFinder"/>: whose it is; what is not sure is held for staff.</item>
/// <item><see cref="Filer"/>: entries, versions, findings, state and receipt in one transaction.</item>
/// <item><see cref="Similarity.SimilarityStage"/>: what resembles an earlier text of another unit or year is shown to staff.</item>
/// <item><see cref="Tidier"/>: where the settings say so, it is moved to another folder of the mailbox.</item>
/// </list>
/// The receipt is sent by the outbox.
/// </summary>
internal sealed class IntakePipeline(
    ArchiveCatchUp catchUp, MailFetcher fetcher, MailProcessor processor, Tidier tidier, ILogger<IntakePipeline> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _caughtUp;

    /// <summary>
    /// One round: fetch, process, tidy. A mailbox that fails does not keep mail that is here from being processed; the fault
    /// stands in the result. Throws where the archive or the database fails.
    /// </summary>
    public Task<IntakeCounts> RunOnceAsync(IMailbox mailbox, IProgress<IntakeProgress>? progress, CancellationToken cancellation) =>
        InTurnAsync(
            async () =>
            {
                var fetched = await FetchNowAsync(mailbox, progress, cancellation);
                var counts = fetched + await processor.RunAsync(progress, cancellation);
                return await TidyAsync(mailbox, counts, cancellation);
            },
            cancellation);

    /// <summary>
    /// Fetches all that is new, then moves what earlier rounds filed. Never at the same time as <see cref="ProcessAsync"/>: the mail
    /// of one fetch is processed in the order of its receipt, whichever folder it lay in.
    /// </summary>
    public Task<IntakeCounts> FetchAsync(IMailbox mailbox, IProgress<IntakeProgress>? progress, CancellationToken cancellation) =>
        InTurnAsync(
            async () => await TidyAsync(mailbox, await FetchNowAsync(mailbox, progress, cancellation), cancellation), cancellation);

    /// <summary>Processes mail that is here: after a fetch, an import, a decision of staff, a replay.</summary>
    public Task<IntakeCounts> ProcessAsync(IProgress<IntakeProgress>? progress, CancellationToken cancellation) =>
        InTurnAsync(() => processor.RunAsync(progress, cancellation), cancellation);

    /// <summary>Processes mail that was processed before, in another database that is lost: entries get the codes they had.</summary>
    public Task<IntakeCounts> ProcessAgainAsync(
        PromisedEntries promised, IProgress<IntakeProgress>? progress, CancellationToken cancellation) =>
        InTurnAsync(() => processor.RunAsync(progress, cancellation, promised), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<IntakeCounts> InTurnAsync(Func<Task<IntakeCounts>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!_caughtUp)
            {
                await catchUp.RunAsync(cancellation);
                _caughtUp = true;
            }

            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IntakeCounts> FetchNowAsync(IMailbox mailbox, IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        var report = await fetcher.FetchAsync(mailbox, progress, cancellation);
        return IntakeCounts.None with { Fetched = report.Fetched, Unfetched = report.Unfetched, MailboxFault = report.Fault };
    }

    private async Task<IntakeCounts> TidyAsync(IMailbox mailbox, IntakeCounts counts, CancellationToken cancellation)
    {
        if (counts.MailboxFault is not null)
        {
            return counts;
        }

        try
        {
            await tidier.TidyAsync(mailbox, cancellation);
            return counts;
        }
        catch (MailboxException e)
        {
            logger.LogWarning(e, "Filed mail of {Mailbox} could not be moved ({Remedy})", mailbox.Name, e.Remedy);
            return e.Remedy == MailboxRemedy.Skip ? counts : counts with { MailboxFault = e };
        }
    }
}
