using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Mail.Transports;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>
/// Sends what waits in the outbox: claims rows, composes, sends at the set pace below the caps, archives the sent bytes,
/// then writes what became of each. Killed at any moment, it repeats at most what was not yet written, with the same
/// Message-ID. One bad row never holds up the rest.
/// </summary>
internal sealed class Dispatcher(
    IDbContextFactory<IntakeDatabase> databases,
    IMailTransport transport,
    IMailArchive archive,
    IEnumerable<ILetterComposer> composers,
    LetterAddresser addresser,
    MailIdentity identity,
    SendingState sending,
    SendingOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<Dispatcher> log) : IDisposable
{
    private const string LeaseName = "dispatch";
    private const int MostAtOnce = 20;
    private const int LostConnectionsToStop = 3;
    private static readonly Duration LeaseTime = Duration.FromMinutes(10);

    private readonly Dictionary<string, ILetterComposer> _composers = composers.ToDictionary(c => c.Kind, StringComparer.Ordinal);
    private readonly Leases _leases = new(databases);
    private readonly OutboxClaims _claims = new(databases);
    private readonly SemaphoreSlim _one = new(1, 1);
    private long? _lastSent;

    /// <summary>Sends all that is due and may go now. May be called as often as one likes; two calls never overlap.</summary>
    public async Task<DispatchReport> RunAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var report = new DispatchReport { StoppedBecause = sending.StoppedBecause };
            if (report.StoppedBecause is null)
            {
                await RunLeasedAsync(report, cancellation);
            }

            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task RunLeasedAsync(DispatchReport report, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        if (!await _leases.TryAcquireAsync(LeaseName, LeaseHolder.Current, now + LeaseTime, now, cancellation))
        {
            report.HeldByAnother = true;
            return;
        }

        try
        {
            var left = await _claims.TakeBackAsync(cancellation);
            if (left > 0)
            {
                log.LogWarning("{Count} letters were being sent when the last run ended; they go out again with the same Message-ID", left);
            }

            await SendAllAsync(report, cancellation);
        }
        finally
        {
            await _leases.ReleaseAsync(LeaseName, LeaseHolder.Current, CancellationToken.None);
        }
    }

    private async Task SendAllAsync(DispatchReport report, CancellationToken cancellation)
    {
        var run = new Run(report);
        SendWindow? window = null;
        while (!run.MustEnd && !cancellation.IsCancellationRequested)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var now = clock.GetCurrentInstant();
            if (await SendingState.FindPauseAsync(database, now, cancellation) is { } pause)
            {
                report.WaitsUntil = pause.Until;
                return;
            }

            window ??= await LoadWindowAsync(database, now, cancellation);
            // A paced run writes each letter's fate at once, so that a crash repeats one letter at most.
            var most = Math.Min(options.PaceSeconds > 0 ? 1 : MostAtOnce, window.RoomAt(now));
            if (most == 0)
            {
                log.LogWarning("The limit of {Max} letters in 24 hours is reached; the rest waits", options.MaxPerDay);
                report.WaitsUntil = now + Duration.FromMinutes(5);
                return;
            }

            var rows = await OutboxBatch.ClaimAsync(database, most, now, cancellation);
            if (rows.Count == 0)
            {
                return;
            }

            await SendBatchAsync(database, rows, window, run, cancellation);
            if (!await _leases.RenewAsync(LeaseName, LeaseHolder.Current, clock.GetCurrentInstant() + LeaseTime, CancellationToken.None))
            {
                report.HeldByAnother = true;
                return;
            }
        }
    }

    private async Task SendBatchAsync(
        IntakeDatabase database, IReadOnlyList<OutboxRow> rows, SendWindow window, Run run, CancellationToken cancellation)
    {
        var results = new List<LetterResult>(rows.Count);
        try
        {
            foreach (var row in rows)
            {
                results.Add(run.MustEnd || cancellation.IsCancellationRequested
                    ? GivenBack(row, "not tried yet")
                    : await SendOneAsync(database, row, window, run, cancellation));
            }
        }
        finally
        {
            // What the server took is written even while the process is being stopped.
            results.AddRange(rows.Skip(results.Count).Select(r => GivenBack(r, "interrupted")));
            if (run.Archived)
            {
                await FlushAsync(run);
            }

            database.ChangeTracker.Clear();
            await OutboxBatch.CommitAsync(database, results, clock.GetCurrentInstant(), CancellationToken.None);
            if (run.Pause is { } pause)
            {
                await SendingState.PauseAsync(database, pause.Until, pause.Why, CancellationToken.None);
            }
        }

        run.Count(results);
    }

    private async Task<LetterResult> SendOneAsync(
        IntakeDatabase database, OutboxRow row, SendWindow window, Run run, CancellationToken cancellation)
    {
        try
        {
            if (row.Attempts > options.MaxAttempts)
            {
                return new LetterResult(row, OutboxState.Dead, "The worker ended each time while it was being sent.");
            }

            if (!_composers.TryGetValue(row.Kind, out var composer))
            {
                return new LetterResult(row, OutboxState.Dead, $"There is no letter of the kind {row.Kind}.");
            }

            var composition = await composer.ComposeAsync(row, database, cancellation);
            if (composition.Letter is not { } letter)
            {
                return new LetterResult(row, OutboxState.Dropped, composition.DroppedBecause ?? "not needed any more");
            }

            var recipient = composition.Recipient ?? row.Recipient;
            if (run.DeadAddresses.Contains(recipient) || await DeadAddresses.IsDeadAsync(database, recipient, cancellation))
            {
                return new LetterResult(row, OutboxState.Dead, $"The address {recipient} is dead.");
            }

            if (window.NextFor(recipient, clock.GetCurrentInstant()) is { } next)
            {
                return GivenBack(row, $"{options.MaxPerAddressAndHour} letters an hour to one address are the limit") with { NextAttemptAt = next };
            }

            var bytes = addresser.Address(row, letter, recipient);
            await PaceAsync(cancellation);
            var outcome = await HandOverAsync(row, recipient, bytes, run, cancellation);
            return await JudgeAsync(row, letter, recipient, bytes, outcome, window, run);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return GivenBack(row, "interrupted");
        }
        catch (Exception error)
        {
            // A letter that cannot be made is this letter's own trouble: it is tried again, then staff see it.
            log.LogError(error, "Letter {Id} could not be made", row.Id);
            return Deferred(row, $"The letter could not be made: {error.GetType().Name}", null);
        }
    }

    private async Task<SendOutcome> HandOverAsync(OutboxRow row, string recipient, byte[] bytes, Run run, CancellationToken cancellation)
    {
        try
        {
            var outcome = await transport.SendAsync(identity.From.Address, [recipient], bytes, cancellation);
            if (outcome.Status == SendStatus.Reconnect && run.LostConnections == 0)
            {
                outcome = await transport.SendAsync(identity.From.Address, [recipient], bytes, cancellation);
            }

            return outcome;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A transport that throws has not said whether the server took the letter.
            log.LogError(error, "The transport failed on letter {Id}", row.Id);
            return new SendOutcome(SendStatus.Unknown, $"The transport failed: {error.GetType().Name}");
        }
    }

    private async Task<LetterResult> JudgeAsync(
        OutboxRow row, Letter letter, string recipient, byte[] bytes, SendOutcome outcome, SendWindow window, Run run)
    {
        var now = clock.GetCurrentInstant();
        run.LostConnections = outcome.Status == SendStatus.Reconnect ? run.LostConnections + 1 : 0;
        switch (outcome.Status)
        {
            case SendStatus.Sent:
                window.Add(recipient, now);
                await ArchiveAsync(row, bytes, now, run);
                return new LetterResult(row, OutboxState.Sent, outcome.Reply) { Subject = letter.Subject, Recipient = recipient, SentAt = now };

            case SendStatus.DeadAddress:
                log.LogWarning("Letter {Id}: the address does not exist", row.Id);
                run.DeadAddresses.Add(recipient);
                return new LetterResult(row, OutboxState.Dead, outcome.Reply) { Recipient = recipient, AddressIsDead = true };

            case SendStatus.RefusedMessage:
                log.LogWarning("Letter {Id} is refused for good: {Reply}", row.Id, outcome.Reply);
                return new LetterResult(row, OutboxState.Dead, outcome.Reply) { Recipient = recipient };

            case SendStatus.PauseAll:
                run.Pause = new SendingPause(now + Wait(outcome, RetryPlan.DefaultPause), outcome.Reply);
                run.Report.WaitsUntil = run.Pause.Until;
                log.LogWarning("The server wants a pause until {Until}: {Reply}", run.Pause.Until, outcome.Reply);
                return GivenBack(row, outcome.Reply) with { Recipient = recipient };

            case SendStatus.AskPerson:
                sending.Stop(outcome.Reply);
                run.Report.StoppedBecause = outcome.Reply;
                log.LogCritical("Sending is stopped until the restart: {Reply}", outcome.Reply);
                return GivenBack(row, outcome.Reply) with { Recipient = recipient };

            case SendStatus.Reconnect:
                return LostConnection(row, outcome, now) with { Recipient = recipient };

            case SendStatus.Unknown:
                return Deferred(row, outcome.Reply, RetryPlan.AfterUnknown.ToTimeSpan()) with { Recipient = recipient };

            default:
                return Deferred(row, outcome.Reply, outcome.RetryAfter) with { Recipient = recipient };
        }
    }

    /// <summary>The network is not the letter's fault: the try does not count, but five days of it do.</summary>
    private static LetterResult LostConnection(OutboxRow row, SendOutcome outcome, Instant now) =>
        now - row.CreatedAt > RetryPlan.GiveUpAfter
            ? new LetterResult(row, OutboxState.Dead, outcome.Reply)
            : GivenBack(row, outcome.Reply) with { NextAttemptAt = now + Wait(outcome, RetryPlan.DefaultPause) };

    private static LetterResult GivenBack(OutboxRow row, string why) => new(row, OutboxState.Pending, why) { Counts = false };

    private LetterResult Deferred(OutboxRow row, string reply, TimeSpan? atLeast) =>
        row.Attempts >= options.MaxAttempts
            ? new LetterResult(row, OutboxState.Dead, reply)
            : new LetterResult(row, OutboxState.Pending, reply)
            {
                NextAttemptAt = clock.GetCurrentInstant() + RetryPlan.Wait(row.Attempts, atLeast),
            };

    private static Duration Wait(SendOutcome outcome, Duration otherwise) =>
        outcome.RetryAfter is { } asked ? Duration.FromTimeSpan(asked) : otherwise;

    private async Task PaceAsync(CancellationToken cancellation)
    {
        if (_lastSent is { } last)
        {
            var left = TimeSpan.FromSeconds(options.PaceSeconds) - time.GetElapsedTime(last);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellation);
            }
        }

        _lastSent = time.GetTimestamp();
    }

    private async Task ArchiveAsync(OutboxRow row, byte[] bytes, Instant now, Run run)
    {
        try
        {
            using var content = new MemoryStream(bytes, writable: false);
            var metadata = new ArchiveMetadata { ArchivedAt = now, At = now, Key = row.Key };
            await archive.AppendAsync(ArchiveRecordKind.Sent, metadata, content, CancellationToken.None);
            run.Archived = true;
        }
        catch (IOException error)
        {
            // It is sent and must be written down as sent; only its copy is missing. Sending more without copies is not wanted.
            log.LogCritical(error, "Letter {Id} was sent and could not be archived", row.Id);
            run.ArchiveFailed = true;
        }
    }

    private async Task FlushAsync(Run run)
    {
        try
        {
            await archive.FlushAsync(CancellationToken.None);
            run.Archived = false;
        }
        catch (IOException error)
        {
            log.LogCritical(error, "Sent letters could not be made durable in the archive");
            run.ArchiveFailed = true;
        }
    }

    private async Task<SendWindow> LoadWindowAsync(IntakeDatabase database, Instant now, CancellationToken cancellation)
    {
        var window = new SendWindow(options.MaxPerDay, options.MaxPerAddressAndHour);
        var since = now - Duration.FromHours(24);
        var sent = await database.Outbox
            .Where(r => r.SentAt != null && r.SentAt > since)
            .OrderBy(r => r.SentAt)
            .Select(r => new { r.Recipient, r.SentAt })
            .ToListAsync(cancellation);
        foreach (var letter in sent)
        {
            window.Add(letter.Recipient, letter.SentAt!.Value);
        }

        return window;
    }

    /// <summary>What one run remembers between letters.</summary>
    private sealed class Run(DispatchReport report)
    {
        public DispatchReport Report { get; } = report;

        public HashSet<string> DeadAddresses { get; } = new(StringComparer.OrdinalIgnoreCase);

        public bool Archived { get; set; }

        public bool ArchiveFailed { get; set; }

        public int LostConnections { get; set; }

        public SendingPause? Pause { get; set; }

        public bool MustEnd =>
            Pause is not null || ArchiveFailed || Report.StoppedBecause is not null || LostConnections >= LostConnectionsToStop;

        public void Count(IEnumerable<LetterResult> results)
        {
            foreach (var result in results)
            {
                Report.Sent += result.State == OutboxState.Sent ? 1 : 0;
                Report.Dropped += result.State == OutboxState.Dropped ? 1 : 0;
                Report.Dead += result.State == OutboxState.Dead ? 1 : 0;
                Report.Deferred += result.State == OutboxState.Pending ? 1 : 0;
            }
        }
    }
}
