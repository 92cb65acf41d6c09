using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Receipts;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence;

/// <summary>Makes the outbox row of a receipt (回执). Called inside the filing transaction; no I/O.</summary>
internal sealed class ReceiptWriter(ReplyPolicy policy, ReplyTokens tokens, MailIdentity identity, ReceiptModelBuilder models)
{
    /// <summary>Kind of the rows.</summary>
    public const string Kind = "receipt";

    /// <summary>Receipts go before all other letters.</summary>
    public const int Priority = 10;

    /// <summary>The row, or null where no receipt may be sent (see <see cref="ReplyPolicy"/>).</summary>
    public OutboxRow? Write(SubmissionOutcome outcome)
    {
        var decision = policy.Decide(new ReplyQuestion(
            outcome.Message.Kind, outcome.SenderAddress, outcome.SenderAuthenticated, outcome.Unit, outcome.DeadAddresses));
        if (decision.Recipient is null)
        {
            return null;
        }

        var key = KeyFor(outcome.Message.Sha256);
        var model = models.Build(outcome, tokens.TokenFor(outcome.Unit.Code), decision);
        return new OutboxRow
        {
            Key = key,
            Kind = Kind,
            Priority = Priority,
            UnitCode = outcome.Unit.Code,
            Recipient = decision.Recipient,
            MessageIdHeader = tokens.MessageIdFor(Kind, key, identity.Domain),
            PayloadJson = LetterJson.Write(model),
            CreatedAt = outcome.Now,
            State = OutboxState.Pending,
        };
    }

    /// <summary>The key of the receipt for a mail, which makes it the only one.</summary>
    public static string KeyFor(string messageSha256) => $"receipt:{messageSha256}";
}
