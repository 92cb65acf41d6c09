using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Outbox;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Receipts;

/// <summary>Makes a receipt from the snapshot in its row: it tells what was so when the mail was filed.</summary>
internal sealed class ReceiptComposer(LetterRenderer renderer) : ILetterComposer
{
    /// <inheritdoc/>
    public string Kind => ReceiptWriter.Kind;

    /// <inheritdoc/>
    public async Task<Composition> ComposeAsync(OutboxRow row, IntakeDatabase database, CancellationToken cancellation) =>
        Composition.Of(await ComposeAsync(LetterJson.Read<ReceiptModel>(row.PayloadJson)));

    /// <summary>The letter of a model.</summary>
    public async Task<Letter> ComposeAsync(ReceiptModel model) =>
        new(ReceiptSubject.Of(model), await renderer.RenderAsync<Receipt, ReceiptModel>(model), ReceiptText.Of(model), [])
        {
            AutoSubmitted = "auto-replied",
            InReplyTo = model.InReplyTo,
            References = [.. model.References.Concat(model.InReplyTo is null ? [] : [model.InReplyTo]).Distinct(StringComparer.Ordinal)],
            RecipientName = model.Redirected is null ? null : model.UnitName,
        };
}
