using System.Globalization;

namespace MailIntake.Benchmarks;

/// <summary>
/// Processor time (user and system) by program, from <c>/proc</c>: the worker, and the servers of <c>tests/servers.sh</c> with
/// all their processes. On a machine that others use too it says more than a clock.
/// </summary>
internal sealed record ProcessorTime(IReadOnlyList<(string Program, double Seconds)> Programs)
{
    /// <summary>The kernel counts in hundredths of a second on every Linux that .NET runs on (USER_HZ).</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The servers and the folders in which they work.</summary>
    private static readonly (string Program, string Folder)[] _servers =
        [("postgres", "postgres/data"), ("dovecot", "dovecot/run"), ("postfix", "postfix/queue")];

    /// <summary>What has been used until now; the worker is counted once it has ended.</summary>
    public static ProcessorTime Now()
    {
        string folder = Environment.GetEnvironmentVariable("MAILINTAKE_TEST_SERVERS") ?? "";
        List<ProcessTimes> all = [.. ReadAll()];
        ILookup<int, ProcessTimes> byParent = all.ToLookup(p => p.Parent);
        var own = ProcessTimes.Read(Environment.ProcessId)!;
        return new ProcessorTime(
        [
            ("worker", own.OfEndedChildren / TicksPerSecond),
            .. _servers.Select(s => (s.Program, Sum(Root(Path.Combine(folder, s.Folder), all), byParent) / TicksPerSecond)),
        ]);
    }

    /// <summary>What was used since an earlier look.</summary>
    public ProcessorTime Since(ProcessorTime earlier) =>
        new([.. Programs.Zip(earlier.Programs, (now, then) => (now.Program, now.Seconds - then.Seconds))]);

    /// <summary>The first process of a server: it works in that folder, and its parent does not.</summary>
    private static ProcessTimes? Root(string folder, IReadOnlyList<ProcessTimes> all)
    {
        List<ProcessTimes> inFolder = [.. all.Where(p => WorksIn(p, folder))];
        return inFolder.Find(p => inFolder.TrueForAll(other => other.Id != p.Parent));
    }

    private static bool WorksIn(ProcessTimes process, string folder)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cwd")).LinkTarget == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or is another user's: none of the servers that were started for this.
            return false;
        }
    }

    private static long Sum(ProcessTimes? process, ILookup<int, ProcessTimes> byParent) =>
        process is null ? 0 : process.Own + process.OfEndedChildren + byParent[process.Id].Sum(child => Sum(child, byParent));

    private static IEnumerable<ProcessTimes> ReadAll() =>
        Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? ProcessTimes.Read(pid) : null)
            .OfType<ProcessTimes>();

    /// <summary>One process: ticks of its own and of its children that ended.</summary>
    private sealed record ProcessTimes(int Id, int Parent, long Own, long OfEndedChildren)
    {
        public static ProcessTimes? Read(int pid)
        {
            try
            {
                string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
                // The name stands in brackets and may hold anything; behind it follow state, parent, and in places 14 to 17 the times.
                string[] rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                long At(int place) => long.Parse(rest[place - 3], CultureInfo.InvariantCulture);
                return new ProcessTimes(pid, (int)At(4), At(14) + At(15), At(16) + At(17));
            }
            catch (IOException)
            {
                // It ended while it was being looked at: its times are its parent's from now on.
                return null;
            }
        }
    }
}
