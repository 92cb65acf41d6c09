using System.Diagnostics;
using System.Globalization;

namespace MailIntake.Benchmarks.Mime;

/// <summary>
/// MIME engines in turns on the same files, each in a process of its own: ours, the floor of <see cref="PlainScan"/>, postal-mime on Node.js,
/// Python's email package, and whatever command is given as a peer (called with a path and a number of seconds, it prints MB/s first).
/// </summary>
internal sealed class MimeBenchmark(IReadOnlyList<(string Name, string Command)> peers, int rounds, double seconds)
{
    /// <summary>Runs all engines on each path and prints the median of the rounds.</summary>
    public void Run(IEnumerable<string> paths)
    {
        Console.WriteLine($"{"",-24}{string.Concat(peers.Select(p => $"{p.Name,16}"))}   MB/s, median of {rounds} rounds of {seconds} s (ours: bytes allocated a byte)");
        foreach (var path in paths)
        {
            var figures = peers.ToDictionary(p => p.Name, _ => new List<(double Speed, string Detail)>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (name, command) in peers)
                {
                    if (Turn(command, path) is { } figure)
                    {
                        figures[name].Add(figure);
                    }
                }
            }

            Console.WriteLine($"{Path.GetFileName(path.TrimEnd('/')),-24}{string.Concat(peers.Select(p => $"{Median(figures[p.Name]),16}"))}");
        }
    }

    private static string Median(List<(double Speed, string Detail)> figures)
    {
        if (figures.Count == 0)
        {
            return "–";
        }

        var (speed, detail) = figures.OrderBy(f => f.Speed).ElementAt(figures.Count / 2);
        return string.Create(CultureInfo.InvariantCulture, $"{speed:F0}{(detail.Length > 0 ? $" ({detail})" : "")}");
    }

    private (double Speed, string Detail)? Turn(string command, string path)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec {command} \"$0\" {seconds.ToString(CultureInfo.InvariantCulture)}");
        start.ArgumentList.Add(path);
        using var process = Process.Start(start)!;
        var words = process.StandardOutput.ReadToEnd().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 && words.Length > 0 && double.TryParse(words[0], CultureInfo.InvariantCulture, out var speed)
            ? (speed, words.Length > 1 && words[1] != "-" ? words[1] : "")
            : null;
    }
}
