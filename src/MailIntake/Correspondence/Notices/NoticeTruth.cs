using Microsoft.EntityFrameworkCore;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>Whether a notice that was planned is still true when it is sent, and to which address of the unit it goes.</summary>
internal sealed class NoticeTruth(Campaign campaign, ReplyPolicy policy, IWorkerCondition worker, IClock clock)
{
    /// <summary>Looks at the database as it is now.</summary>
    public async Task<NoticeVerdict> CheckAsync(OutboxRow row, NoticeModel model, IntakeDatabase database, CancellationToken cancellation)
    {
        if (model.Mail is { } mail && !await database.Messages.AnyAsync(m => m.Id == mail && (m.State == MessageState.Held || m.State == MessageState.Failed), cancellation))
        {
            return NoticeVerdict.No("the mail waits no more");
        }

        if (model.Cause is { } cause && !(await worker.FindCausesAsync(cancellation)).Contains(cause))
        {
            return NoticeVerdict.No("the worker is well again");
        }

        return row.UnitCode is { } code && NoticeKinds.ToUnits.Contains(model.Kind)
            ? await CheckUnitAsync(code, model, database, cancellation)
            : NoticeVerdict.Yes(null);
    }

    private async Task<NoticeVerdict> CheckUnitAsync(string code, NoticeModel model, IntakeDatabase database, CancellationToken cancellation)
    {
        var state = await CampaignState.LoadAsync(database, campaign.Id, code, cancellation);
        if (state.Roster.Find(code) is not { } unit)
        {
            return NoticeVerdict.No($"The roster has no unit {code} any more.");
        }

        var now = clock.GetCurrentInstant();
        var standing = CompletenessCheck.Evaluate(campaign, new Roster([unit]), state.Entries, state.Extensions, now).Units[0];
        if (model.Kind == NoticeKinds.Overdue && !standing.Missing.Any(m => m.Phase.Id == model.Phase && m.Due < now))
        {
            return NoticeVerdict.No("Nothing of the phase is overdue any more.");
        }

        if (model.Kind == NoticeKinds.Complete && !standing.IsComplete)
        {
            return NoticeVerdict.No("The unit is not complete any more.");
        }

        if (model.Material is { } told && !IsStillBad(standing, told))
        {
            return NoticeVerdict.No("The material was mended, or a newer one came.");
        }

        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        return NoticeVerdict.Yes(policy.FirstLiveAddress(unit, dead));
    }

    private static bool IsStillBad(UnitCompleteness unit, NoticeMaterial told) => unit.Entries
        .Where(e => e.Entry.Code == told.EntryCode)
        .SelectMany(e => e.Materials)
        .Any(m => m.Requirement.Kind == told.Kind && m.State == MaterialState.Problem && m.Current?.Version == told.Version);
}

/// <summary>What came of it.</summary>
/// <param name="DroppedBecause">Why it is not sent; null where it is.</param>
/// <param name="Recipient">The address to send it to; null for the row's own.</param>
internal sealed record NoticeVerdict(string? DroppedBecause, string? Recipient)
{
    /// <summary>It is sent.</summary>
    public static NoticeVerdict Yes(string? recipient) => new(null, recipient);

    /// <summary>It is not sent.</summary>
    public static NoticeVerdict No(string because) => new(because, null);
}
