using Microsoft.EntityFrameworkCore;

using MailIntake.Domain.Campaigns;
using MailIntake.Intake.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>
/// Asks a sender whose unit could not be told which one it is: only a sender that passed authentication, only for fresh mail with material,
/// once for each mail and at most once a day for each address.
/// </summary>
internal sealed class UnmatchedWriter(ReplyPolicy policy, NoticeWriter notices, NoticeRows rows, Campaign campaign)
{
    private static readonly Duration _fresh = Duration.FromDays(3);
    private static readonly Duration _pause = Duration.FromDays(1);

    /// <summary>Adds the row where one is due; called inside the filing transaction, saves nothing.</summary>
    public async Task AddAsync(
        IntakeDatabase database, MessageRow message, MailReading reading, IReadOnlyCollection<string> deadAddresses, Instant now, CancellationToken cancellation)
    {
        if (message.State != MessageState.Held || !reading.Materials.Any() || message.ReceivedAt < now - _fresh)
        {
            return;
        }

        var decision = policy.Decide(new ReplyQuestion(reading.Kind, reading.Envelope.From?.Address ?? "", reading.Authentication.Passed, null, deadAddresses));
        if (decision.Recipient is not { } recipient)
        {
            return;
        }

        var since = now - _pause;
        var row = rows.Make(
            notices.Unmatched(reading.Envelope.Subject, reading.Envelope.MessageId, reading.Envelope.References, [.. reading.Materials.Select(f => f.File.FileName)], now.InZone(campaign.Zone).Date),
            message.Sha256, null, recipient, now);
        if (database.Outbox.Local.Any(r => r.Kind == NoticeKinds.Unmatched && r.Recipient == recipient)
            || await database.Outbox.AnyAsync(r => r.Key == row.Key || (r.Kind == NoticeKinds.Unmatched && r.Recipient == recipient && r.CreatedAt > since), cancellation))
        {
            return;
        }

        database.Outbox.Add(row);
    }
}
