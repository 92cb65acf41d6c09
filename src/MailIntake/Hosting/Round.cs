using MailIntake.Correspondence;
using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Notices;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Reminders;
using MailIntake.Correspondence.Staff;
using MailIntake.Intake;
using MailIntake.Mail.Mailboxes;

using NodaTime;

namespace MailIntake.Hosting;

/// <summary>
/// The parts of the worker's round, each of which may be called at any time and as often as one likes: a job calls one, and
/// <c>run --once</c> calls all. What goes wrong is logged, shown in <see cref="Health"/>, and left to the next round.
/// </summary>
internal sealed class Round(
    IntakePipeline pipeline,
    IMailbox mailbox,
    ReminderRound reminders,
    NoticeRound notices,
    AlertRound alerts,
    DigestWriter digests,
    StaffDesk staff,
    HeldNotices held,
    Dispatcher dispatcher,
    SharedArchive archive,
    Health health,
    IClock clock,
    TimeProvider time,
    ILogger<Round> logger) : IDisposable
{
    /// <summary>How old the knowledge of the mailbox may be for a reminder.</summary>
    private static readonly Duration _oldestNews = Duration.FromHours(1);

    private static readonly TimeSpan _betweenDispatches = TimeSpan.FromSeconds(1);

    private readonly PollPace _pace = new(clock, Environment.ProcessId);
    private readonly MailboxTurn _turn = new();
    private static readonly MailFolder _inbox = new("INBOX", IsJunk: false);
    private bool _needsPerson;
    private Instant? _readAt;
    private Instant? _caughtUpAt;

    /// <summary>Mails that were fetched and new since the start.</summary>
    public long Fetched { get; private set; }

    /// <summary>Brings new mail into the archive; nothing where the mailbox is being left alone.</summary>
    public Task<IntakeCounts> FetchAsync(CancellationToken cancellation, IProgress<IntakeProgress>? progress = null) =>
        DoAsync(HealthPart.Fetching, () => _turn.PollAsync(() => FetchNowAsync(progress, cancellation), cancellation));

    /// <summary>
    /// Waits until the server tells of new mail in INBOX, and leaves when a poll comes; null where one is there already. Nothing is waited for while
    /// the mailbox is being left alone.
    /// </summary>
    /// <exception cref="MailboxException">The watch broke; polls are not touched by it.</exception>
    public Task<MailboxNews?> WatchAsync(CancellationToken cancellation) => mailbox is IMailboxWatch watch
        ? _turn.WatchAsync(leave => WatchNowAsync(watch, leave, cancellation), cancellation)
        : Task.FromResult<MailboxNews?>(MailboxNews.NotOffered);

    /// <summary>Reads, matches, files, checks and answers what is archived; carries out what staff ask for, and shows them what waits.</summary>
    public Task<IntakeCounts> ProcessAsync(CancellationToken cancellation, IProgress<IntakeProgress>? progress = null) =>
        DoAsync(HealthPart.Processing, async () =>
        {
            var readAt = _readAt;
            var counts = await pipeline.ProcessAsync(progress, cancellation);
            if (await staff.RunAsync(cancellation))
            {
                counts += await pipeline.ProcessAsync(progress, cancellation);
            }

            await held.PlanAsync(cancellation);
            _caughtUpAt = counts.Busy ? _caughtUpAt : readAt;
            return counts;
        });

    /// <summary>
    /// Puts reminders and notices that are due into the outbox, once the mailbox has been read: what units sent while the worker stood still
    /// or the mailbox was shut must not be called missing. They are due until then.
    /// </summary>
    public Task<int> PlanRemindersAsync(CancellationToken cancellation) =>
        DoAsync(HealthPart.Reminders, () => _caughtUpAt is { } at && clock.GetCurrentInstant() - at <= _oldestNews
            ? PlanForUnitsAsync(cancellation)
            : Task.FromResult(0));

    /// <summary>Tells staff what keeps the worker from its work.</summary>
    public Task<int> PlanAlertsAsync(CancellationToken cancellation) => alerts.PlanAsync(cancellation);

    /// <summary>Puts the digest into the outbox when it is due.</summary>
    public Task PlanDigestAsync(CancellationToken cancellation) =>
        DoAsync(HealthPart.Digest, () => digests.WriteAsync(cancellation));

    /// <summary>Sends what may go now.</summary>
    public Task<DispatchReport> DispatchAsync(CancellationToken cancellation) => DispatchAsync(kind: null, cancellation);

    /// <summary>One full round. Receipts go out while mail is still being filed, as they do where the schedules call the parts.</summary>
    public async Task<RoundReport> RunAsync(IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        var fetched = await FetchAsync(cancellation, progress);
        var processing = ProcessAsync(cancellation, progress);
        var sent = await SendReceiptsWhileAsync(processing, cancellation);
        var processed = await processing;
        await PlanRemindersAsync(cancellation);
        await PlanAlertsAsync(cancellation);
        await PlanDigestAsync(cancellation);
        return new RoundReport(fetched + processed, sent.Then(await DispatchAsync(cancellation)));
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<int> PlanForUnitsAsync(CancellationToken cancellation) =>
        await reminders.PlanAsync(cancellation) + await notices.PlanAsync(cancellation);

    private Task<DispatchReport> DispatchAsync(string? kind, CancellationToken cancellation) =>
        DoAsync(HealthPart.Sending, async () =>
        {
            var report = await dispatcher.RunAsync(cancellation, kind);
            health.SendingNeedsPerson(report.StoppedBecause);
            return report;
        });

    /// <summary>
    /// Sends receipts again and again until the work has ended. Other letters wait for it: a reminder must know what is being
    /// filed. A fault of sending is not the work's; after the first letter that did not go through, the server is left alone
    /// until then.
    /// </summary>
    private async Task<DispatchReport> SendReceiptsWhileAsync(Task work, CancellationToken cancellation)
    {
        var sent = new DispatchReport();
        try
        {
            while (sent.MayGoOn && await Task.WhenAny(work, Task.Delay(_betweenDispatches, time, cancellation)) != work)
            {
                sent = sent.Then(await DispatchAsync(ReceiptWriter.Kind, cancellation));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "Sending beside the filing failed; it is tried again after it");
        }
        finally
        {
            await work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return sent;
    }

    private async Task<IntakeCounts> FetchNowAsync(IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        // Asked in turn: who waited while a login was refused must not log in again.
        if (_needsPerson || !_pace.MayPoll)
        {
            return IntakeCounts.None;
        }

        var startedAt = clock.GetCurrentInstant();
        var counts = await pipeline.FetchAsync(mailbox, progress, cancellation);
        Fetched += counts.Fetched;
        if (counts.MailboxFault is { } fault)
        {
            Note(fault);
        }
        else
        {
            _pace.Succeeded();
            health.Polled();
            _readAt = startedAt;
        }

        return counts;
    }

    private async Task<MailboxNews> WatchNowAsync(IMailboxWatch watch, CancellationToken leave, CancellationToken cancellation)
    {
        if (_needsPerson || !_pace.MayPoll)
        {
            return MailboxNews.None;
        }

        try
        {
            return await watch.WatchAsync(_inbox, leave, cancellation);
        }
        catch (MailboxException e) when (e.Remedy == MailboxRemedy.AskPerson)
        {
            Note(e);
            return MailboxNews.None;
        }
    }

    /// <summary>Does one part of the round, and shows a fault that nobody below expected until that part succeeds again.</summary>
    private async Task<T> DoAsync<T>(HealthPart part, Func<Task<T>> work)
    {
        archive.Enter();
        try
        {
            var result = await work();
            health.Worked(part);
            return result;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            health.Failed(part, e);
            throw;
        }
        finally
        {
            await archive.ReleaseAsync();
        }
    }

    private void Note(MailboxException fault)
    {
        if (fault.Remedy == MailboxRemedy.AskPerson)
        {
            _needsPerson = true;
            health.MailboxNeedsPerson(fault.Message);
            logger.LogCritical(fault, "The mailbox needs a person and is not tried again until the restart: {Message}", fault.Message);
            return;
        }

        var pause = _pace.Failed();
        logger.LogWarning("The mailbox failed and is tried again in {Seconds} s: {Message}", (int)pause.TotalSeconds, fault.Message);
    }
}

/// <summary>What a full round did.</summary>
/// <param name="Intake">Mail.</param>
/// <param name="Dispatch">Letters.</param>
internal sealed record RoundReport(IntakeCounts Intake, DispatchReport Dispatch)
{
    /// <summary>Nothing failed: what <c>run --once</c> answers for.</summary>
    public bool IsGood =>
        Intake is { MailboxFault: null, Failed: 0, Unfetched: 0 } && Dispatch is { Dead: 0, StoppedBecause: null };
}
