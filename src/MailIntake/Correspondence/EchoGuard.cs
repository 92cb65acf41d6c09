using Microsoft.EntityFrameworkCore;

using MailIntake.Domain.Completeness;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence;

/// <summary>
/// Ends a conversation with a machine that looks like a person (RFC 3834 section 2): a mail that brings nothing new is not answered
/// where the same address sent another such mail within the day before. Who sends a file once more by mistake is told so; who does
/// it again and again is not. Judged by the mails alone, so that a rebuild comes to the same.
/// </summary>
internal static class EchoGuard
{
    /// <summary>What a mail says of itself whose files were all there before.</summary>
    public const string NothingNew = "本次来件的材料此前均已收到，未重复登记";

    /// <summary>The mail is not to be answered.</summary>
    /// <param name="database">The filing transaction, with mails that are not saved yet.</param>
    /// <param name="message">The mail, its findings written.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<bool> IsEchoAsync(IntakeDatabase database, MessageRow message, CancellationToken cancellation)
    {
        if (message.FromAddress is not { } sender || !BringsNothing(message.FindingsJson))
        {
            return false;
        }

        var since = message.ArchivedAt - Duration.FromDays(1);
        if (database.Messages.Local.Any(
            m => m.FromAddress == sender && m.Id < message.Id && m.ArchivedAt > since && m.ProcessedAt is not null && BringsNothing(m.FindingsJson)))
        {
            return true;
        }

        var earlier = await database.Messages.AsNoTracking()
            .Where(m => m.FromAddress == sender && m.Id < message.Id && m.ArchivedAt > since && m.ProcessedAt != null)
            .Select(m => m.FindingsJson)
            .ToListAsync(cancellation);
        return earlier.Exists(BringsNothing);
    }

    private static bool BringsNothing(string? findings) =>
        FindingsJson.Read(findings).Any(f => f is { Code: FindingCodes.Duplicate, Message: NothingNew });
}
