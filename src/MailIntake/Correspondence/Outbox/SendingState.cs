using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>
/// Whether letters may go out at all. A pause (the server's limits) is kept in the database, so that a restart respects
/// it; a stop (authorisation code refused) lasts until the process is restarted by a person who mended it.
/// </summary>
internal sealed class SendingState
{
    private const string PauseName = "sending-pause";
    private const int LongestReason = 120;

    /// <summary>Why sending stopped until a person acts; null while it has not.</summary>
    public string? StoppedBecause { get; private set; }

    /// <summary>Stops sending until the restart.</summary>
    public void Stop(string why) => StoppedBecause = why;

    /// <summary>The pause that lasts at <paramref name="now"/>; null where there is none.</summary>
    public static async Task<SendingPause?> FindPauseAsync(IntakeDatabase database, Instant now, CancellationToken cancellation)
    {
        var row = await database.Leases.AsNoTracking().SingleOrDefaultAsync(l => l.Name == PauseName, cancellation);
        return row is not null && row.Until > now ? new SendingPause(row.Until, row.Holder) : null;
    }

    /// <summary>Pauses sending; a pause that lasts longer already stays.</summary>
    public static async Task PauseAsync(IntakeDatabase database, Instant until, string why, CancellationToken cancellation)
    {
        var reason = why.Length > LongestReason ? why[..LongestReason] : why;
        var row = await database.Leases.SingleOrDefaultAsync(l => l.Name == PauseName, cancellation);
        if (row is null)
        {
            database.Leases.Add(new LeaseRow { Name = PauseName, Holder = reason, Until = until });
        }
        else if (row.Until < until)
        {
            row.Holder = reason;
            row.Until = until;
        }

        await database.SaveChangesAsync(cancellation);
    }
}

/// <summary>Nothing is sent for a while.</summary>
/// <param name="Until">Until when.</param>
/// <param name="Why">The server's words.</param>
internal sealed record SendingPause(Instant Until, string Why);
