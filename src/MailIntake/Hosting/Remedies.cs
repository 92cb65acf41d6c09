using System.Data.Common;

using MailIntake.Commands;
using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Archive;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Hosting;

/// <summary>Turns what may be expected to go wrong into an exit code; what nobody expects stays an exception with its trace.</summary>
internal static class Remedies
{
    /// <summary>The exit code for an expected failure; null for any other.</summary>
    public static int? ExitCodeFor(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException => ExitCodes.BadInput,
        MailboxException or ArchiveHasAnotherWriterException or ArchiveDamagedException => ExitCodes.Failed,
        DbException or DbUpdateException or IOException or UnauthorizedAccessException => ExitCodes.Failed,
        OperationCanceledException => ExitCodes.Failed,
        _ => null,
    };
}
