using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MailIntake.Documents.Tools;

/// <summary>What stands before an outside tool's name on its command line, and what ends it with all its children.</summary>
/// <remarks>
/// <c>setsid</c>, <c>unshare</c> and <c>prlimit</c> (util-linux) each replace themselves by the next, so that the process that was
/// started is the tool itself and leads its own session: one signal to the group ends everything that it started.
/// </remarks>
internal static class Confinement
{
    /// <summary>Where programs are looked for.</summary>
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

    private const int SigKill = 9;

    private static readonly ConcurrentDictionary<string, string?> Known = new();

    private static readonly Lazy<string[]> NoNetwork = new(ProbeNoNetwork);

    /// <summary>The full path of a program; null when it is not installed.</summary>
    public static string? Find(string tool) => Known.GetOrAdd(tool, static name =>
    {
        foreach (var folder in SearchPath.Split(':'))
        {
            var candidate = Path.Combine(folder, name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    });

    /// <summary>The words before the tool; null where the system cannot confine.</summary>
    public static IReadOnlyList<string>? Prefix(DocumentReaderOptions options)
    {
        if (!OperatingSystem.IsLinux() || Find("setsid") is not { } session || Find("prlimit") is not { } limit)
        {
            return null;
        }

        var seconds = (long)Math.Ceiling(options.ToolTimeout.TotalSeconds) + 1;
        return
        [
            session, .. NoNetwork.Value, limit,
            "--as=" + options.ToolMemory.ToString(CultureInfo.InvariantCulture),
            "--cpu=" + seconds.ToString(CultureInfo.InvariantCulture),
            "--fsize=" + ToolRunner.MaxFileSize,
            "--core=0", "--nofile=256", "--",
        ];
    }

    /// <summary>Ends the tool and all that it started.</summary>
    public static void KillSession(Process process)
    {
        if (Kill(-process.Id, SigKill) != 0)
        {
            // It has not become the leader of a session yet: it is still alone.
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Ends a session that a killed worker left, if it still is that program's and not another's by now.</summary>
    public static void KillLeft(int session, string program)
    {
        try
        {
            if (File.ReadAllText(FormattableString.Invariant($"/proc/{session}/cmdline")).StartsWith(program, StringComparison.Ordinal))
            {
                _ = Kill(-session, SigKill);
            }
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    private static string[] ProbeNoNetwork()
    {
        if (Find("unshare") is not { } unshare)
        {
            return [];
        }

        // As root directly, else inside a user namespace where the kernel allows one.
        foreach (var words in (string[][])[[unshare, "-n", "--"], [unshare, "-r", "-n", "--"]])
        {
            var start = new ProcessStartInfo(unshare) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var word in words.Skip(1).Append("/bin/true"))
            {
                start.ArgumentList.Add(word);
            }

            using var probe = Process.Start(start)!;
            if (probe.WaitForExit(5_000) && probe.ExitCode == 0)
            {
                return words;
            }
        }

        return [];
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
