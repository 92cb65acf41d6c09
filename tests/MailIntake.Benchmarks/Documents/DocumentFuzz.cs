using System.Diagnostics;
using System.Globalization;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// Damaged documents, the same ones for the same seed, read by a process of their own with the worker's bounds of memory. Afterwards: the
/// process ended by itself, no file lies outside its folder or is left in it, and no process of its runs on.
/// </summary>
internal static class DocumentFuzz
{
    /// <summary>The managed heap that the worker allows itself (320 MiB, <c>MailIntake.csproj</c>), and as much again: seven lanes make mutants, and read more at a time than it does.</summary>
    private const string Heap = "28000000";

    /// <summary>Starts it; 0 where all checks hold.</summary>
    public static int Run(string[] args)
    {
        var root = Directory.CreateTempSubdirectory("fuzz-").FullName;
        var run = Directory.CreateDirectory(Path.Combine(root, "run")).FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(root, "tmp")).FullName;
        var here = Listing(Environment.CurrentDirectory);
        Console.WriteLine($"working in {root}");
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        foreach (var word in (string[])[.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(DocumentFuzz).Assembly.Location] : Array.Empty<string>(), "fuzz-documents-run", run, .. args])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = Heap;
        start.Environment["TMPDIR"] = temporary;
        using var child = Process.Start(start)!;
        child.WaitForExit();

        List<string> faults = child.ExitCode is 0 or 1 ? [] : [string.Create(CultureInfo.InvariantCulture, $"the process ended with {child.ExitCode}")];
        faults.AddRange(Listing(root).Except([run, temporary]).Concat(Listing(Environment.CurrentDirectory).Except(here)).Select(f => f + " lies outside"));
        faults.AddRange(Listing(Path.Combine(run, "work")).Concat(Listing(temporary)).Concat(Listing(Path.Combine(run, "in-hand"))).Select(f => f + " is left"));
        faults.AddRange(Below(root).Select(p => $"process {p} runs on"));
        faults.ForEach(Console.WriteLine);
        if (child.ExitCode == 0 && faults.Count == 0)
        {
            Directory.Delete(root, recursive: true);
            Console.WriteLine("nothing outside its folder, nothing left in it, no process runs on");
            return 0;
        }

        return 1;
    }

    /// <summary>The process that reads.</summary>
    public static async Task<int> RunChildAsync(string folder, string[] args)
    {
        var folders = args.Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        long Option(string name, long otherwise) =>
            Array.IndexOf(args, name) is >= 0 and var place && place + 1 < args.Length ? long.Parse(args[place + 1], CultureInfo.InvariantCulture) : otherwise;
        var lane = Array.IndexOf(args, "--lane") is >= 0 and var at ? Enum.Parse<FuzzLane>(args[at + 1]) : (FuzzLane?)null;
        using var run = new FuzzRun(long.Parse(args[0], CultureInfo.InvariantCulture), (int)Option("--seed", 1), folder, folders, lane);
        return Option("--only", -1) is >= 0 and var number ? await run.OneAsync(number) : await run.RunAsync();
    }

    private static List<string> Listing(string folder) => [.. Directory.EnumerateFileSystemEntries(folder)];

    /// <summary>Processes that work in the folder, or have it for their home.</summary>
    private static IEnumerable<string> Below(string root)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), CultureInfo.InvariantCulture, out _)))
        {
            string? found = null;
            try
            {
                var works = new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(root, StringComparison.Ordinal) == true;
                found = works || File.ReadAllText(Path.Combine(process, "environ")).Contains("=" + root, StringComparison.Ordinal) ? File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ') : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended, or is another user's.
            }

            if (found is not null)
            {
                yield return $"{Path.GetFileName(process)} {found}";
            }
        }
    }
}
