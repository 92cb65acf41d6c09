using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

using MailIntake.Simulation;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Letters;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Benchmarks;

/// <summary>
/// Mails of 30 KB with a .docx from Dovecot (IMAPS) to filed and receipted (Postfix, SMTPS) on PostgreSQL, by the worker as a
/// process: every tenth of the mails is a unit, each unit sends ten materials of two entries. A round on an empty mailbox goes before.
/// </summary>
internal static class IntakeBenchmark
{
    private const int MailBytes = 30_000;

    /// <summary>Runs it for so many mails and prints what it measured.</summary>
    public static async Task RunAsync(int mails)
    {
        await using Deployment deployment = await Deployment.CreateAsync("PostgreSql", Units(Math.Max(1, mails / 10)));
        Console.WriteLine($"{mails} mails of {MailBytes / 1000} KB by {deployment.Units.Count} units");
        // An installed worker has polled before: its database is there.
        WorkerResult first = await deployment.RunAsync(["run", "--once"]);
        if (first.ExitCode != 0)
        {
            throw new InvalidOperationException(first.Errors);
        }

        Instant now = SystemClock.Instance.GetCurrentInstant();
        await deployment.Mailbox.AppendAsync(Enumerable.Range(0, mails).Select(i => ((ReadOnlyMemory<byte>)Mail(deployment, i), now)));

        using WorkerProcess check = deployment.Start(["check-config"]);
        long started = Stopwatch.GetTimestamp();
        WorkerResult empty = await check.WaitAsync(CancellationToken.None);
        TimeSpan start = Stopwatch.GetElapsedTime(started);
        if (empty.ExitCode != 0)
        {
            throw new InvalidOperationException(empty.Errors);
        }

        Instant began = SystemClock.Instance.GetCurrentInstant();
        ProcessorTime before = ProcessorTime.Now();
        started = Stopwatch.GetTimestamp();
        WorkerResult run = await deployment.RunAsync(["run", "--once"]);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        ProcessorTime used = ProcessorTime.Now().Since(before);
        JsonNode outbox = await deployment.ReadAsync("outbox");
        JsonNode[] sent = [.. outbox.AsArray().Where(l => (string?)l!["kind"] == "receipt" && (string?)l["state"] == "sent").Select(l => l!)];
        Print("exit code", run.ExitCode.ToString(CultureInfo.InvariantCulture));
        Print("receipts sent", sent.Length.ToString(CultureInfo.InvariantCulture));
        Print("time", $"{elapsed.TotalSeconds:F1} s (starting takes {start.TotalSeconds:F1} s of it)");
        Print("mails a second", (mails / elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture));
        Print("peak memory", $"{run.PeakMemory >> 20} MB");
        if (sent.Length > 0)
        {
            // A receipt's row is made in the transaction that files its mail.
            Print("where it goes", $"first mail filed after {Seconds(began, sent.Min(l => At(l, "createdAt")))} s, last after {Seconds(began, sent.Max(l => At(l, "createdAt")))} s; "
                + $"first receipt sent after {Seconds(began, sent.Min(l => At(l, "sentAt")))} s, last after {Seconds(began, sent.Max(l => At(l, "sentAt")))} s");
        }

        foreach ((string program, double seconds) in used.Programs)
        {
            Print($"CPU {program}", string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s, {seconds * 1000 / mails:F1} ms a mail"));
        }
    }

    private static Instant At(JsonNode letter, string field) => InstantPattern.General.Parse((string)letter[field]!).Value;

    private static string Seconds(Instant from, Instant to) => (to - from).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);

    private static void Print(string name, string value) => Console.WriteLine($"  {name,-16}{value}");

    private static IReadOnlyList<SimulatedUnit> Units(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SimulatedUnit($"unit{i}", $"第{i}示范单位工会", "grassroots", [], $"unit{i}@example.com"))];

    private static byte[] Mail(Deployment deployment, int number)
    {
        SimulatedUnit unit = deployment.Units[number % deployment.Units.Count];
        int part = number / deployment.Units.Count;
        string title = part % 2 == 0 ? "“码上议事厅”服务新模式" : "“工匠夜校”培训体系";
        byte[] ballast = new byte[18_000 - (part / 2 % 2 * 1000)];
        new Random(number).NextBytes(ballast);
        byte[] file = new Materials(number).WriteUp(title, 2000, deflate: true, ballast: ballast);
        return LetterWriter.Write(new Letter
        {
            FromName = unit.Name,
            FromAddress = unit.Address,
            To = deployment.Mailbox.Address,
            Subject = $"{title}总结材料",
            Text = "总结材料见附件。",
            Date = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8)).AddSeconds(number),
            MessageId = $"<bench.{number}.{unit.Address}>",
            Style = new LetterStyle { Charset = "gbk" },
            Files = [new LetterFile($"{title}总结材料.docx", file)],
        });
    }
}
