using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Outbox;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Notices;

/// <summary>Makes a notice of one kind from the model in its row.</summary>
internal sealed class NoticeComposer(string kind, LetterRenderer renderer) : ILetterComposer
{
    /// <inheritdoc/>
    public string Kind { get; } = kind;

    /// <inheritdoc/>
    public async Task<Composition> ComposeAsync(OutboxRow row, IntakeDatabase database, CancellationToken cancellation)
    {
        var model = LetterJson.Read<NoticeModel>(row.PayloadJson);
        if (model.Mail is { } mail && !await database.Messages.AnyAsync(m => m.Id == mail && (m.State == MessageState.Held || m.State == MessageState.Failed), cancellation))
        {
            return Composition.Dropped("the mail waits no more");
        }

        return Composition.Of(new Letter(model.Subject, await renderer.RenderAsync<Notice, NoticeModel>(model), NoticeText.Of(model), [])
        {
            AutoSubmitted = model.InReplyTo is null ? "auto-generated" : "auto-replied",
            InReplyTo = model.InReplyTo,
            References = model.References,
        });
    }
}
