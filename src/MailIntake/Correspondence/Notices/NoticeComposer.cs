using MailIntake.Correspondence.Forms;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Outbox;
using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Notices;

/// <summary>Makes a notice of one kind from the model in its row, as long as it is still true.</summary>
internal sealed class NoticeComposer(string kind, LetterRenderer renderer, NoticeTruth truth, BlankForm blankForm, Campaign campaign) : ILetterComposer
{
    /// <inheritdoc/>
    public string Kind { get; } = kind;

    /// <inheritdoc/>
    public async Task<Composition> ComposeAsync(OutboxRow row, IntakeDatabase database, CancellationToken cancellation)
    {
        var model = LetterJson.Read<NoticeModel>(row.PayloadJson);
        var verdict = await truth.CheckAsync(row, model, database, cancellation);
        if (verdict.DroppedBecause is { } because)
        {
            return Composition.Dropped(because);
        }

        var letter = new Letter(model.Subject, await renderer.RenderAsync<Notice, NoticeModel>(model), NoticeText.Of(model), [.. Files(model, row)])
        {
            AutoSubmitted = model.InReplyTo is null ? "auto-generated" : "auto-replied",
            InReplyTo = model.InReplyTo,
            References = model.References,
            RecipientName = row.UnitCode is null ? null : model.Addressee,
        };
        return Composition.Of(letter, verdict.Recipient);
    }

    private IEnumerable<OutgoingFile> Files(NoticeModel model, OutboxRow row)
    {
        if (model.WithBlankForm && blankForm.File is { } form)
        {
            yield return form;
        }

        if (model.Calendar is { } entry)
        {
            yield return CalendarFile.Write(entry, campaign.Zone, row.CreatedAt);
        }
    }
}
