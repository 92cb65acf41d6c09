using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Matching;

/// <summary>Knows to whom our letters went.</summary>
internal interface IThreadLookup
{
    /// <summary>For each Message-ID that is one of our letters to a unit, the code of the unit.</summary>
    Task<IReadOnlyDictionary<string, string>> FindUnitsAsync(IReadOnlyCollection<string> messageIds, CancellationToken cancellation);
}

/// <summary>Looks it up in the outbox.</summary>
internal sealed class OutboxThreads(IDbContextFactory<IntakeDatabase> databases) : IThreadLookup
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> FindUnitsAsync(
        IReadOnlyCollection<string> messageIds, CancellationToken cancellation)
    {
        if (messageIds.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database.Outbox
            .Where(o => messageIds.Contains(o.MessageIdHeader) && o.UnitCode != null)
            .Select(o => new { o.MessageIdHeader, o.UnitCode })
            .ToListAsync(cancellation);
        return rows.DistinctBy(r => r.MessageIdHeader).ToDictionary(r => r.MessageIdHeader, r => r.UnitCode!);
    }
}
