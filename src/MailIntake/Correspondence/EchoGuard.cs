using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Receipts;
using MailIntake.Storage.Database;

using NodaTime;

namespace MailIntake.Correspondence;

/// <summary>
/// Ends a conversation with a machine that looks like a person (RFC 3834 section 2): a mail that brings nothing new is not answered
/// where it answers a letter of ours, nor where its address has had two receipts within a day. Who sends the same file once more
/// by mistake is told so; who does it again and again is not.
/// </summary>
internal static class EchoGuard
{
    private const int ReceiptsADay = 2;

    /// <summary>The mail is not to be answered.</summary>
    /// <param name="database">The filing transaction, with receipts that are not saved yet.</param>
    /// <param name="bringsNew">It brings a file that was not there, or a link.</param>
    /// <param name="answersOurs">It answers a letter of ours.</param>
    /// <param name="sender">Address in From.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<bool> IsEchoAsync(
        IntakeDatabase database, bool bringsNew, bool answersOurs, string sender, Instant now, CancellationToken cancellation)
    {
        if (bringsNew)
        {
            return false;
        }

        var since = now - Duration.FromDays(1);
        return answersOurs
            || database.Outbox.Local.Count(r => r.Kind == ReceiptWriter.Kind && r.Recipient == sender)
                + await database.Outbox.CountAsync(r => r.Kind == ReceiptWriter.Kind && r.Recipient == sender && r.CreatedAt > since, cancellation)
                >= ReceiptsADay;
    }
}
