using System.Text.Json;
using System.Text.Json.Nodes;

using MailIntake.Domain.Entries;
using MailIntake.Simulation;
using MailIntake.Simulation.Deployments;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>The shipped samples run through the worker as the quickstart runs them: Maildir in, Maildir out, SQLite.</summary>
public sealed class SampleMailTests : IDisposable
{
    private static readonly string Samples = Path.Combine(ProjectFolder.Root, "deploy", "samples");
    private static readonly Expectations Expected = Expectations.FromJson(File.ReadAllText(Path.Combine(Samples, "expected.json")));

    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-").FullName;

    public SampleMailTests()
    {
        foreach (ExpectedMail mail in Expected.Mails)
        {
            string target = Path.Combine(_folder, "in", mail.File);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Samples, mail.File), target);
        }

        File.WriteAllText(Path.Combine(_folder, "settings.json"), JsonSerializer.Serialize(new
        {
            Mailbox = new { Type = "Maildir", MaildirPath = "in" },
            Sending = new { Type = "Maildir", MaildirPath = "out", PaceSeconds = 0 },
            Storage = new { DataFolder = "var" },
            Health = new { Url = "" },
        }));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sample_becomes_what_its_table_says_and_a_second_run_changes_nothing()
    {
        await RunAsync("run", "--once");

        JsonNode status = await StatusAsync();
        IEnumerable<string> entries =
            from unit in status["units"]!.AsArray()
            from entry in unit!["entries"]!.AsArray()
            select $"{unit["code"]} {EntryMatcher.Normalize((string?)entry!["title"] ?? "-")}: "
                + string.Join(", ", entry["materials"]!.AsArray().Select(m => $"{m!["kind"]} {m["state"]}").Order(StringComparer.Ordinal));
        IEnumerable<string> expected = Expected.Entries.Select(e =>
            $"{e.Unit} {EntryMatcher.Normalize(e.Title)}: {string.Join(", ", e.Materials.Select(m => $"{m.Key} {m.Value}").Order(StringComparer.Ordinal))}");
        Assert.Equal(string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', entries.Order(StringComparer.Ordinal)));

        // Counties owe two entries and sent at most one whole; the one unit that owes nothing sent a scan that nobody could read.
        Assert.Equal(["shuiwu"], status["units"]!.AsArray().Where(u => (string?)u!["standing"] == "review").Select(u => (string?)u!["code"]));
        Assert.DoesNotContain(status["units"]!.AsArray(), u => (bool)u!["complete"]!);
        Assert.Equal(Expected.Mails.Count(m => m.State == "held"), (int)status["totals"]!["held"]!);
        Assert.Equal(0, (int)status["totals"]!["failed"]!);

        JsonArray letters = JsonNode.Parse(await RunAsync("outbox", "--json"))!.AsArray();
        Assert.All(letters, l => Assert.Equal("sent", (string?)l!["state"]));
        Assert.Equal(
            Expected.Mails.Where(m => m.Receipt).Select(m => m.Unit).Order(StringComparer.Ordinal),
            letters.Where(l => (string?)l!["kind"] == "receipt").Select(l => (string?)l!["unit"]).Order(StringComparer.Ordinal));
        string[] done = [.. Expected.Entries.GroupBy(e => e.Unit).Where(u => u.All(IsDone)).Select(u => u.Key)];
        Assert.NotEmpty(done);
        Assert.Equal(
            Deployment.ShippedRoster().Select(u => u.Code).Except(done).Order(StringComparer.Ordinal),
            letters.Where(l => (string?)l!["kind"] == "reminder").Select(l => (string?)l!["unit"]).Order(StringComparer.Ordinal));
        Assert.Contains(letters, l => (string?)l!["kind"] == "digest");

        string[] before = Everything();
        await RunAsync("run", "--once");
        Assert.Equal(before, Everything());
        Assert.Equal(status.ToJsonString(), (await StatusAsync()).ToJsonString());
    }

    [Fact]
    public async Task Inspect_reads_every_sample_as_its_table_says()
    {
        string output = await RunAsync(["inspect", Path.Combine(_folder, "in"), "--json"]);
        Dictionary<string, JsonNode> read = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(node => Path.GetFileName((string)node["path"]!), StringComparer.Ordinal);

        foreach (ExpectedMail mail in Expected.Mails.Where(m => m.State != "same"))
        {
            JsonNode node = read[Path.GetFileName(mail.File)];
            Assert.Equal(mail.Kind, (string?)node["mail"]!["kind"]);
            Assert.Subset(Codes(node), mail.Findings.ToHashSet());
            if (mail.State == "ignored")
            {
                continue;
            }

            Assert.Equal(mail.Unit, (string?)node["unit"]?["code"]);
            foreach (ExpectedFile file in mail.Files)
            {
                JsonNode found = Assert.Single(node["files"]!.AsArray(), f => (string?)f!["fileName"] == file.Name)!;
                Assert.Equal(file.Material, (string?)found["material"]);

                // Whether a file is late or came before is known by the database alone.
                Assert.Subset(Codes(found), file.Findings.Except(["late", "duplicate"]).ToHashSet());
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Nothing of the summary phase is owed, of which the day's reminders speak.</summary>
    private static bool IsDone(ExpectedEntry entry) => new[] { "writeup", "evidence", "form" }.All(kind => entry.Materials[kind] == "received");

    private static HashSet<string> Codes(JsonNode node) => [.. node["findings"]!.AsArray().Select(f => (string)f!["code"]!)];

    private string[] Everything() =>
        [.. new[] { "out", "var/files" }
            .SelectMany(f => Directory.GetFiles(Path.Combine(_folder, f), "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)];

    /// <summary>The matrix without the instant it was asked for: the clock goes on from the hour it was set to.</summary>
    private async Task<JsonNode> StatusAsync()
    {
        JsonNode status = JsonNode.Parse(await RunAsync("status", "--json"))!;
        status.AsObject().Remove("asOf");
        return status;
    }

    private async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        using WorkerProcess worker = WorkerProcess.Start(
            Path.Combine(_folder, "settings.json"), new Dictionary<string, string>(), [.. arguments, "--now", Expected.Now]);
        WorkerResult result = await worker.WaitAsync(Cancellation);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }
}
