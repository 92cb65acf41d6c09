using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>Puts a letter into its envelope: headers that say it is automatic, the thread, a Message-ID that never changes.</summary>
internal sealed class LetterAddresser(Campaign campaign, MailIdentity identity)
{
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
