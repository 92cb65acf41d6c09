using MailIntake.Domain.Units;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Hosting;

/// <summary>Puts a roster into the database.</summary>
internal static class RosterStore
{
    /// <summary>What an import changed.</summary>
    /// <param name="Added">New units.</param>
    /// <param name="Changed">Units with new values.</param>
    /// <param name="Removed">Units that are gone.</param>
    /// <param name="Unchanged">The rest.</param>
    /// <param name="KeptBecauseOfEntries">Codes of units that the new roster lacks but that have sent something: they stay.</param>
    internal sealed record Report(int Added, int Changed, int Removed, int Unchanged, IReadOnlyList<string> KeptBecauseOfEntries);

    /// <summary>Fills an empty database; one that has units is left alone, since staff may have changed them.</summary>
    public static async Task FillIfEmptyAsync(IntakeDatabase database, Roster roster, CancellationToken cancellation)
    {
        if (await database.Units.AnyAsync(cancellation))
        {
            return;
        }

        try
        {
            await ReplaceAsync(database, roster, cancellation);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            // Another process started at the same moment and filled it, in one transaction: it is there, whole.
            database.ChangeTracker.Clear();
        }
    }

    /// <summary>Makes the database's roster equal to <paramref name="roster"/>.</summary>
    public static async Task<Report> ReplaceAsync(IntakeDatabase database, Roster roster, CancellationToken cancellation)
    {
        var rows = await database.Units.ToDictionaryAsync(u => u.Code, cancellation);
        var (added, changed, unchanged) = (0, 0, 0);
        for (var position = 0; position < roster.Units.Count; position++)
        {
            var wanted = UnitRows.ToRow(roster.Units[position], position);
            if (!rows.Remove(wanted.Code, out var row))
            {
                database.Units.Add(wanted);
                added++;
                continue;
            }

            var entry = database.Entry(row);
            entry.CurrentValues.SetValues(wanted);
            if (entry.State == EntityState.Modified)
            {
                changed++;
            }
            else
            {
                unchanged++;
            }
        }

        var leftOver = rows.Keys.ToList();
        var kept = await database.Entries.Where(e => leftOver.Contains(e.UnitCode)).Select(e => e.UnitCode).Distinct().ToListAsync(cancellation);
        var removed = rows.Values.Where(r => !kept.Contains(r.Code)).ToList();
        database.Units.RemoveRange(removed);
        await database.SaveChangesAsync(cancellation);
        return new Report(added, changed, removed.Count, unchanged, kept);
    }
}
