using System.Runtime.InteropServices;

namespace MailIntake.Benchmarks.Documents;

/// <summary>Processor time of the thread that asks.</summary>
internal static class ThreadTime
{
    private const int OfThisThread = 3;

    /// <summary>What it has used until now.</summary>
    public static TimeSpan Now() =>
        ClockGetTime(OfThisThread, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000.0) : throw new PlatformNotSupportedException();

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
