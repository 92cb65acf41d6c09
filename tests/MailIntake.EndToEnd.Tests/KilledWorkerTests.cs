using System.Diagnostics;

using MailIntake.Simulation.Campaigns;
using MailIntake.Simulation.Deployments;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>What a power cut does: the worker is killed with SIGKILL at moments it cannot choose.</summary>
public sealed class KilledWorkerTests
{
    private const int Kills = 30;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Thirty_kills_lose_no_mail_file_none_twice_and_repeat_a_receipt_only_under_its_own_name(string provider)
    {
        await using Deployment deployment = await Deployment.CreateAsync(provider, cancellation: Cancellation);
        CampaignScenario scenario = CampaignScenario.Make(deployment.Units, deployment.Mailbox.Address, seed: 30);
        var random = new Random(Kills);
        TimeSpan wholeRun = TimeSpan.Zero;
        int sent = 0;
        int killed = 0;
        int killedAtWork = 0;
        foreach (SimulatedMail[] slice in Slices(scenario.Mails))
        {
            await CampaignChecks.SendAsync(deployment, slice);
            await deployment.Mailbox.WaitForAsync(sent += slice.Length, cancellation: Cancellation);
            if (wholeRun == TimeSpan.Zero)
            {
                long started = Stopwatch.GetTimestamp();
                WorkerResult first = await deployment.RunAsync(["run", "--once"], Cancellation);
                Assert.True(first.ExitCode == 0, first.Errors);
                wholeRun = Stopwatch.GetElapsedTime(started);
            }
            else if (killed < Kills)
            {
                // From before the first look at the mailbox to just about the end.
                long before = ArchiveSize(deployment);
                using WorkerProcess worker = deployment.Start("run", "--once");
                if (await worker.KillAfterAsync(wholeRun * (0.3 + (0.7 * random.NextDouble())), Cancellation))
                {
                    killed++;
                    killedAtWork += ArchiveSize(deployment) > before ? 1 : 0;
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{killedAtWork} of {killed} kills came after mail had been fetched");
        Assert.Equal(Kills, killed);
        Assert.True(killedAtWork >= 5, $"Only {killedAtWork} kills came after mail had been fetched.");
        WorkerResult last = await deployment.RunAsync(["run", "--once"], Cancellation);
        Assert.True(last.ExitCode == 0, last.Errors);
        await CampaignChecks.MatrixIsAsExpectedAsync(deployment, scenario);
        await CampaignChecks.TreeIsAsExpectedAsync(deployment, scenario);
        await CampaignChecks.ReceiptsAreAsExpectedAsync(deployment, scenario, oneCopyOnly: false);
        WorkerResult verified = await deployment.RunAsync(["verify"], Cancellation);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
    }

    private static long ArchiveSize(Deployment deployment) =>
        new DirectoryInfo(Path.Combine(deployment.Folder, "var", "archive")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <summary>Two by two, in order; never mail of two rounds, since the servers may overtake each other within one slice.</summary>
    private static IEnumerable<SimulatedMail[]> Slices(IReadOnlyList<SimulatedMail> mails) =>
        mails.GroupBy(m => m.Round).SelectMany(round => round.Chunk(2));
}
