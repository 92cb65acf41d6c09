using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>Puts a letter into its envelope: headers that say it is automatic, the thread, a Message-ID that never changes.</summary>
internal sealed class LetterAddresser(Campaign campaign, MailIdentity identity)
{
    /// <summary>
    /// The letter and address of a dry run: the first member of staff gets it, who sees in the subject for whom it was. Letters to staff
    /// go as they are. Null where the campaign has no staff.
    /// </summary>
    public (Letter Letter, string Recipient)? Divert(Letter letter, string recipient) =>
        campaign.Staff.Contains(recipient, StringComparer.OrdinalIgnoreCase) ? (letter, recipient)
        : campaign.Staff is [var first, ..] ? (letter with { Subject = $"【试运行，原收件人：{recipient}】{letter.Subject}", RecipientName = null }, first)
        : null;

    /// <summary>The message as bytes.</summary>
    public byte[] Address(OutboxRow row, Letter letter, string recipient) => new OutgoingMessage
    {
        From = identity.From,
        To = [new MailAddress(letter.RecipientName, recipient)],
        Subject = letter.Subject,
        Date = row.CreatedAt.InZone(campaign.Zone).ToDateTimeOffset(),
        MessageId = row.MessageIdHeader,
        InReplyTo = letter.InReplyTo,
        References = letter.References,
        ExtraHeaders =
        [
            // RFC 3834 section 5, and Microsoft's own word for vacation responders. No Precedence: bulk mail is filed as junk.
            new("Auto-Submitted", letter.AutoSubmitted),
            new("X-Auto-Response-Suppress", "All"),
        ],
        Text = letter.Text,
        Html = letter.Html,
        Files = letter.Files,
    }.ToBytes();
}
