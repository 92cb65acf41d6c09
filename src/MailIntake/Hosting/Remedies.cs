using System.Data.Common;

using MailIntake.Commands;
using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Archive;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Hosting;

/// <summary>Turns what went wrong into an exit code and one line that a person can act on.</summary>
internal static class Remedies
{
    /// <summary>The exit code for an expected failure; null for any other.</summary>
    public static int? ExitCodeFor(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException => ExitCodes.BadInput,
        MailboxException or ArchiveHasAnotherWriterException or ArchiveDamagedException => ExitCodes.Failed,
        IOException or UnauthorizedAccessException => ExitCodes.Failed,
        OperationCanceledException => ExitCodes.Failed,
        _ => DatabaseFault(exception) is null ? null : ExitCodes.Failed,
    };

    /// <summary>What happened, in one line.</summary>
    public static string Describe(Exception exception)
    {
        var text = exception switch
        {
            OperationCanceledException => "stopped before it was done",
            _ when DatabaseFault(exception) is { } fault => $"database: {WithCauses(fault)}",
            _ when ExitCodeFor(exception) is not null => WithCauses(exception),
            _ => $"unexpected fault ({exception.GetType().Name}): {exception.Message}",
        };
        return string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>What the database driver said, however deep the framework wrapped it (a transient fault comes as an InvalidOperationException).</summary>
    private static DbException? DatabaseFault(Exception? exception)
    {
        while (exception is InvalidOperationException or DbUpdateException)
        {
            exception = exception.InnerException;
        }

        return exception as DbException;
    }

    /// <summary>The message, and of its causes those that say something more.</summary>
    private static string WithCauses(Exception exception)
    {
        var text = exception.Message;
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (!text.Contains(cause.Message, StringComparison.Ordinal))
            {
                text += $" ({cause.Message})";
            }
        }

        return text;
    }
}
