using System.Text.Json.Nodes;

using MailIntake.Servers;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;
using MailIntake.Simulation;

using NodaTime;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>Ten broken mails among a hundred good ones.</summary>
public sealed class BrokenMailTests
{
    private const int GoodUnits = 50;
    private const long MostMemory = 300L << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Broken_mail_is_filed_or_held_with_a_finding_and_stops_nobody(string provider)
    {
        await using Deployment deployment = await Deployment.CreateAsync(provider, cancellation: Cancellation);
        byte[][] good = [.. Enumerable.Range(0, 100).Select(i => Good(deployment, i))];
        IReadOnlyList<(string Name, string? From, byte[] Bytes)> broken =
            BrokenMails.All([.. deployment.Units.TakeLast(10).Select(u => u.Address)], deployment.Mailbox.Address);
        Instant now = SystemClock.Instance.GetCurrentInstant();
        var mails = new List<(ReadOnlyMemory<byte>, Instant)>();
        for (int i = 0; i < broken.Count; i++)
        {
            mails.AddRange(good.Skip(i * 10).Take(10).Select(g => ((ReadOnlyMemory<byte>)g, now)));
            mails.Add((broken[i].Bytes, now));
        }

        await deployment.Mailbox.AppendAsync(mails, cancellation: Cancellation);
        WorkerResult run = await deployment.RunAsync(["run", "--once"], Cancellation);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(run.PeakMemory is > 0 and < MostMemory, $"{run.PeakMemory >> 20} MB at the most");

        JsonNode status = await deployment.ReadAsync("status", Cancellation);
        Assert.Equal(0, (int)status["totals"]!["failed"]!);
        int briefs = status["units"]!.AsArray()
            .Where(u => deployment.Units.Take(GoodUnits).Any(g => g.Code == (string?)u!["code"]))
            .SelectMany(u => u!["entries"]!.AsArray())
            .Count(e => e!["materials"]!.AsArray().Any(m => (string?)m!["kind"] == "brief" && (string?)m["state"] == "received"));
        Assert.Equal(good.Length, briefs);

        // A mail that was not held was filed, and answered: the receipt says what is wrong with it.
        JsonNode held = await deployment.ReadAsync("held", Cancellation);
        Assert.All(held.AsArray(), mail => Assert.NotEmpty(mail!["findings"]!.AsArray()));
        int answered = (await deployment.ReadAsync("outbox", Cancellation)).AsArray().Count(l => (string?)l!["kind"] == "receipt" && (string?)l["state"] == "sent");
        Assert.Equal(good.Length + broken.Count, answered + held.AsArray().Count);
        Assert.DoesNotContain(Directory.GetFiles(deployment.FilesFolder, "*", SearchOption.AllDirectories), f => !Path.GetFullPath(f).StartsWith(deployment.FilesFolder, StringComparison.Ordinal));
    }

    private static byte[] Good(Deployment deployment, int number)
    {
        SimulatedUnit unit = deployment.Units[number % GoodUnits];
        string title = Titles.Title(number % Titles.Count) + (number < Titles.Count ? "" : "二期");
        return LetterWriter.Write(new Letter
        {
            FromName = unit.Name,
            FromAddress = unit.Address,
            To = deployment.Mailbox.Address,
            Subject = "报送简要材料",
            Text = "材料见附件。",
            Date = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8)).AddMinutes(number),
            MessageId = $"<good.{number}.{unit.Address}>",
            Files = [new LetterFile($"{title}简要材料.docx", new Materials(number).Brief(title, 150))],
        });
    }
}
