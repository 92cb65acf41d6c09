using System.Diagnostics;
using System.Globalization;

using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Similarity;
using MailIntake.Intake.Similarity;
using MailIntake.Simulation.Texts;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.Extensions.Logging.Abstractions;

using NodaTime;

namespace MailIntake.Benchmarks;

/// <summary>
/// Write-ups (总结材料) that are made of the same stock phrases, so that each shares much with all others and none repeats another: what the
/// stage that compares costs for each, from filed to compared, in windows as rounds bring them.
/// </summary>
internal static class StockPhraseBenchmark
{
    private const int Characters = 2000;
    private const int Versions = 10;

    /// <summary>Runs it and prints what it cost.</summary>
    public static async Task RunAsync(int count, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("mailintake-stock-");
        try
        {
            var databases = IntakeDatabaseFactory.Sqlite($"Data Source={Path.Combine(folder.FullName, "stock.db")};Pooling=False");
            await databases.MigrateAsync(CancellationToken.None);
            var campaign = CampaignFile.Read(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "campaigns", "2018-innovation.json"))).Campaign!;
            var common = new CommonTextFiles(campaign, null, new DocumentReader(new DocumentReaderOptions()), NullLogger<CommonTextFiles>.Instance);
            var stage = new SimilarityStage(databases, campaign, common, SystemClock.Instance, NullLogger<SimilarityStage>.Instance);
            for (var round = 0; round < rounds; round++)
            {
                await FillAsync(databases, round * count, count);
                var (watch, before, bytes) = (Stopwatch.StartNew(), Environment.CpuUsage, GC.GetTotalAllocatedBytes());
                await stage.RunAsync(CancellationToken.None);
                await using var database = databases.CreateDbContext();
                var found = database.ComparedTexts.Count(t => t.FoundAt != null);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round + 1}: {count} compared with {round * count} before: {(Environment.CpuUsage.TotalTime - before.TotalTime).TotalMilliseconds / count:0.00} ms of CPU each, {watch.ElapsedMilliseconds} ms, {(GC.GetTotalAllocatedBytes() - bytes) / count >> 10} KB each, {found} found"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(IntakeDatabaseFactory databases, int begin, int count)
    {
        var at = Instant.FromUtc(2018, 9, 1, 0, 0);
        for (var i = begin; i < begin + count; i += Versions)
        {
            await using var database = databases.CreateDbContext();
            var entries = Enumerable.Range(1, 2)
                .Select(n => new EntryRow { Campaign = "2018", Code = $"2018-u{i}-0{n}", UnitCode = $"u{i}", Number = n, CreatedAt = at }).ToArray();
            database.Entries.AddRange(entries);
            MessageRow[] messages = [.. Enumerable.Range(i, Versions).Select(n => new MessageRow
            {
                Sha256 = n.ToString("x64", CultureInfo.InvariantCulture), Segment = "2018-09/000001.seg", Offset = n, Length = 1, ReceivedAt = at, ArchivedAt = at,
            })];
            database.Messages.AddRange(messages);
            await database.SaveChangesAsync();
            for (var n = 0; n < Versions; n++)
            {
                var material = new MaterialRow
                {
                    MessageId = messages[n].Id, Kind = "writeup", Version = 1 + (n / 2), FileName = "总结材料.docx", PathInMail = "总结材料.docx", Sha256 = messages[n].Sha256,
                    MediaType = "text/plain", ReceivedAt = at + Duration.FromMinutes(i + n), TreePath = "x", FindingsJson = "[]",
                };
                entries[n % 2].Materials.Add(material);
                var text = new ComparedTextRow { Material = material, Text = new Prose(i + n).Of(Characters) };
                SignedTexts.Sign(text, CommonTexts.None);
                database.ComparedTexts.Add(text);
            }

            await database.SaveChangesAsync();
        }
    }
}
