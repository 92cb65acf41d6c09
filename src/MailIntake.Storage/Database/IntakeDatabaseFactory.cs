using System.Data.Common;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

using Npgsql;

namespace MailIntake.Storage.Database;

/// <summary>
/// Opens the database. Contexts are pooled: take one for each piece of work and dispose it. Nothing is tried again behind the
/// caller's back: a unit of work that failed is repeated as a whole by whoever knows what it was.
/// </summary>
public sealed class IntakeDatabaseFactory : IDbContextFactory<IntakeDatabase>
{
    private readonly PooledDbContextFactory<IntakeDatabase> _pool;
    private readonly string? _migrationLock;

    private IntakeDatabaseFactory(DbContextOptionsBuilder<IntakeDatabase> options, string connectionString, string? migrationLock)
    {
        ConnectionString = connectionString;
        _pool = new PooledDbContextFactory<IntakeDatabase>(options.Options);
        _migrationLock = migrationLock;
    }

    /// <summary>The connection string with the defaults filled in; holds a password where the database asks for one, so it is never logged.</summary>
    public string ConnectionString { get; }

    /// <summary>A SQLite file: <c>Data Source=var/mailintake.db</c>. Its folder is made where it is missing.</summary>
    public static IntakeDatabaseFactory Sqlite(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        var path = Path.GetFullPath(settings.DataSource);
        settings.DataSource = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new DbContextOptionsBuilder<IntakeDatabase>()
            .UseSqlite(settings.ConnectionString)
            .AddInterceptors(new SqliteSettings());
        return new IntakeDatabaseFactory(options, settings.ConnectionString, path + ".migrating");
    }

    /// <summary>A PostgreSQL database; what the connection string leaves open: at most 20 connections, 60 s for a command, UTC, prepared statements.</summary>
    public static IntakeDatabaseFactory PostgreSql(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder
        {
            MaxPoolSize = 20,
            CommandTimeout = 60,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            ApplicationName = "mailintake",
            Timezone = "UTC",
        };
        foreach (string key in given.Keys)
        {
            settings[key] = given[key];
        }

        var options = new DbContextOptionsBuilder<IntakeDatabase>().UseNpgsql(settings.ConnectionString);
        return new IntakeDatabaseFactory(options, settings.ConnectionString, migrationLock: null);
    }

    /// <inheritdoc/>
    public IntakeDatabase CreateDbContext() => _pool.CreateDbContext();

    /// <inheritdoc cref="IDbContextFactory{TContext}.CreateDbContextAsync"/>
    public Task<IntakeDatabase> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        _pool.CreateDbContextAsync(cancellationToken);

    /// <summary>Brings the database to the newest schema, and makes it where it is missing. Several processes may do so at once.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        var database = await CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            if (await IsCurrentAsync(database, cancellation).ConfigureAwait(false))
            {
                return;
            }

            using var alone = _migrationLock is null ? null : await FileLock.TakeAsync(_migrationLock, cancellation).ConfigureAwait(false);
            if (alone is not null && !await IsCurrentAsync(database, cancellation).ConfigureAwait(false))
            {
                // On SQLite the framework locks by a row, which a killed process leaves behind, and then waits for it for ever.
                // Our lock is a file's and dies with the process: who holds it knows that such a row is nobody's.
                await database.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation).ConfigureAwait(false);
            }

            await MigrateBesideOthersAsync(database, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// On PostgreSQL the framework's lock is let go between two migrations, and another worker may slip in. What it did then fails
    /// here and is rolled back: as long as the schema moved on, somebody works on it, and the rest is looked at anew.
    /// </summary>
    private static async Task MigrateBesideOthersAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await CountAppliedAsync(database, cancellation).ConfigureAwait(false);
            try
            {
                await database.Database.MigrateAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (DbException) when (!cancellation.IsCancellationRequested)
            {
                if (await CountAppliedAsync(database, cancellation).ConfigureAwait(false) == before)
                {
                    throw;
                }
            }
        }
    }

    private static async Task<int> CountAppliedAsync(IntakeDatabase database, CancellationToken cancellation) =>
        (await database.Database.GetAppliedMigrationsAsync(cancellation).ConfigureAwait(false)).Count();

    private static async Task<bool> IsCurrentAsync(IntakeDatabase database, CancellationToken cancellation) =>
        !(await database.Database.GetPendingMigrationsAsync(cancellation).ConfigureAwait(false)).Any();
}
