using System.Data.Common;

namespace MailIntake.Intake;

/// <summary>
/// Tells faults of the house from faults of a mail: when the disk is full or the database is away, the round ends and no mail
/// uses up an attempt, or every mail of that hour would wait for staff as unreadable.
/// </summary>
internal static class HouseFaults
{
    // errno of Linux: no space, quota, read-only file system; HResults of Windows: handle disk full, disk full.
    private static readonly int[] _full = [28, 122, 30, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>Nothing more can be written.</summary>
    public static bool IsDiskFull(Exception exception) => Chain(exception).Any(e => e is IOException && _full.Contains(e.HResult));

    /// <summary>The database did not answer, or nothing more can be written.</summary>
    public static bool IsAny(Exception exception) => IsDiskFull(exception) || Chain(exception).Any(e => e is DbException);

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
