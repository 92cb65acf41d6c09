using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Reminders;
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
    DigestWriter digests,
    Dispatcher dispatcher,
    SharedArchive archive,
    Health health,
    IClock clock,
    ILogger<Round> logger) : IDisposable
{
    private readonly PollPace _pace = new(clock, Environment.ProcessId);
    private readonly SemaphoreSlim _mailboxTurn = new(1, 1);
    private bool _needsPerson;

    /// <summary>Brings new mail into the archive; nothing where the mailbox is being left alone.</summary>
    public async Task<IntakeCounts> FetchAsync(CancellationToken cancellation, IProgress<IntakeProgress>? progress = null)
    {
        if (_needsPerson || !_pace.MayPoll)
        {
            return IntakeCounts.None;
        }

        await _mailboxTurn.WaitAsync(cancellation);
        try
        {
            var counts = await pipeline.FetchAsync(mailbox, progress, cancellation);
            if (counts.MailboxFault is { } fault)
            {
                Note(fault);
            }
            else
            {
                _pace.Succeeded();
                health.Polled();
            }

            return counts;
        }
        finally
        {
            _mailboxTurn.Release();
            await archive.ReleaseAsync();
        }
    }

    /// <summary>Reads, matches, files, checks and answers what is archived.</summary>
    public async Task<IntakeCounts> ProcessAsync(CancellationToken cancellation, IProgress<IntakeProgress>? progress = null)
    {
        try
        {
            return await pipeline.ProcessAsync(progress, cancellation);
        }
        finally
        {
            await archive.ReleaseAsync();
        }
    }

    /// <summary>Puts reminders that are due into the outbox.</summary>
    public Task PlanRemindersAsync(CancellationToken cancellation) => reminders.PlanAsync(cancellation);

    /// <summary>Puts the digest into the outbox when it is due.</summary>
    public Task PlanDigestAsync(CancellationToken cancellation) => digests.WriteAsync(cancellation);

    /// <summary>Sends what may go now.</summary>
    public async Task<DispatchReport> DispatchAsync(CancellationToken cancellation)
    {
        try
        {
            var report = await dispatcher.RunAsync(cancellation);
            health.SendingNeedsPerson(report.StoppedBecause);
            return report;
        }
        finally
        {
            await archive.ReleaseAsync();
        }
    }

    /// <summary>One full round.</summary>
    public async Task<RoundReport> RunAsync(IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        var fetched = await FetchAsync(cancellation, progress);
        var processed = await ProcessAsync(cancellation, progress);
        await PlanRemindersAsync(cancellation);
        await PlanDigestAsync(cancellation);
        return new RoundReport(fetched + processed, await DispatchAsync(cancellation));
    }

    /// <inheritdoc/>
    public void Dispose() => _mailboxTurn.Dispose();

    private void Note(MailboxException fault)
    {
        if (fault.Remedy == MailboxRemedy.AskPerson)
        {
            _needsPerson = true;
            health.MailboxNeedsPerson(fault.Message);
            logger.LogCritical("The mailbox needs a person and is not tried again until the restart: {Message}", fault.Message);
            return;
        }

        var pause = _pace.Failed();
        logger.LogWarning(fault, "The mailbox failed; it is tried again in {Seconds} s", (int)pause.TotalSeconds);
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
