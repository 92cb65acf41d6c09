using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MailIntake.Benchmarks.Documents;

/// <summary>Reads a folder of mails by one <c>inspect</c>, as an operator would, and says what that takes of the machine.</summary>
internal static class FolderBenchmark
{
    private const double TicksPerSecond = 100;

    /// <summary>Prints wall time, processor time, memory of the worker and of all with their tools, and how busy the cores were.</summary>
    /// <param name="folder">The mails.</param>
    /// <param name="arguments">More arguments for <c>inspect</c>.</param>
    public static async Task<int> RunAsync(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "mailintake.dll"), "inspect", folder, "--json", .. arguments])
        {
            start.ArgumentList.Add(word);
        }

        var before = OfEndedChildren();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        var (worker, together) = (0L, 0L);
        var watch = Task.Run(async () =>
        {
            while (!process.HasExited)
            {
                worker = Math.Max(worker, PeakMemory.Status(id, "VmHWM:"));
                together = Math.Max(together, PeakMemory.Status(id, "VmRSS:") + PeakMemory.Children(id).Sum(c => PeakMemory.Status(c.ToString(CultureInfo.InvariantCulture), "VmRSS:")));
                await Task.Delay(50);
            }
        });
        var (mails, files, findings) = (0, 0, new Dictionary<string, int>());
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var said = JsonDocument.Parse(line);
            mails++;
            foreach (var file in said.RootElement.TryGetProperty("files", out var list) ? list.EnumerateArray().ToList() : [])
            {
                files++;
                foreach (var finding in file.GetProperty("findings").EnumerateArray())
                {
                    var code = finding.GetProperty("code").GetString()!;
                    findings[code] = findings.GetValueOrDefault(code) + 1;
                }
            }
        }

        await process.WaitForExitAsync();
        var wall = clock.Elapsed.TotalSeconds;
        await watch;
        var processor = OfEndedChildren() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mails} mails, {files} files: {wall:F1} s wall, {processor:F1} s processor (tools too), {100 * processor / wall / Environment.ProcessorCount:F0} % of {Environment.ProcessorCount} cores; peak {worker >> 20} MB worker, {together >> 20} MB with its tools"));
        Console.WriteLine(string.Join(", ", findings.OrderByDescending(f => f.Value).Select(f => $"{f.Key} {f.Value}")));
        return process.ExitCode;
    }

    /// <summary>Processor time of children that ended, and of theirs.</summary>
    private static double OfEndedChildren()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(rest[13], CultureInfo.InvariantCulture) + long.Parse(rest[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
