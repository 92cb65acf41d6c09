using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database;

using Npgsql;

using Quartz;

using Xunit;

namespace MailIntake.Storage.Tests.Database;

public class MigrationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_migrated_schema_is_the_models(Engine engine)
    {
        await using var migrated = await TestIntakeDatabase.CreateAsync(engine);
        await using var made = await TestIntakeDatabase.CreateEmptyAsync(engine);
        await made.ReadAsync(database => database.Database.EnsureCreatedAsync(Stop));

        static bool IsOurs(string line) => !line.Contains("__EFMigrations", StringComparison.Ordinal)
            && !line.Contains("qrtz_", StringComparison.Ordinal);
        var expected = await made.ReadAsync(database => Schema.ReadAsync(database, engine));
        var actual = await migrated.ReadAsync(database => Schema.ReadAsync(database, engine));
        Assert.True(expected.Count > 100, "The schema was not read.");
        Assert.Equal(expected, actual.Where(IsOurs));
    }

    [Fact]
    public async Task The_schedulers_tables_are_those_that_the_scheduler_would_make()
    {
        await using var migrated = await TestIntakeDatabase.CreateAsync(Engine.PostgreSql);
        await using var made = await TestIntakeDatabase.CreateEmptyAsync(Engine.PostgreSql);
        await made.ReadAsync(database => ProvisionAsync(database));

        static bool IsOptional(string line) => line.Contains("_history", StringComparison.Ordinal)
            || line.Contains("qrtz_job_status", StringComparison.Ordinal);
        var expected = await made.ReadAsync(database => Schema.ReadAsync(database, Engine.PostgreSql));
        var actual = await migrated.ReadAsync(database => Schema.ReadAsync(database, Engine.PostgreSql));
        Assert.Equal(Compared(expected.Where(l => !IsOptional(l))), Compared(actual));

        // Keys and foreign keys are named by us and by the database; the rest of their definition counts.
        static IEnumerable<string> Compared(IEnumerable<string> lines) => lines
            .Where(l => l.Contains("qrtz_", StringComparison.Ordinal))
            .Select(l => l.StartsWith("constraint ", StringComparison.Ordinal) ? Without(l, 2)
                : l.StartsWith("index CREATE UNIQUE INDEX ", StringComparison.Ordinal) ? Without(l, 4) : l)
            .Order(StringComparer.Ordinal);
        static string Without(string line, int word) => string.Join(' ', line.Split(' ').Where((_, i) => i != word));
    }

    [Fact]
    public async Task A_clustered_scheduler_runs_on_the_migrated_tables()
    {
        await using var migrated = await TestIntakeDatabase.CreateAsync(Engine.PostgreSql);
        var done = new TaskCompletionSource();
        ScheduledJob.Done = done;
        var scheduler = await SchedulerOn(migrated.Factory.ConnectionString, provision: false);
        try
        {
            await scheduler.Start(Stop);
            var job = JobBuilder.Create<ScheduledJob>().WithIdentity("poll").StoreDurably().Build();
            await scheduler.ScheduleJob(
                job, TriggerBuilder.Create().WithIdentity("digest").WithCronSchedule("0 30 8 ? * MON-FRI").Build(), cancellationToken: Stop);
            await scheduler.ScheduleJob(TriggerBuilder.Create().WithIdentity("now").ForJob(job).StartNow().Build(), cancellationToken: Stop);
            await done.Task.WaitAsync(TimeSpan.FromMinutes(3), Stop);
        }
        finally
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, Stop);
        }

        var expression = await migrated.ReadAsync(database => database.Database
            .SqlQueryRaw<string>("SELECT cron_expression AS \"Value\" FROM qrtz_cron_triggers").SingleAsync(Stop));
        Assert.Equal("0 30 8 ? * MON-FRI", expression);
    }

    [Theory, EveryDatabase]
    public async Task Migrations_can_be_taken_back(Engine engine)
    {
        await using var migrated = await TestIntakeDatabase.CreateAsync(engine);
        await migrated.ReadAsync(async database =>
        {
            await database.Database.MigrateAsync("0", Stop);
            return 0;
        });
        var left = await migrated.ReadAsync(database => Schema.ReadAsync(database, engine));
        Assert.DoesNotContain(left, l => l.Contains("messages", StringComparison.Ordinal) || l.Contains("qrtz_", StringComparison.Ordinal));
        await migrated.Factory.MigrateAsync(Stop);
    }

    [Theory, EveryDatabase]
    public async Task Workers_that_start_together_migrate_once(Engine engine)
    {
        await using var empty = await TestIntakeDatabase.CreateEmptyAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => empty.Factory.MigrateAsync(Stop))));
        Assert.Empty(await empty.ReadAsync(async database => await database.Database.GetPendingMigrationsAsync(Stop)));
    }

    [Fact]
    public async Task A_worker_killed_while_it_migrated_does_not_block_the_next()
    {
        await using var empty = await TestIntakeDatabase.CreateEmptyAsync(Engine.Sqlite);
        await empty.ReadAsync(database => database.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2018-01-01');
            """, Stop));
        await empty.Factory.MigrateAsync(Stop).WaitAsync(TimeSpan.FromMinutes(3), Stop);
    }

    [Fact]
    public async Task Every_SQLite_connection_is_durable_and_checks_its_keys()
    {
        await using var database = await TestIntakeDatabase.CreateAsync(Engine.Sqlite);
        foreach (var (pragma, value) in new[] { ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("busy_timeout", "15000") })
        {
            var actual = await database.ReadAsync(async context =>
            {
                await context.Database.OpenConnectionAsync(Stop);
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"PRAGMA {pragma}";
                return Convert.ToString(await command.ExecuteScalarAsync(Stop), System.Globalization.CultureInfo.InvariantCulture);
            });
            Assert.Equal(value, actual);
        }
    }

    [Fact]
    public void A_PostgreSQL_connection_keeps_what_it_is_told_and_fills_in_the_rest()
    {
        var settings = new NpgsqlConnectionStringBuilder(
            IntakeDatabaseFactory.PostgreSql("Host=db;Database=mailintake;Maximum Pool Size=3").ConnectionString);
        Assert.Equal(("db", "mailintake", 3), (settings.Host, settings.Database, settings.MaxPoolSize));
        Assert.Equal((60, 100, "UTC"), (settings.CommandTimeout, settings.MaxAutoPrepare, settings.Timezone));
    }

    private static async Task<int> ProvisionAsync(IntakeDatabase database)
    {
        var scheduler = await SchedulerOn(database.Database.GetConnectionString()!, provision: true);
        await scheduler.Start(Stop);
        await scheduler.Shutdown(waitForJobsToComplete: true, Stop);
        return 0;
    }

    private static async Task<IScheduler> SchedulerOn(string connectionString, bool provision) =>
        await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(options => options.InstanceName = Guid.NewGuid().ToString("N"));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.UseClustering();
                if (provision)
                {
                    store.ProvisionSchema();
                }
            });
        }).BuildScheduler(Stop);

    private sealed class ScheduledJob : IJob
    {
        public static TaskCompletionSource? Done { get; set; }

        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            Done?.TrySetResult();
            return default;
        }
    }
}
