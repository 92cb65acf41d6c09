using System.Globalization;

using MailIntake.Servers;
using MailIntake.Tests.Commands;
using MailIntake.Tests.Hosting;

using Npgsql;

namespace MailIntake.Tests.Schedules;

/// <summary>Two workers on one PostgreSQL database and one data folder.</summary>
public sealed class ClusterTests
{
    private const string Settings = """
        {
          "Mailbox": { "Type": "Maildir", "MaildirPath": "mail-in" },
          "Sending": { "Type": "Maildir", "MaildirPath": "mail-out", "PaceSeconds": 0 },
          "Storage": { "DataFolder": "data" },
          "Database": { "Provider": "PostgreSql" },
          "Schedules": { "PollSeconds": 10, "DispatchSeconds": 2 },
          "Health": { "Url": "" }
        }
        """;

    [Fact]
    public async Task When_one_of_two_workers_is_killed_the_other_goes_on_polling_and_sending()
    {
        await using var database = await TestServers.PostgreSql.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        using var world = VerbWorld.Empty(Settings);
        await using var first = WorkerProcess.StartWorker(world, Environment(database));
        await using var second = WorkerProcess.StartWorker(world, Environment(database));
        await first.HealthAsync();
        await second.HealthAsync();
        await first.UntilAsync(async () => await CountAsync(database, "SELECT COUNT(*) FROM qrtz_scheduler_state") == 2);
        world.Deliver("M01");
        await first.UntilAsync(() => Receipts(world) == 1);

        await first.KillAsync();
        world.Deliver("M03");
        await second.UntilAsync(() => Receipts(world) == 2);

        await second.ExpectStopAsync();
        Assert.Equal(2, await CountAsync(database, "SELECT COUNT(*) FROM messages WHERE state = 'filed'"));
        Assert.Equal(2, await CountAsync(database, "SELECT COUNT(*) FROM outbox WHERE kind = 'receipt' AND state = 'sent'"));
    }

    [Fact]
    public async Task A_changed_interval_takes_the_place_of_the_one_that_the_store_kept()
    {
        await using var database = await TestServers.PostgreSql.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        using var world = VerbWorld.Empty(Settings);
        const string Interval = "SELECT repeat_interval FROM qrtz_simple_triggers WHERE trigger_name = 'dispatch'";
        await using (var before = WorkerProcess.StartWorker(world, Environment(database)))
        {
            await before.UntilAsync(async () => await HasScheduleAsync(database) && await CountAsync(database, Interval) == 2_000);
            await before.ExpectStopAsync();
        }

        await using var after = WorkerProcess.StartWorker(world, Environment(database, ("MAILINTAKE__Schedules__DispatchSeconds", "7")));

        await after.UntilAsync(async () => await CountAsync(database, Interval) == 7_000);
        await after.ExpectStopAsync();
    }

    private static Dictionary<string, string> Environment(TestDatabase database, params (string Name, string Value)[] more)
    {
        var variables = more.ToDictionary(m => m.Name, m => m.Value);
        variables["MAILINTAKE__Database__ConnectionString"] = database.ConnectionString;
        return variables;
    }

    private static async Task<bool> HasScheduleAsync(TestDatabase database) =>
        await CountAsync(database, "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'qrtz_simple_triggers'") == 1;

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) ?? 0L, CultureInfo.InvariantCulture);
    }

    private static int Receipts(VerbWorld world) => world.Letters().Count(l => l.Contains("Auto-Submitted: auto-replied", StringComparison.Ordinal));
}
