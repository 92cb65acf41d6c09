using System.Text.Json.Nodes;

using MailIntake.Domain.Entries;
using MailIntake.EndToEnd.Tests.Harness;
using MailIntake.Servers;
using MailIntake.Simulation.Campaigns;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>Holds what the worker did against what the simulation knows.</summary>
internal static class CampaignChecks
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["brief"] = "简要材料",
        ["plan"] = "实施方案",
        ["writeup"] = "总结材料",
        ["evidence"] = "佐证材料",
        ["form"] = "申报表",
        ["presentation"] = "PPT或视频",
        ["entry"] = "创新成果1项",
    };

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

    /// <summary>Every version of every material lies once under its unit, with the bytes that were sent.</summary>
    public static Task TreeIsAsExpectedAsync(Deployment deployment, CampaignScenario scenario)
    {
        Dictionary<string, string> names = deployment.Units.ToDictionary(u => u.Code, u => u.Name, StringComparer.Ordinal);
        var expected = scenario.Mails
            .SelectMany(m => m.Expected.Files.Where(f => f.Version > 0).Select(_ => names[m.Expected.Unit!]))
            .CountBy(n => n).OrderBy(p => p.Key, StringComparer.Ordinal);
        var actual = Directory.GetFiles(deployment.FilesFolder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(deployment.FilesFolder, f).Split('/'))
            .Select(parts => parts[2])
            .CountBy(n => n).OrderBy(p => p.Key, StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', expected), string.Join('\n', actual));
        return Task.CompletedTask;
    }

    /// <summary>Every submission is answered in its sender's own mailbox with what was filed and what is still owed; nobody else is.</summary>
    /// <param name="deployment">The worker.</param>
    /// <param name="scenario">What was sent.</param>
    /// <param name="oneCopyOnly">No receipt may come twice; otherwise a copy must carry the same Message-ID.</param>
    public static async Task ReceiptsAreAsExpectedAsync(Deployment deployment, CampaignScenario scenario, bool oneCopyOnly)
    {
        JsonNode outbox = await deployment.ReadAsync("outbox", Cancellation);
        Assert.All(outbox.AsArray(), letter => Assert.Equal("sent", (string?)letter!["state"]));

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

            Assert.Equal(answered.Select(m => m.MessageId).Order(StringComparer.Ordinal), receipts.Select(r => r.InReplyTo).Order(StringComparer.Ordinal));
            foreach (SimulatedMail mail in answered)
            {
                IsAsExpected(receipts.Single(r => r.InReplyTo == mail.MessageId), mail);
            }
        }
    }

    private static void IsAsExpected(Receipt receipt, SimulatedMail mail)
    {
        Assert.Equal("auto-replied", receipt.AutoSubmitted);
        Assert.StartsWith("【回执】", receipt.Subject, StringComparison.Ordinal);
        Assert.Equal(
            Lines(mail.Expected.Files.Select(f => $"{f.Name} {Names[f.Material]} {f.Version}")),
            Lines(receipt.Files.Select(f => $"{f.Name[(f.Name.LastIndexOf('/') + 1)..]} {f.Material} {f.Version}")));
        Assert.Equal(
            Lines(mail.Owed.Select(o => $"{Names[o.Kind]} {EntryMatcher.Normalize(o.Title)}")),
            Lines(receipt.Owed.Select(o => $"{o.Material} {EntryMatcher.Normalize(o.Title ?? "")}")));
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
