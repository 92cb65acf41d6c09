using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence;

/// <summary>Makes the outbox row of a receipt (回执). Called inside the filing transaction; no I/O.</summary>
internal sealed class ReceiptWriter
{
    /// <summary>The row, or null where no receipt may be sent (see the rules in <c>Correspondence/ReplyPolicy</c>).</summary>
    public OutboxRow? Write(SubmissionOutcome outcome) => throw new NotImplementedException();
}
