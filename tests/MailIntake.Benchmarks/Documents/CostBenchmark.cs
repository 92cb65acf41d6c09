using System.Diagnostics;
using System.Globalization;

using MailIntake.Commands;
using MailIntake.Documents;
using MailIntake.Documents.Office;
using MailIntake.Documents.Sniffing;
using MailIntake.Hosting;
using MailIntake.Intake.Reading;

namespace MailIntake.Benchmarks.Documents;

/// <summary>What reading costs by format: each file below the folders is read alone, as the worker reads it, after one of its format was read to load code and tools.</summary>
internal static class CostBenchmark
{
    /// <summary>Prints a table and the slowest ten, with <c>--each</c> every file; 1 where a file gave neither a result nor a finding within the time of a mail.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var folders = arguments.Where(a => a != "--each").ToList();
        var work = Directory.CreateTempSubdirectory("cost-");
        try
        {
            var settings = SettingsFile.Read(null, new CampaignFiles.Overrides(null, null), needsSecrets: false).Settings!;
            using var inspector = new Inspector(
                settings.Campaign, settings.Roster, new DocumentReaderOptions { WorkFolder = work.FullName }, MailReaderOptions.Default, settings.Processing.MinimumConfidence);
            var longest = TimeSpan.FromSeconds(settings.Processing.MessageTimeoutSeconds);
            var files = folders.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
                .Where(f => !f.EndsWith(".json", StringComparison.Ordinal) && !f.EndsWith(".tsv", StringComparison.Ordinal) && !f.EndsWith(".csv", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(f => (File: f, MediaType: MediaTypeOf(f)))
                .ToList();
            foreach (var (file, _) in files.DistinctBy(f => f.MediaType))
            {
                await inspector.InspectAsync(file, file, CancellationToken.None);
            }

            var costs = new List<Cost>();
            foreach (var (file, mediaType) in files)
            {
                costs.Add(await CostOfAsync(inspector, file, mediaType, longest));
            }

            foreach (var cost in arguments.Contains("--each") ? costs : [])
            {
                Console.WriteLine(Line($"{1_000 * cost.Seconds:F1}\t{1_000 * cost.Processor:F1}\t{cost.Own >> 20}\t{cost.Tool >> 20}\t{cost.MediaType}\t{Path.GetFileName(cost.File)}\t{cost.Fault ?? cost.Said}"));
            }

            Print(costs);
            return costs.TrueForAll(c => c.Fault is null) ? 0 : 1;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<Cost> CostOfAsync(Inspector inspector, string file, string mediaType, TimeSpan longest)
    {
        var memory = new PeakMemory();
        using var stop = new CancellationTokenSource(longest);
        var (started, used) = (Stopwatch.GetTimestamp(), Processor());
        string said = "", fault = "";
        try
        {
            var read = await inspector.InspectAsync(file, file, stop.Token);
            said = string.Join(' ', read.Files.SelectMany(f => f.Document.Findings.Select(d => d.Code).Concat(f.Findings.Select(d => d.Code))).Concat(read.Findings.Select(f => f.Code)).Distinct().Take(4));
            fault = read.Files.Any(FuzzRun.IsSilent) ? "neither a result nor a finding" : "";
        }
        catch (Exception e)
        {
            // Whatever it is: it is what the table is to show.
            fault = e.GetType().Name + ": " + e.Message;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var processor = Processor() - used;
        memory.Dispose();
        var tool = OldOffice.TargetOf(mediaType) is null ? memory.Tool : Math.Max(memory.Tool, memory.Standing);
        return new Cost(file, mediaType, seconds, processor.TotalSeconds, memory.Own, tool, said, fault.Length > 0 ? fault : null);
    }

    private static void Print(List<Cost> costs)
    {
        Console.WriteLine("format | files | wall median, worst (ms) | processor with tools, median, worst (ms) | this process grew by median, worst (MB) | largest tool, median, worst (MB)");
        foreach (var format in costs.GroupBy(c => c.MediaType).OrderByDescending(g => g.Count()))
        {
            var (time, used, own, tool) = (Of(format, c => c.Seconds * 1_000), Of(format, c => c.Processor * 1_000), Of(format, c => c.Own / 1_048_576.0), Of(format, c => c.Tool / 1_048_576.0));
            Console.WriteLine(Line($"{format.Key} | {format.Count()} | {time.Median:F0}, {time.Worst:F0} | {used.Median:F0}, {used.Worst:F0} | {own.Median:F0}, {own.Worst:F0} | {(tool.Worst > 0 ? Line($"{tool.Median:F0}, {tool.Worst:F0}") : "")}"));
        }

        Console.WriteLine("slowest ten:");
        foreach (var cost in costs.OrderByDescending(c => c.Seconds).Take(10))
        {
            Console.WriteLine(Line($"  {cost.Seconds,6:F2} s, {cost.Processor,6:F2} s of processor  {Path.GetFileName(cost.File)} ({cost.MediaType}; {(cost.Said.Length > 0 ? cost.Said : "read")})"));
        }

        foreach (var cost in costs.Where(c => c.Fault is not null))
        {
            Console.WriteLine($"FAILED {cost.File}: {cost.Fault}");
        }

        Console.WriteLine(Line($"{costs.Count} files, {costs.Sum(c => c.Seconds):F0} s, {costs.Count(c => c.Fault is not null)} without a result or finding"));
    }

    private static (double Median, double Worst) Of(IEnumerable<Cost> costs, Func<Cost, double> value)
    {
        var sorted = costs.Select(value).Order().ToList();
        return (sorted[sorted.Count / 2], sorted[^1]);
    }

    /// <summary>Of this process, of the tools that ended, and of those that stay.</summary>
    private static TimeSpan Processor()
    {
        static long Ticks(string process, params int[] places)
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{process}/stat");
                var rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return places.Sum(place => long.Parse(rest[place - 3], CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It ended: from now on its time is this process's.
                return 0;
            }
        }

        // Hundredths of a second on every Linux that .NET runs on (USER_HZ).
        var tools = Ticks("self", 16, 17) + PeakMemory.Children("self").Sum(child => Ticks(child.ToString(CultureInfo.InvariantCulture), 14, 15));
        return Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(10 * tools);
    }

    private static string MediaTypeOf(string path)
    {
        using var file = File.OpenRead(path);
        return file.Length == 0 ? "empty" : path.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) ? MediaTypes.Mail : FileSniffer.Sniff(file).MediaType;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Cost(string File, string MediaType, double Seconds, double Processor, long Own, long Tool, string Said, string? Fault);
}
