using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Correspondence.Forms;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Outbox;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Reminders;

/// <summary>Makes a reminder from what is owed at the moment of sending; who owes nothing any more gets none.</summary>
internal sealed class ReminderComposer(
    Campaign campaign, ReminderModelBuilder models, ReplyPolicy policy, ReplyTokens tokens, BlankForm blankForm, LetterRenderer renderer, IClock clock)
    : ILetterComposer
{
    /// <inheritdoc/>
    public string Kind => ReminderPlanner.Kind;

    /// <inheritdoc/>
    public async Task<Composition> ComposeAsync(OutboxRow row, IntakeDatabase database, CancellationToken cancellation)
    {
        var payload = LetterJson.Read<ReminderPayload>(row.PayloadJson);
        if (campaign.FindPhase(payload.Phase) is not { } phase)
        {
            return Composition.Dropped($"The campaign has no phase {payload.Phase} any more.");
        }

        var now = clock.GetCurrentInstant();
        if (await FindRivalAsync(row, payload, now, database, cancellation) is { } rival)
        {
            return Composition.Dropped(rival);
        }

        var state = await CampaignState.LoadAsync(database, campaign.Id, payload.Unit, cancellation);
        if (state.Roster.Find(payload.Unit) is not { } unit)
        {
            return Composition.Dropped($"The roster has no unit {payload.Unit} any more.");
        }

        var only = new Domain.Units.Roster([unit]);
        var report = CompletenessCheck.Evaluate(campaign, only, state.Entries, state.Extensions, now);
        if (models.Build(report.Units[0], phase, tokens.TokenFor(unit.Code), blankForm.FileName, now) is not { } model)
        {
            return Composition.Dropped("Nothing is owed any more that could come in time.");
        }

        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        return Composition.Of(await ComposeAsync(model, row.CreatedAt), policy.FirstLiveAddress(unit, dead));
    }

    /// <summary>Why another reminder of the phase makes this one too much: reminders that waited for days must not go out in a heap.</summary>
    private async Task<string?> FindRivalAsync(
        OutboxRow row, ReminderPayload payload, Instant now, IntakeDatabase database, CancellationToken cancellation)
    {
        var prefix = ReminderPlanner.PrefixFor(campaign.Id, payload.Unit, payload.Phase);
        var others = await database.Outbox.AsNoTracking()
            .Where(r => r.Key.StartsWith(prefix) && r.Id != row.Id)
            .Select(r => new { r.Key, r.State, r.SentAt })
            .ToListAsync(cancellation);
        if (others.Exists(o => o.State is OutboxState.Pending or OutboxState.Sending && string.CompareOrdinal(o.Key, row.Key) > 0))
        {
            return "A later reminder of the same phase takes its place.";
        }

        var today = now.InZone(campaign.Zone).Date;
        return others.Exists(o => o.SentAt?.InZone(campaign.Zone).Date == today) ? "The unit was reminded of the phase on this day already." : null;
    }

    /// <summary>The letter of a model, made at that instant.</summary>
    public async Task<Letter> ComposeAsync(ReminderModel model, Instant made) =>
        new(
            ReminderText.Subject(model),
            await renderer.RenderAsync<Reminder, ReminderModel>(model),
            ReminderText.Of(model),
            [.. Files(model, made)])
        {
            AutoSubmitted = "auto-generated",
            RecipientName = model.UnitName,
        };

    private IEnumerable<OutgoingFile> Files(ReminderModel model, Instant made)
    {
        if (model.BlankForm is not null && blankForm.File is { } form)
        {
            yield return form;
        }

        if (model.Calendar is { } entry)
        {
            yield return CalendarFile.Write(entry, campaign.Zone, made);
        }
    }
}
