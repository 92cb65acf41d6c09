using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Mail.Transports;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>Composes, paces, sends and archives one letter, and judges from the server's answer what becomes of its row.</summary>
internal sealed class LetterSender(
    IMailTransport transport,
    IMailArchive archive,
    IEnumerable<ILetterComposer> composers,
    LetterAddresser addresser,
    MailIdentity identity,
    SendingState sending,
    SendingOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<LetterSender> log)
{
    private readonly Dictionary<string, ILetterComposer> _composers = composers.ToDictionary(c => c.Kind, StringComparer.Ordinal);
    private long? _lastSent;

    /// <summary>Composes the letter of a row; null where there is no letter of its kind.</summary>
    public async Task<Composition?> ComposeAsync(IntakeDatabase database, OutboxRow row, CancellationToken cancellation) =>
        _composers.TryGetValue(row.Kind, out var composer) ? await composer.ComposeAsync(row, database, cancellation) : null;

    /// <summary>Sends the letter of one claimed row, composed or being composed; whatever goes wrong, there too, is a result.</summary>
    public async Task<LetterResult> SendAsync(
        OutboxRow row, Task<Composition?> composing, SendWindow window, DispatchRun run, CancellationToken cancellation)
    {
        try
        {
            if (row.Attempts > options.MaxAttempts)
            {
                return new LetterResult(row, OutboxState.Dead, "The worker ended each time while it was being sent.");
            }

            if (await composing is not { } composition)
            {
                return new LetterResult(row, OutboxState.Dead, $"There is no letter of the kind {row.Kind}.");
            }

            if (composition.Letter is not { } letter)
            {
                return new LetterResult(row, OutboxState.Dropped, composition.DroppedBecause ?? "not needed any more");
            }

            var recipient = composition.Recipient ?? row.Recipient;
            if (options.DryRun)
            {
                if (addresser.Divert(letter, recipient) is not { } diverted)
                {
                    return new LetterResult(row, OutboxState.Dropped, "A dry run without staff shows nothing.");
                }

                (letter, recipient) = diverted;
            }

            if (run.DeadAddresses.Contains(recipient))
            {
                return new LetterResult(row, OutboxState.Dead, $"The address {recipient} is dead.");
            }

            if (window.NextFor(recipient, clock.GetCurrentInstant(), row.UnitCode) is { } next)
            {
                return LetterResult.GivenBack(row, $"{options.MaxPerAddressAndHour} letters an hour to one address and {options.MaxPerUnitAndDay} a day to one unit are the limit") with { NextAttemptAt = next };
            }

            var bytes = addresser.Address(row, letter, recipient);
            await PaceAsync(cancellation);
            var outcome = await HandOverAsync(row, recipient, bytes, run, cancellation);
            return outcome.Status == SendStatus.DeadAddress && composition.Recipient is not null && row.Attempts < options.MaxAttempts
                ? ToNextAddress(row, recipient, outcome, run)
                : await JudgeAsync(row, letter, recipient, bytes, outcome, window, run);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return LetterResult.GivenBack(row, "interrupted");
        }
        catch (Exception error)
        {
            // A letter that cannot be made is this letter's own trouble: it is tried again, then staff see it.
            log.LogError(error, "Letter {Id} could not be made", row.Id);
            return Deferred(row, $"The letter could not be made: {error.GetType().Name}", null);
        }
    }

    private async Task<SendOutcome> HandOverAsync(OutboxRow row, string recipient, byte[] bytes, DispatchRun run, CancellationToken cancellation)
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
        OutboxRow row, Letter letter, string recipient, byte[] bytes, SendOutcome outcome, SendWindow window, DispatchRun run)
    {
        var now = clock.GetCurrentInstant();
        run.LostConnections = outcome.Status == SendStatus.Reconnect ? run.LostConnections + 1 : 0;
        switch (outcome.Status)
        {
            case SendStatus.Sent:
                window.Add(recipient, now, row.UnitCode);
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
                return LetterResult.GivenBack(row, outcome.Reply) with { Recipient = recipient };

            case SendStatus.AskPerson:
                sending.Stop(outcome.Reply);
                run.Report.StoppedBecause = outcome.Reply;
                log.LogCritical("Sending is stopped until the restart: {Reply}", outcome.Reply);
                return LetterResult.GivenBack(row, outcome.Reply) with { Recipient = recipient };

            case SendStatus.Reconnect:
                return LostConnection(row, outcome, now) with { Recipient = recipient };

            case SendStatus.Unknown:
                return Deferred(row, outcome.Reply, RetryPlan.AfterUnknown.ToTimeSpan()) with { Recipient = recipient };

            default:
                return Deferred(row, outcome.Reply, outcome.RetryAfter) with { Recipient = recipient };
        }
    }

    /// <summary>A letter to a unit, not to a person, is composed anew for the unit's next live address; without one it is given up then.</summary>
    private LetterResult ToNextAddress(OutboxRow row, string recipient, SendOutcome outcome, DispatchRun run)
    {
        log.LogWarning("Letter {Id}: the address does not exist; it goes to the unit's next one", row.Id);
        run.LostConnections = 0;
        run.DeadAddresses.Add(recipient);
        return new LetterResult(row, OutboxState.Pending, outcome.Reply) { Recipient = recipient, AddressIsDead = true };
    }

    /// <summary>The network is not the letter's fault: the try does not count, but five days of it do.</summary>
    private static LetterResult LostConnection(OutboxRow row, SendOutcome outcome, Instant now) =>
        now - row.CreatedAt > RetryPlan.GiveUpAfter
            ? new LetterResult(row, OutboxState.Dead, outcome.Reply)
            : LetterResult.GivenBack(row, outcome.Reply) with { NextAttemptAt = now + Wait(outcome, RetryPlan.DefaultPause) };

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

    private async Task ArchiveAsync(OutboxRow row, byte[] bytes, Instant now, DispatchRun run)
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
}
