using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using MailIntake.Domain.Entries;
using MailIntake.EndToEnd.Tests.Harness;
using MailIntake.Servers;
using MailIntake.Simulation.Campaigns;
using MailIntake.Simulation.Deployments;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>Holds what the worker did against what the simulation knows.</summary>
internal static class CampaignChecks
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends mails in order by one connection, as the world does.</summary>
    public static async Task SendAsync(Deployment deployment, IReadOnlyList<SimulatedMail> mails)
    {
        await using SmtpInjector injector = await deployment.Server.OpenInjectorAsync(Cancellation);
        foreach (SimulatedMail mail in mails)
        {
            await injector.SendAsync(mail.From, deployment.Mailbox.Address, mail.Bytes, Cancellation);
        }
    }

    /// <summary>Every unit, entry and cell; and how many mails wait for staff.</summary>
    public static async Task MatrixIsAsExpectedAsync(Deployment deployment, CampaignScenario scenario)
    {
        JsonNode status = await deployment.ReadAsync("status", Cancellation);
        IEnumerable<string> actual =
            from unit in status["units"]!.AsArray()
            from entry in unit!["entries"]!.AsArray()
            select $"{unit["code"]} {EntryMatcher.Normalize((string?)entry!["title"] ?? "-")}: "
                + string.Join(", ", entry["materials"]!.AsArray().Select(m => $"{m!["kind"]} {m["state"]}").Order(StringComparer.Ordinal));
        IEnumerable<string> expected = scenario.Entries.Select(e =>
            $"{e.Unit} {EntryMatcher.Normalize(e.Title)}: {string.Join(", ", e.Materials.Select(m => $"{m.Key} {m.Value}").Order(StringComparer.Ordinal))}");
        Assert.Equal(string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', actual.Order(StringComparer.Ordinal)));

        Assert.Equal(scenario.Mails.Count(m => m.Expected.State == "held"), (int)status["totals"]!["held"]!);
        Assert.Equal(0, (int)status["totals"]!["failed"]!);
    }

    /// <summary>
    /// The staff tree holds every version of every material under the very path that follows from what was sent, with the bytes
    /// that were sent, and no other file.
    /// </summary>
    public static void TreeIsAsExpected(Deployment deployment, CampaignScenario scenario)
    {
        IEnumerable<string> actual = Directory.GetFiles(deployment.FilesFolder, "*", SearchOption.AllDirectories)
            .Select(f => $"{Path.GetRelativePath(deployment.FilesFolder, f)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}");
        Assert.Equal(Lines(ExpectedTree.Of(deployment.Units, scenario.Mails).Select(f => $"{f.Key} {f.Value}")), Lines(actual));
    }

    /// <summary>
    /// Every submission, and nothing else, is answered in its sender's own mailbox, with what was filed as what, what is wrong
    /// with it, and what is still owed until when.
    /// </summary>
    /// <param name="deployment">The worker.</param>
    /// <param name="scenario">What was sent.</param>
    /// <param name="oneCopyOnly">No receipt may come twice; otherwise a copy must carry the same Message-ID.</param>
    public static async Task ReceiptsAreAsExpectedAsync(Deployment deployment, CampaignScenario scenario, bool oneCopyOnly)
    {
        JsonArray outbox = (await deployment.ReadAsync("outbox", Cancellation)).AsArray();
        Assert.All(outbox, letter => Assert.Equal("sent", (string?)letter!["state"]));
        Assert.Equal(
            Lines(scenario.Mails.Where(m => m.Expected.Receipt).Select(m => m.From)),
            Lines(outbox.Where(l => (string?)l!["kind"] == "receipt").Select(l => (string)l!["recipient"]!)));

        foreach (IGrouping<string, SimulatedMail> sender in scenario.Mails.Where(m => m.From.EndsWith("@example.com", StringComparison.Ordinal)).GroupBy(m => m.From))
        {
            SimulatedMail[] answered = [.. sender.Where(m => m.Expected.Receipt)];
            TestMailbox mailbox = deployment.Server.Mailbox(sender.Key);
            await mailbox.WaitForAsync(answered.Length, cancellation: Cancellation);
            Receipt[] copies = [.. (await mailbox.ReadAsync(cancellation: Cancellation)).Select(Receipt.Read)];
            Receipt[] receipts = [.. copies.DistinctBy(r => r.MessageId)];
            if (oneCopyOnly)
            {
                Assert.Equal(receipts.Length, copies.Length);
            }

            Assert.Equal(Lines(answered.Select(m => m.MessageId)), Lines(receipts.Select(r => r.InReplyTo ?? "")));
            foreach (SimulatedMail mail in answered)
            {
                IsAsExpected(receipts.Single(r => r.InReplyTo == mail.MessageId), mail, deployment);
            }
        }
    }

    private static void IsAsExpected(Receipt receipt, SimulatedMail mail, Deployment deployment)
    {
        Assert.Equal([mail.From], receipt.To);
        Assert.Equal("auto-replied", receipt.AutoSubmitted);
        Assert.Matches($@"^{Regex.Escape(ExpectedReceipt.Subject(mail, deployment))}\[编号 2018-{mail.Expected.Unit}-[A-Z2-7]{{8}}\]$", receipt.Subject);
        Assert.StartsWith(deployment.Units.Single(u => u.Code == mail.Expected.Unit).Name + "：\n", receipt.Text, StringComparison.Ordinal);
        Assert.Equal(
            Lines(ExpectedReceipt.Files(mail).Select(f => f.ToString())),
            Lines(receipt.Files.Select(f => (f with { Name = f.Name[(f.Name.LastIndexOf('/') + 1)..] }).ToString())));
        Assert.Equal(ExpectedReceipt.Owed(mail, deployment), receipt.Owed);
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
