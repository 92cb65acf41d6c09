using System.Diagnostics;
using System.Globalization;
using System.Text;

using MailIntake.Domain.Similarity;
using MailIntake.Intake.Similarity;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Benchmarks;

/// <summary>
/// Write-ups (总结材料) of 2,300 字 in a SQLite database, among them near-copies whose sentences were touched: what it costs to sign one,
/// to open the table and find what resembles one, and to compare every one with every other; and how many of the copies are found.
/// </summary>
internal static class SimilarityBenchmark
{
    private const int Characters = 2300;
    private const double Touched = 0.1;
    private const int EveryCopy = 50;

    /// <summary>Runs it and prints what it cost.</summary>
    public static async Task RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("mailintake-similar-");
        try
        {
            var databases = IntakeDatabaseFactory.Sqlite($"Data Source={Path.Combine(folder.FullName, "similar.db")};Pooling=False");
            await databases.MigrateAsync(CancellationToken.None);
            var watch = Stopwatch.StartNew();
            var copies = await FillAsync(databases, count);
            Print($"{count} write-ups, {copies.Count} of them near-copies, signed and saved", watch);
            for (var run = 1; run <= 5; run++)
            {
                await using var database = databases.CreateDbContext();
                watch.Restart();
                var texts = await SimilarTexts.LoadAsync(database, CommonTexts.None, CancellationToken.None);
                Print($"run {run}: table read and index built", watch);
                watch.Restart();
                var pairs = await texts.FindEarlierAsync(copies[^run], CancellationToken.None);
                Print($"run {run}: {pairs.Count} earlier write-up found for one, {(pairs.Count == 0 ? 0 : pairs[0].Percent)} % alike", watch);
            }

            await AllAsync(databases, copies);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AllAsync(IntakeDatabaseFactory databases, List<long> copies)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await using var database = databases.CreateDbContext();
        var texts = await SimilarTexts.LoadAsync(database, CommonTexts.None, CancellationToken.None);
        var found = new List<long>();
        foreach (var material in texts.Materials)
        {
            if (await texts.FindEarlierAsync(material.MaterialId, CancellationToken.None) is { Count: > 0 })
            {
                found.Add(material.MaterialId);
            }
        }

        Print($"every one compared: {found.Count} resemble an earlier one, {found.Intersect(copies).Count()} of {copies.Count} copies found, {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds:0} ms of CPU", watch);
        before = Environment.CpuUsage.TotalTime;
        var signatures = Enumerable.Range(0, 200).Select(i => TextSignature.Of(new ComparableText(Han(new Random(i), Characters), CommonTexts.None))).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one text signed: {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / signatures.Count:0.00} ms of CPU"));
    }

    /// <summary>Saves the write-ups, one for each entry of a unit of its own, and gives the materials that are copies.</summary>
    private static async Task<List<long>> FillAsync(IntakeDatabaseFactory databases, int count)
    {
        var random = new Random(20260927);
        var at = Instant.FromUtc(2018, 9, 1, 0, 0);
        var copies = new List<long>();
        var texts = new List<string>();
        for (var begun = 0; begun < count; begun += 500)
        {
            await using var database = databases.CreateDbContext();
            database.ChangeTracker.AutoDetectChangesEnabled = false;
            var fresh = new List<(MaterialRow Row, bool IsCopy)>();
            var messages = Enumerable.Range(begun, Math.Min(count - begun, 500)).Select(i => new MessageRow
            {
                Sha256 = i.ToString("x64", CultureInfo.InvariantCulture), Segment = "2018-09/000001.seg", Offset = i, Length = 1, ReceivedAt = at, ArchivedAt = at,
            }).ToList();
            database.Messages.AddRange(messages);
            await database.SaveChangesAsync();
            for (var i = begun; i < Math.Min(count, begun + 500); i++)
            {
                var isCopy = i % EveryCopy == EveryCopy - 1;
                var text = isCopy ? Touch(texts[random.Next(texts.Count)], random) : Han(random, Characters);
                texts.Add(text);
                var message = messages[i - begun];
                var entry = new EntryRow { Campaign = "2018", Code = $"2018-u{i}-01", UnitCode = $"u{i}", Number = 1, CreatedAt = at };
                var material = new MaterialRow
                {
                    MessageId = message.Id, Kind = "writeup", Version = 1, FileName = "总结材料.docx", PathInMail = "总结材料.docx", Sha256 = message.Sha256, MediaType = "text/plain",
                    ReceivedAt = at + Duration.FromMinutes(i), TreePath = "x", FindingsJson = "[]",
                };
                entry.Materials.Add(material);
                database.Entries.Add(entry);
                database.ComparedTexts.Add(new ComparedTextRow
                {
                    Material = material, Text = text, Signature = TextSignature.Of(new ComparableText(text, CommonTexts.None))!.ToBytes(), SignatureVersion = "2", IsCompared = true,
                });
                fresh.Add((material, isCopy));
            }

            await database.SaveChangesAsync();
            copies.AddRange(fresh.Where(f => f.IsCopy).Select(f => f.Row.Id));
        }

        return copies;
    }

    /// <summary>Every tenth character is another.</summary>
    private static string Touch(string text, Random random) =>
        string.Concat(text.Select(c => random.NextDouble() < Touched ? (char)(0x4E00 + random.Next(3000)) : c));

    /// <summary>Sentences of invented Chinese; stock phrases of official prose stand between them, as in every write-up.</summary>
    private static string Han(Random random, int length)
    {
        string[] stock = ["坚持以习近平新时代中国特色社会主义思想为指导", "在市总工会的正确领导下", "得到了广大职工群众的一致好评", "充分发挥工会组织桥梁纽带作用", "取得了良好的社会效果"];
        var text = new StringBuilder(length + 40);
        while (text.Length < length)
        {
            if (random.Next(8) == 0)
            {
                text.Append(stock[random.Next(stock.Length)]).Append('，');
            }

            for (var i = random.Next(8, 30); i > 0; i--)
            {
                text.Append((char)(0x4E00 + random.Next(3000)));
            }

            text.Append('。');
        }

        return text.ToString(0, length);
    }

    private static void Print(string what, Stopwatch watch) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalMilliseconds:0} ms"));
}
