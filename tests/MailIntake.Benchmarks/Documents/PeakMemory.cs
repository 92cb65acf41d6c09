using System.Globalization;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// The highest memory (VmHWM) of this process and of the tools that it starts, while something runs: the kernel's own high-water mark, set back before, and looked
/// at every few milliseconds, as that of a tool goes with it.
/// </summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly HashSet<int> _before = [.. Children("self")];
    private readonly long _start;
    private readonly Thread _watch;
    private readonly ManualResetEventSlim _done = new();
    private long _new;
    private long _old;

    /// <summary>Begins to watch.</summary>
    public PeakMemory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Reset("self");
        foreach (var child in _before)
        {
            Reset(child.ToString(CultureInfo.InvariantCulture));
        }

        _start = Status("self", "VmRSS:");
        _watch = new Thread(Watch) { IsBackground = true };
        _watch.Start();
    }

    /// <summary>Bytes by which this process grew at most, runtime and code that it already had left out.</summary>
    public long Own { get; private set; }

    /// <summary>Bytes of the largest tool that was started.</summary>
    public long Tool => _new;

    /// <summary>Bytes of the largest tool that was there before, as LibreOffice is.</summary>
    public long Standing => _old;

    /// <summary>Ends watching.</summary>
    public void Dispose()
    {
        Own = Math.Max(0, Status("self", "VmHWM:") - _start);
        _done.Set();
        _watch.Join();
        _done.Dispose();
    }

    /// <summary>Bytes that a process says in a line of its status; 0 where it has ended.</summary>
    internal static long Status(string process, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The processes that a process started and that have not ended.</summary>
    internal static IEnumerable<int> Children(string process)
    {
        var found = new List<int>();
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                found.AddRange(File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture)));
            }
        }
        catch (IOException)
        {
            // A thread or the process ended while it was looked at.
        }

        return found;
    }

    private void Watch()
    {
        do
        {
            foreach (var child in Children("self"))
            {
                var peak = Status(child.ToString(CultureInfo.InvariantCulture), "VmHWM:");
                if (_before.Contains(child))
                {
                    _old = Math.Max(_old, peak);
                }
                else
                {
                    _new = Math.Max(_new, peak);
                }
            }
        }
        while (!_done.Wait(3));
    }

    private static void Reset(string process)
    {
        try
        {
            File.WriteAllText($"/proc/{process}/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or the kernel does not keep count: the mark then is that of its whole life.
        }
    }
}
