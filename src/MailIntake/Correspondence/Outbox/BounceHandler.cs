using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Mail.Reading;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>
/// Takes in delivery reports (退信). A report is believed only where it names a Message-ID that was signed here and sent,
/// and the very address it was sent to: anyone can write a mail that looks like a report. What did not arrive is sent once more: to
/// the unit's next address where the first does not exist, to the same one later where it was full or out of reach.
/// </summary>
internal sealed class BounceHandler(ReplyTokens tokens, ReplyPolicy policy, SendingOptions options, IClock clock)
{
    private static readonly Duration Fresh = Duration.FromDays(3);
    private static readonly Duration Later = Duration.FromHours(4);

    /// <summary>Marks the addresses dead that failed for good and puts the letter back into the outbox; changes tracked rows, saves nothing. Gives the letter it speaks of; null where it is none of ours.</summary>
    /// <param name="database">The filing transaction.</param>
    /// <param name="report">The report.</param>
    /// <param name="cameAt">When it came. An old one, in a rebuild, sends nothing again, nor does one that is older than the last sending.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<OutboxRow?> HandleAsync(IntakeDatabase database, DeliveryReport report, Instant cameAt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!tokens.IsOwn(report.OriginalMessageId))
        {
            return null;
        }

        var row = await database.Outbox.FirstOrDefaultAsync(r => r.MessageIdHeader == report.OriginalMessageId, cancellation);
        var failed = row is null
            ? null
            : report.Recipients.FirstOrDefault(r => r.Action == "failed" && string.Equals(r.Address, row.Recipient, StringComparison.OrdinalIgnoreCase));
        if (row is null || failed is null)
        {
            return row;
        }

        var now = clock.GetCurrentInstant();
        var why = failed.Diagnostic ?? failed.Status ?? "delivery failed";
        var mayGoAgain = row.State == OutboxState.Sent && now - cameAt < Fresh && row.SentAt <= cameAt;
        if (!failed.IsPermanent)
        {
            if (mayGoAgain && row.Attempts < options.MaxAttempts)
            {
                PutBack(row, row.Recipient, now + Later, why);
            }

            return row;
        }

        var next = mayGoAgain ? await NextAddressAsync(database, row, cancellation) : null;
        await DeadAddresses.BuryAsync(database, row.Recipient, why, now, cancellation);
        if (next is not null)
        {
            PutBack(row, next, null, why);
        }

        return row;
    }

    private static void PutBack(OutboxRow row, string recipient, Instant? notBefore, string why)
    {
        row.LastReply = $"{row.Recipient} returned it: {(why.Length > 500 ? why[..500] : why)}";
        row.Recipient = recipient;
        row.State = OutboxState.Pending;
        row.SentAt = null;
        row.NextAttemptAt = notBefore;
    }

    /// <summary>The unit's next address that lives, where the letter went to one of its own; null for none.</summary>
    private async Task<string?> NextAddressAsync(IntakeDatabase database, OutboxRow row, CancellationToken cancellation)
    {
        if (row.UnitCode is null || (await CampaignState.LoadRosterAsync(database, cancellation)).Find(row.UnitCode) is not { } unit
            || !unit.Addresses.Contains(row.Recipient, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        return policy.FirstLiveAddress(unit, [.. dead, row.Recipient]);
    }
}
