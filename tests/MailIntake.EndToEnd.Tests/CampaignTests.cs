using System.Text.Json.Nodes;

using MailIntake.Simulation.Campaigns;
using MailIntake.Simulation.Deployments;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>Sixty units send by SMTP, the worker polls by IMAPS and answers by SMTPS, all on real servers.</summary>
public sealed class CampaignTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Sixty_units_get_what_they_sent_filed_checked_and_answered(string provider)
    {
        await using Deployment deployment = await Deployment.CreateAsync(provider, cancellation: Cancellation);
        CampaignScenario scenario = CampaignScenario.Make(deployment.Units, deployment.Mailbox.Address, seed: 60);
        foreach (int round in (int[])[0, 1])
        {
            await CampaignChecks.SendAsync(deployment, [.. scenario.Mails.Where(m => m.Round == round)]);
            await deployment.Mailbox.WaitForAsync(scenario.Mails.Count(m => m.Round <= round), cancellation: Cancellation);
            WorkerResult run = await deployment.RunAsync(["run", "--once"], Cancellation);
            Assert.True(run.ExitCode == 0, run.Errors);
        }

        await CampaignChecks.MatrixIsAsExpectedAsync(deployment, scenario);
        CampaignChecks.TreeIsAsExpected(deployment, scenario);
        await CampaignChecks.ReceiptsAreAsExpectedAsync(deployment, scenario, oneCopyOnly: true);

        string before = await SnapshotAsync(deployment);
        WorkerResult again = await deployment.RunAsync(["run", "--once"], Cancellation);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(before, await SnapshotAsync(deployment));
        await CampaignChecks.ReceiptsAreAsExpectedAsync(deployment, scenario, oneCopyOnly: true);
    }

    private static async Task<string> SnapshotAsync(Deployment deployment)
    {
        JsonNode status = await deployment.ReadAsync("status", Cancellation);
        status.AsObject().Remove("asOf");
        JsonNode outbox = await deployment.ReadAsync("outbox", Cancellation);
        IEnumerable<string> files = Directory.GetFiles(deployment.FilesFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return $"{status}\n{outbox}\n{string.Join('\n', files)}";
    }
}
