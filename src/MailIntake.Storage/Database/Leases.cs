using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Storage.Database;

/// <summary>One task, one worker. A lease is held by name until an instant, and taken over when it has run out or its holder is dead.</summary>
public sealed class Leases(IDbContextFactory<IntakeDatabase> databases)
{
    /// <summary>
    /// True where the lease is now the holder's: it was free, its own, run out, or held by a process of this machine that is no
    /// longer alive (<see cref="LeaseHolder"/>).
    /// </summary>
    public async Task<bool> TryAcquireAsync(string name, string holder, Instant until, Instant now, CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            if (await TakeAsync(
                database.Leases.Where(l => l.Name == name && (l.Holder == holder || l.Holder == "" || l.Until <= now)),
                holder, until, cancellation).ConfigureAwait(false))
            {
                return true;
            }

            var other = await database.Leases.AsNoTracking().Where(l => l.Name == name).Select(l => l.Holder)
                .FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
            if (other is null)
            {
                return await TryInsertAsync(database, name, holder, until, cancellation).ConfigureAwait(false);
            }

            return LeaseHolder.IsKnownDead(other)
                && await TakeAsync(database.Leases.Where(l => l.Name == name && l.Holder == other), holder, until, cancellation)
                    .ConfigureAwait(false);
        }
    }

    /// <summary>Holds it longer; false where it is not the holder's any more: stop the work.</summary>
    public async Task<bool> RenewAsync(string name, string holder, Instant until, CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await TakeAsync(database.Leases.Where(l => l.Name == name && l.Holder == holder), holder, until, cancellation)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Lets it go; nothing happens where it is not the holder's.</summary>
    public async Task ReleaseAsync(string name, string holder, CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await database.Leases.Where(l => l.Name == name && l.Holder == holder)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.Holder, ""), cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<bool> TakeAsync(IQueryable<LeaseRow> lease, string holder, Instant until, CancellationToken cancellation) =>
        await lease.ExecuteUpdateAsync(
            set => set.SetProperty(l => l.Holder, holder).SetProperty(l => l.Until, until), cancellation).ConfigureAwait(false) == 1;

    private static async Task<bool> TryInsertAsync(
        IntakeDatabase database, string name, string holder, Instant until, CancellationToken cancellation)
    {
        database.Leases.Add(new LeaseRow { Name = name, Holder = holder, Until = until });
        try
        {
            await database.SaveChangesAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return false;
        }
    }
}
