using MailIntake.Simulation.Campaigns;
using MailIntake.Simulation.Deployments;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>What a power cut does: the worker is killed with SIGKILL at moments it cannot choose.</summary>
public sealed class KilledWorkerTests
{
    private const int Kills = 30;
    private const int Units = 36;
    private const int MostMillisecondsLater = 25;

    /// <summary>Letter by letter, as in production, but without the wait.</summary>
    private const double PaceSeconds = 0.001;

    /// <summary>How far the worker has come when it is killed, a few milliseconds later.</summary>
    private enum Work
    {
        /// <summary>Mail lies in the archive.</summary>
        Fetched,

        /// <summary>A file lies in the staff tree.</summary>
        Filed,

        /// <summary>A server took a letter.</summary>
        Answered,
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Thirty_kills_lose_no_mail_file_none_twice_and_repeat_a_receipt_only_under_its_own_name(string provider)
    {
        await using Deployment deployment = await Deployment.CreateAsync(provider, [.. Deployment.ShippedRoster().Take(Units)], PaceSeconds, cancellation: Cancellation);
        CampaignScenario scenario = CampaignScenario.Make(deployment.Units, deployment.Mailbox.Address, seed: 30);
        var random = new Random(Kills);
        Work[] kills = [.. Enumerable.Range(0, Kills).Select(i => (Work)(i % 3))];
        random.Shuffle(kills);
        int killed = 0;
        int sent = 0;

        // One new mail for each start, in order; each finds what the worker that was killed before it left undone.
        while (killed < Kills && sent < scenario.Mails.Count)
        {
            await SendAsync(deployment, scenario.Mails.Skip(sent++).Take(1), sent);
            Func<bool> isReached = Watch(deployment, kills[killed]);
            using WorkerProcess worker = deployment.Start("run", "--once");
            killed += await worker.KillAsync(isReached, TimeSpan.FromMilliseconds(random.Next(MostMillisecondsLater)), Cancellation) ? 1 : 0;
        }

        Assert.Equal(Kills, killed);
        foreach (IGrouping<int, SimulatedMail> round in scenario.Mails.Skip(sent).GroupBy(m => m.Round).ToList())
        {
            // The servers may let mails overtake each other, so those of one round arrive before those of the next are sent.
            await SendAsync(deployment, round, sent += round.Count());
        }

        WorkerResult last = await deployment.RunAsync(["run", "--once"], Cancellation);
        Assert.True(last.ExitCode == 0, last.Errors);
        await CampaignChecks.MatrixIsAsExpectedAsync(deployment, scenario);
        CampaignChecks.TreeIsAsExpected(deployment, scenario);
        await CampaignChecks.ReceiptsAreAsExpectedAsync(deployment, scenario, oneCopyOnly: false);
        WorkerResult verified = await deployment.RunAsync(["verify"], Cancellation);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
    }

    private static async Task SendAsync(Deployment deployment, IEnumerable<SimulatedMail> mails, int inAll)
    {
        await CampaignChecks.SendAsync(deployment, [.. mails]);
        await deployment.Mailbox.WaitForAsync(inAll, cancellation: Cancellation);
    }

    /// <summary>Tells from the folders whether a worker that is started now has come so far.</summary>
    private static Func<bool> Watch(Deployment deployment, Work work)
    {
        long archived = ArchiveSize(deployment);
        int filed = FileCount(deployment);
        long? archivedWhenFiled = null;
        return work switch
        {
            Work.Fetched => () => ArchiveSize(deployment) > archived,
            Work.Filed => () => FileCount(deployment) > filed,

            // The archive takes a copy of a letter once the server took the letter, and before that is written to the database.
            _ => () =>
            {
                if (archivedWhenFiled is null && FileCount(deployment) > filed)
                {
                    archivedWhenFiled = ArchiveSize(deployment);
                }

                return ArchiveSize(deployment) > archivedWhenFiled;
            },
        };
    }

    private static long ArchiveSize(Deployment deployment) =>
        Files(Path.Combine(deployment.Folder, "var", "archive")).Sum(f => f.Length);

    private static int FileCount(Deployment deployment) => Files(deployment.FilesFolder).Count();

    private static IEnumerable<FileInfo> Files(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 }) : [];
}
