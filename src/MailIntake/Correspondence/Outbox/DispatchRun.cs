using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>What one run remembers between letters.</summary>
internal sealed class DispatchRun(DispatchReport report)
{
    private const int LostConnectionsToStop = 3;

    /// <summary>What is told at the end.</summary>
    public DispatchReport Report { get; } = report;

    /// <summary>Addresses that nothing is sent to: those known when the batch began, and those that turned out not to exist since.</summary>
    public HashSet<string> DeadAddresses { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Something was appended to the archive and is not durable yet.</summary>
    public bool Archived { get; set; }

    /// <summary>The archive takes nothing: nothing more is sent.</summary>
    public bool ArchiveFailed { get; set; }

    /// <summary>Letters in a row whose connection was lost.</summary>
    public int LostConnections { get; set; }

    /// <summary>The pause that the server wants; null for none.</summary>
    public SendingPause? Pause { get; set; }

    /// <summary>Nothing more is sent in this run.</summary>
    public bool MustEnd =>
        Pause is not null || ArchiveFailed || Report.StoppedBecause is not null || LostConnections >= LostConnectionsToStop;

    /// <summary>Counts what was written.</summary>
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
