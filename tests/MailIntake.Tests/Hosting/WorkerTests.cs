using System.Net;

using MailIntake.Tests.Commands;

namespace MailIntake.Tests.Hosting;

/// <summary>The worker as a real process: it polls, answers, says how it is, and stops when it is told to.</summary>
public sealed class WorkerTests
{
    private const string Settings = """
        {
          "Mailbox": { "Type": "Maildir", "MaildirPath": "mail-in", "Password": "tiger-lily" },
          "Sending": { "Type": "Maildir", "MaildirPath": "mail-out", "PaceSeconds": 0, "Password": "tiger-lily" },
          "Storage": { "DataFolder": "data" },
          "Schedules": { "PollSeconds": 10, "DispatchSeconds": 1 },
          "Health": { "Url": "" },
          "Serilog": { "MinimumLevel": { "Default": "Debug" } }
        }
        """;

    [Fact]
    public async Task A_mail_that_arrives_is_answered_and_the_worker_stops_cleanly_when_told()
    {
        using var world = VerbWorld.Empty(Settings);
        await using var worker = WorkerProcess.StartWorker(world);
        var (status, report) = await worker.HealthAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("green", report.GetProperty("status").GetString());

        world.Deliver("M01");
        await worker.UntilAsync(() => Receipts(world) == 1);
        (status, report) = await worker.HealthAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(report.GetProperty("polledAt").GetString());

        await worker.ExpectStopAsync();

        Assert.Empty(Directory.GetDirectories(world.Path("data/work")));
        (await world.RunAsync("verify")).Expect(0);
        Assert.All((await world.RunAsync("outbox", "--json")).Json.EnumerateArray(), o => Assert.Equal("sent", o.GetProperty("state").GetString()));
        var log = string.Concat(Directory.GetFiles(world.Path("data/logs")).Select(File.ReadAllText)) + worker.Said;
        Assert.Contains("1 new in INBOX", log, StringComparison.Ordinal);
        Assert.DoesNotContain("tiger-lily", log, StringComparison.Ordinal);
        Assert.DoesNotContain("码上议事厅", log, StringComparison.Ordinal); // In the subject, the body and the attachment's name.
        Assert.DoesNotContain("简要材料", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_while_it_starts_has_not_failed()
    {
        using var world = VerbWorld.Empty(Settings);
        await using var worker = WorkerProcess.StartWorker(world);

        await worker.UntilAsync(() => File.Exists(world.Path("data/in-use.lock")));

        await worker.ExpectStopAsync();
        (await world.RunAsync("run", "--once")).Expect(0);
    }

    [Fact]
    public async Task Without_a_health_page_the_worker_works_all_the_same()
    {
        using var world = VerbWorld.Empty(Settings);
        world.Deliver("M01");
        await using var worker = WorkerProcess.Start(["run", "--config", world.SettingsFile, "--now", VerbWorld.Later]);

        await worker.UntilAsync(() => Receipts(world) == 1);

        await worker.ExpectStopAsync();
        Assert.DoesNotContain("http://", worker.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_decide_and_import_while_the_worker_runs_and_a_killed_one_leaves_no_lock()
    {
        using var world = VerbWorld.Empty(Settings);
        world.Deliver("M23");
        await using var worker = WorkerProcess.StartWorker(world);
        await worker.UntilAsync(async () => (await world.RunAsync("held", "--json")).Json.GetArrayLength() == 1);
        var mail = (await world.RunAsync("held", "--json")).Json[0].GetProperty("mail").ToString();

        (await world.RunAsync("assign", mail, "haigang")).Expect(0);
        (await world.RunAsync("import", VerbWorld.Sample("M02"))).Expect(0);
        await worker.UntilAsync(() => Receipts(world) == 2);
        await worker.KillAsync();

        (await world.RunAsync("import", VerbWorld.Sample("M03"))).Expect(0);
        (await world.RunAsync("run", "--once")).Expect(0);
        Assert.Equal(3, Receipts(world));
        (await world.RunAsync("verify")).Expect(0);
    }

    [Fact]
    public async Task The_worker_at_its_start_leaves_the_scratch_space_of_a_verb_alone()
    {
        using var world = VerbWorld.Empty(Settings);
        var left = Directory.CreateDirectory(world.Path("data/work/mail-of-a-verb")).FullName;
        using (await MailIntake.Hosting.DataFolderPresence.EnterAsync(world.Path("data"), TestContext.Current.CancellationToken))
        {
            await using var beside = WorkerProcess.StartWorker(world);
            await beside.HealthAsync();
            Assert.True(Directory.Exists(left));
            await beside.StopAsync();
        }

        await using var alone = WorkerProcess.StartWorker(world);
        await alone.HealthAsync();
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public async Task Every_setting_can_come_from_the_environment()
    {
        using var world = VerbWorld.Empty(Settings);
        string[] args = ["check-config", "--config", world.SettingsFile];

        await using var good = WorkerProcess.Start(args, new Dictionary<string, string> { ["MAILINTAKE__Storage__DataFolder"] = world.Path("elsewhere") });
        await using var bad = WorkerProcess.Start(args, new Dictionary<string, string> { ["MAILINTAKE__Schedules__PollSeconds"] = "1" });

        Assert.Equal(0, await good.EndAsync());
        Assert.Contains(world.Path("elsewhere"), good.Said, StringComparison.Ordinal);
        Assert.Equal(2, await bad.EndAsync());
        Assert.Contains("Schedules:PollSeconds", bad.Said, StringComparison.Ordinal);
    }

    private static int Receipts(VerbWorld world) => world.Letters().Count(l => l.Contains("Auto-Submitted: auto-replied", StringComparison.Ordinal));
}
