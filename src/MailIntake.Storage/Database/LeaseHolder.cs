using System.Diagnostics;
using System.Globalization;

namespace MailIntake.Storage.Database;

/// <summary>
/// Names a process so that another one can tell whether it lives: <c>host:pid:start</c>. On Linux the host carries the number
/// of its process namespace, since two containers may share a host name and never see each other's processes.
/// </summary>
public static class LeaseHolder
{
    private const string ProcessNamespace = "/proc/self/ns/pid";

    private static readonly string Host = FindHost();

    /// <summary>This process.</summary>
    public static string Current { get; } = Of(Environment.ProcessId)
        ?? throw new InvalidOperationException("The start of this process cannot be read.");

    /// <summary>True where the holder is a process of this machine that has ended; false where it lives, or nobody here can know.</summary>
    public static bool IsKnownDead(string holder)
    {
        var parts = holder.Split(':');
        return parts.Length == 3
            && parts[0] == Host
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && Of(process) != holder;
    }

    private static string? Of(int process) =>
        Start(process) is { } start ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{process}:{start}") : null;

    private static string FindHost()
    {
        var name = Environment.MachineName.Replace(':', '_');
        return OperatingSystem.IsLinux() && File.ResolveLinkTarget(ProcessNamespace, returnFinalTarget: false) is { } link
            ? name + "/" + new string([.. link.Name.Where(char.IsAsciiDigit)])
            : name;
    }

    /// <summary>When the process began, in whatever unit does not change while it lives; null where there is none.</summary>
    private static string? Start(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // proc(5), stat: field 3, state, and 22, ticks since boot; behind the name, which may hold blanks and parentheses.
                // Z and X have ended, and only their parents have not asked yet (a container without an init never does).
                var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[19];
            }

            using var found = Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
        {
            return null; // No such process: that is the answer.
        }
    }
}
