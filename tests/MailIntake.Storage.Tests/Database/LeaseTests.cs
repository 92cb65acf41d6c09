using System.Diagnostics;
using System.Globalization;

using MailIntake.Servers;
using MailIntake.Storage.Database;

using NodaTime;

using Xunit;

namespace MailIntake.Storage.Tests.Database;

public class LeaseTests
{
    private static readonly Instant Now = TestIntakeDatabase.Now;
    private static readonly Instant Later = Now + Duration.FromMinutes(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_lease_has_one_holder_until_it_runs_out(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var leases = new Leases(database.Factory);

        Assert.True(await leases.TryAcquireAsync("dispatch", "a:1:1", Later, Now, Stop));
        Assert.True(await leases.TryAcquireAsync("dispatch", "a:1:1", Later, Now, Stop));
        Assert.False(await leases.TryAcquireAsync("dispatch", "b:1:1", Later, Now, Stop));
        Assert.False(await leases.RenewAsync("dispatch", "b:1:1", Later, Stop));
        Assert.False(await leases.TryAcquireAsync("dispatch", "b:1:1", Later, Later - Duration.FromSeconds(1), Stop));
        Assert.True(await leases.TryAcquireAsync("poll", "b:1:1", Later, Now, Stop));

        Assert.True(await leases.TryAcquireAsync("dispatch", "b:1:1", Later + Duration.FromMinutes(5), Later, Stop));
        Assert.False(await leases.RenewAsync("dispatch", "a:1:1", Later, Stop));
    }

    [Theory, EveryDatabase]
    public async Task A_renewed_lease_lasts_and_a_released_one_is_free(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var leases = new Leases(database.Factory);
        Assert.True(await leases.TryAcquireAsync("dispatch", "a:1:1", Later, Now, Stop));
        Assert.True(await leases.RenewAsync("dispatch", "a:1:1", Later + Duration.FromMinutes(5), Stop));
        Assert.False(await leases.TryAcquireAsync("dispatch", "b:1:1", Later + Duration.FromMinutes(9), Later, Stop));

        await leases.ReleaseAsync("dispatch", "b:1:1", Stop);
        Assert.False(await leases.TryAcquireAsync("dispatch", "b:1:1", Later + Duration.FromMinutes(9), Later, Stop));
        await leases.ReleaseAsync("dispatch", "a:1:1", Stop);
        Assert.True(await leases.TryAcquireAsync("dispatch", "b:1:1", Later, Now, Stop));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_ask_at_once_one_gets_it(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var leases = new Leases(database.Factory);
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(
            i => Task.Run(() => leases.TryAcquireAsync("dispatch", $"host-{i}:1:1", Later, Now, Stop))));
        Assert.Single(answers, true);
    }

    [Theory, EveryDatabase]
    public async Task A_lease_of_a_dead_process_of_this_machine_is_taken_over_at_once(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var leases = new Leases(database.Factory);
        Assert.True(await leases.TryAcquireAsync("dispatch", LeaseHolder.Current, Later, Now, Stop));
        Assert.False(await leases.TryAcquireAsync("dispatch", "b:1:1", Later, Now, Stop));

        // The same process number, begun at another time: the number was given again.
        var earlier = LeaseHolder.Current + "0";
        Assert.True(await leases.TryAcquireAsync("poll", earlier, Later, Now, Stop));
        Assert.True(await leases.TryAcquireAsync("poll", LeaseHolder.Current, Later, Now, Stop));
    }

    [Fact]
    public async Task A_process_that_ended_and_whose_parent_never_asked_is_dead()
    {
        if (!OperatingSystem.IsLinux())
        {
            TestServers.Skip("This test needs /proc.");
        }

        using var parent = Process.Start(new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 600" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var id = (await parent.StandardOutput.ReadLineAsync(Stop))!;

            // The shell would ask for a child that ended before it became the one that never asks.
            while ((await File.ReadAllTextAsync($"/proc/{parent.Id}/comm", Stop)).Trim() != "sleep")
            {
                await Task.Yield();
            }

            parent.StandardInput.Close();
            string[] fields;
            do
            {
                await Task.Yield();
                var stat = await File.ReadAllTextAsync($"/proc/{id}/stat", Stop);
                fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            }
            while (fields[0] != "Z");

            Assert.True(LeaseHolder.IsKnownDead($"{LeaseHolder.Current.Split(':')[0]}:{id}:{fields[19]}"));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task Who_is_dead_is_known_only_on_the_same_machine()
    {
        Assert.False(LeaseHolder.IsKnownDead(LeaseHolder.Current));
        using var other = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        var id = other.Id.ToString(CultureInfo.InvariantCulture);
        other.Kill();
        await other.WaitForExitAsync(Stop);

        var parts = LeaseHolder.Current.Split(':');
        Assert.True(LeaseHolder.IsKnownDead($"{parts[0]}:{id}:{parts[2]}"));
        Assert.False(LeaseHolder.IsKnownDead($"elsewhere:{id}:{parts[2]}"));
        Assert.False(LeaseHolder.IsKnownDead(""));
        Assert.False(LeaseHolder.IsKnownDead("what:ever"));
    }
}
