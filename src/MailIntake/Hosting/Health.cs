using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Hosting;

/// <summary>
/// Whether all is well: red when the mailbox was not polled for too long, when credentials are refused, or when mail or
/// letters have failed. A worker that only waits is not well.
/// </summary>
internal sealed class Health(IDbContextFactory<IntakeDatabase> databases, HealthOptions options, IClock clock)
{
    private readonly Lock _lock = new();
    private readonly Instant _startedAt = clock.GetCurrentInstant();
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

    /// <summary>What is wrong now; nothing where all is well.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellation)
    {
        var faults = new List<string>();
        Instant? polledAt;
        lock (_lock)
        {
            polledAt = _polledAt;
            faults.AddRange(new[] { _mailboxAlarm, _sendingAlarm }.OfType<string>());
        }

        var silence = clock.GetCurrentInstant() - (polledAt ?? _startedAt);
        if (silence > Duration.FromMinutes(options.RedAfterMinutes))
        {
            faults.Add($"the mailbox has not been polled for {(int)silence.TotalMinutes} minutes");
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var failed = await database.Messages.CountAsync(m => m.State == MessageState.Failed, cancellation);
        if (failed > 0)
        {
            faults.Add($"{failed} mails failed");
        }

        var dead = await database.Outbox.CountAsync(o => o.State == OutboxState.Dead, cancellation);
        if (dead > 0)
        {
            faults.Add($"{dead} letters could not be sent");
        }

        var held = await database.Messages.CountAsync(m => m.State == MessageState.Held, cancellation);
        var waiting = await database.Outbox.CountAsync(o => o.State == OutboxState.Pending || o.State == OutboxState.Sending, cancellation);
        return new HealthReport(faults.Count == 0 ? "green" : "red", faults, polledAt?.ToString(), held, failed, waiting, dead);
    }
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
    string Status, IReadOnlyList<string> Faults, string? PolledAt, int Held, int Failed, int Waiting, int Dead);
