using System.Runtime.InteropServices;

namespace MailIntake.Storage.Archive;

/// <summary>Gives pages of a mapped file back to the system; whoever reads them again gets them from the file.</summary>
internal static unsafe partial class MappedPages
{
    private const int DontNeed = 4; // MADV_DONTNEED on Linux

    /// <summary>Lets go of the whole pages between two addresses. Elsewhere than on Linux they stay until the mapping ends.</summary>
    internal static void Release(byte* start, long length)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var page = Environment.SystemPageSize;
        var first = ((nint)start + page - 1) / page * page;
        var end = (nint)(start + length) / page * page;
        if (end > first)
        {
            // It is advice: where the system does not take it, nothing is lost but the room.
            _ = Advise(first, end - first, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nint length, int advice);
}
