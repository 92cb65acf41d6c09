using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Mail.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>
/// Takes in delivery reports (退信). A report is believed only where it names a Message-ID that was signed here and sent,
/// and the very address it was sent to: anyone can write a mail that looks like a report.
/// </summary>
internal sealed class BounceHandler(ReplyTokens tokens, IClock clock)
{
    /// <summary>Marks the addresses dead that failed for good; changes tracked rows, saves nothing. Gives the letter it speaks of; null where it is none of ours.</summary>
    public async Task<OutboxRow?> HandleAsync(IntakeDatabase database, DeliveryReport report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!tokens.IsOwn(report.OriginalMessageId))
        {
            return null;
        }

        var row = await database.Outbox.AsNoTracking().FirstOrDefaultAsync(r => r.MessageIdHeader == report.OriginalMessageId, cancellation);
        if (row is null)
        {
            return null;
        }

        var failed = report.Recipients.FirstOrDefault(
            r => r.IsPermanent && string.Equals(r.Address, row.Recipient, StringComparison.OrdinalIgnoreCase));
        if (failed is not null)
        {
            await DeadAddresses.BuryAsync(
                database, row.Recipient, failed.Diagnostic ?? failed.Status ?? "delivery failed", clock.GetCurrentInstant(), cancellation);
        }

        return row;
    }
}
