using MailIntake.Correspondence.Letters;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>Makes the outbox rows of notices.</summary>
internal sealed class NoticeRows(ReplyTokens tokens, MailIdentity identity)
{
    /// <summary>A row; the key makes it the only one.</summary>
    /// <param name="model">The letter.</param>
    /// <param name="key">What follows the kind in the key: <c>held:KEY</c>.</param>
    /// <param name="unit">Code of the unit; null for staff and strangers.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="now">Now.</param>
    public OutboxRow Make(NoticeModel model, string key, string? unit, string recipient, Instant now)
    {
        var whole = $"{model.Kind}:{key}";
        return new OutboxRow
        {
            Key = whole,
            Kind = model.Kind,
            Priority = NoticeKinds.PriorityOf(model.Kind),
            UnitCode = unit,
            Recipient = recipient,
            MessageIdHeader = tokens.MessageIdFor(model.Kind, whole, identity.Domain),
            PayloadJson = LetterJson.Write(model),
            CreatedAt = now,
            State = OutboxState.Pending,
        };
    }
}
