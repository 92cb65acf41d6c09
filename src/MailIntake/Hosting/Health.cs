using System.Globalization;
using System.Text.Json.Serialization;

using MailIntake.Correspondence.Notices;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Hosting;

/// <summary>
/// Whether all is well: red when the mailbox was not polled for too long, when credentials are refused, when a part of the round
/// breaks off, or when mail or letters have failed. A worker that only waits is not well.
/// </summary>
/// <remarks>
/// The last poll stands in the database too: of two workers the one that is idle is as well as the one that polls.
/// </remarks>
internal sealed class Health(
    IDbContextFactory<IntakeDatabase> databases, HealthOptions options, MailboxOptions mailbox, IClock clock, ILogger<Health> logger) : IWorkerCondition
{
    private readonly Lock _lock = new();
    private readonly Instant _startedAt = clock.GetCurrentInstant();
    private readonly SortedDictionary<HealthPart, string> _broken = [];
    private Instant? _polledAt;
    private string? _mailboxAlarm;
    private string? _sendingAlarm;

    /// <summary>The mailbox was read whole.</summary>
    public void Polled()
    {
        lock (_lock)
        {
            _polledAt = clock.GetCurrentInstant();
            _mailboxAlarm = null;
        }
    }

    /// <summary>A person must look at the mailbox.</summary>
    public void MailboxNeedsPerson(string why)
    {
        lock (_lock)
        {
            _mailboxAlarm = why;
        }
    }

    /// <summary>A person must look at sending; null when it works again.</summary>
    public void SendingNeedsPerson(string? why)
    {
        lock (_lock)
        {
            _sendingAlarm = why;
        }
    }

    /// <summary>A part of the round was done.</summary>
    public void Worked(HealthPart part)
    {
        lock (_lock)
        {
            _broken.Remove(part);
        }
    }

    /// <summary>A part of the round broke off with a fault that is not the mailbox's or the letters' own.</summary>
    public void Failed(HealthPart part, Exception fault)
    {
        lock (_lock)
        {
            // The kind of the fault alone: its message may name what is nobody's business on a page.
            _broken[part] = $"{part.ToString().ToLowerInvariant()} breaks off ({fault.GetType().Name}); see the log";
        }
    }

    /// <summary>What is wrong now; nothing where all is well.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellation)
    {
        var faults = new List<string>();
        var causes = new List<string>();
        Instant? polledAt;
        lock (_lock)
        {
            polledAt = _polledAt;
            causes.AddRange(new[]
            {
                _mailboxAlarm is null ? null : AlertWriter.MailboxRefused,
                _sendingAlarm is null ? null : AlertWriter.SendingStopped,
                _broken.Count == 0 ? null : AlertWriter.WorkBroken,
            }.OfType<string>());
            faults.AddRange(new[] { _mailboxAlarm, _sendingAlarm }.OfType<string>().Concat(_broken.Values));
        }

        var counts = await CountAsync(cancellation);
        if (counts?.PolledAt > (polledAt ?? Instant.MinValue))
        {
            polledAt = counts.PolledAt;
        }

        var since = polledAt is { } polled && polled > _startedAt ? polled : _startedAt;
        var silence = clock.GetCurrentInstant() - since;
        if (silence > Duration.FromMinutes(options.RedAfterMinutes))
        {
            if (!causes.Contains(AlertWriter.MailboxRefused))
            {
                causes.Add(AlertWriter.MailboxSilent);
            }

            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the mailbox has not been polled for {(int)silence.TotalMinutes} minutes"));
        }

        if (counts is null)
        {
            faults.Add("the database does not answer");
            counts = new Counts(null, 0, 0, 0, 0);
        }

        if (counts.Failed > 0)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{counts.Failed} mails failed"));
        }

        if (counts.Dead > 0)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{counts.Dead} letters could not be sent"));
        }

        return new HealthReport(
            faults.Count == 0 ? "green" : "red", faults, polledAt?.ToString(), counts.Held, counts.Failed, counts.Waiting, counts.Dead) { Causes = causes };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindCausesAsync(CancellationToken cancellation) => (await CheckAsync(cancellation)).Causes;

    /// <summary>What stands in the database; null where it does not answer.</summary>
    private async Task<Counts?> CountAsync(CancellationToken cancellation)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return new Counts(
                await database.Cursors.Where(c => c.Mailbox == mailbox.Name)
                    .OrderByDescending(c => c.PolledAt).Select(c => (Instant?)c.PolledAt).FirstOrDefaultAsync(cancellation),
                await database.Messages.CountAsync(m => m.State == MessageState.Held, cancellation),
                await database.Messages.CountAsync(m => m.State == MessageState.Failed, cancellation),
                await database.Outbox.CountAsync(o => o.State == OutboxState.Pending || o.State == OutboxState.Sending, cancellation),
                await database.Outbox.CountAsync(o => o.State == OutboxState.Dead, cancellation));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "The health page could not ask the database");
            return null;
        }
    }

    private sealed record Counts(Instant? PolledAt, int Held, int Failed, int Waiting, int Dead);
}

/// <summary>Parts of the worker's round.</summary>
internal enum HealthPart
{
    Fetching,
    Processing,
    Reminders,
    Digest,
    Sending,
}

/// <summary>What <c>/healthz</c> says.</summary>
/// <param name="Status"><c>green</c> or <c>red</c>.</param>
/// <param name="Faults">What is wrong, a sentence each.</param>
/// <param name="PolledAt">When the mailbox was last read whole, ISO 8601 UTC; null where it was not since the start.</param>
/// <param name="Held">Mail that waits for staff.</param>
/// <param name="Failed">Mail that failed.</param>
/// <param name="Waiting">Letters that wait.</param>
/// <param name="Dead">Letters that were given up.</param>
internal sealed record HealthReport(
    string Status, IReadOnlyList<string> Faults, string? PolledAt, int Held, int Failed, int Waiting, int Dead)
{
    /// <summary>What staff are alerted of, by the names in <see cref="AlertWriter"/>; not shown on the page.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Causes { get; init; } = [];
}
