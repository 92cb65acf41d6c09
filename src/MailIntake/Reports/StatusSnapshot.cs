using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Reports;

/// <summary>The matrix with what staff want to know beside it, as of one instant: what <c>status</c>, the report and the digest are made from.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Matrix">Who owes what.</param>
/// <param name="Contacts">What is known of each unit's mail, by unit code.</param>
/// <param name="Held">Mails that wait for staff.</param>
/// <param name="Failed">Mails that could not be processed.</param>
internal sealed record StatusSnapshot(
    Campaign Campaign, CompletenessReport Matrix, IReadOnlyDictionary<string, UnitContact> Contacts, int Held, int Failed)
{
    /// <summary>Units that owe nothing and of which nothing waits for staff.</summary>
    public int Complete => Matrix.Units.Count(u => u.IsComplete);

    /// <summary>Units that owe nothing, but of which staff must look at something first.</summary>
    public int Review => Matrix.Units.Count(u => u.Standing == UnitStanding.Review);

    /// <summary>Entries of all units.</summary>
    public int Entries => Matrix.Units.Sum(u => u.Entries.Count);

    /// <summary>Loads it from the database.</summary>
    public static async Task<StatusSnapshot> LoadAsync(IntakeDatabase database, Campaign campaign, Instant asOf, CancellationToken cancellation)
    {
        var state = await CampaignState.LoadAsync(database, campaign.Id, null, cancellation);
        var matrix = CompletenessCheck.Evaluate(campaign, state.Roster, state.Entries, state.Extensions, asOf);
        var received = await database.Messages
            .Where(m => m.State == MessageState.Filed && m.UnitCode != null)
            .Select(m => new { m.UnitCode, m.ReceivedAt })
            .ToListAsync(cancellation);
        var reminded = await database.Outbox
            .Where(r => r.Kind == "reminder" && r.State == OutboxState.Sent && r.UnitCode != null)
            .Select(r => new { r.UnitCode, r.SentAt })
            .ToListAsync(cancellation);
        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        var deadSet = dead.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lastReceived = received.Where(m => m.ReceivedAt <= asOf).ToLookup(m => m.UnitCode!, m => m.ReceivedAt, StringComparer.Ordinal);
        var lastReminded = reminded.ToLookup(r => r.UnitCode!, r => r.SentAt, StringComparer.Ordinal);
        var contacts = matrix.Units.ToDictionary(
            u => u.Unit.Code,
            u => new UnitContact(
                lastReceived[u.Unit.Code].Select(at => (Instant?)at).Max(),
                lastReminded[u.Unit.Code].Max(),
                u.Unit.Addresses.Count == 0 ? AddressState.None
                : u.Unit.Addresses.All(deadSet.Contains) ? AddressState.Dead
                : AddressState.Ok),
            StringComparer.Ordinal);
        return new StatusSnapshot(
            campaign,
            matrix,
            contacts,
            await database.Messages.CountAsync(m => m.State == MessageState.Held, cancellation),
            await database.Messages.CountAsync(m => m.State == MessageState.Failed, cancellation));
    }
}

/// <summary>What is known of a unit's mail.</summary>
/// <param name="LastReceivedAt">When its last filed mail was received; null for never.</param>
/// <param name="LastRemindedAt">When it was last reminded; null for never.</param>
/// <param name="State">Whether it can be written to.</param>
internal sealed record UnitContact(Instant? LastReceivedAt, Instant? LastRemindedAt, AddressState State);

/// <summary>Whether a unit can be written to; the lower-case names are a contract.</summary>
internal enum AddressState
{
    /// <summary>An address lives.</summary>
    Ok,

    /// <summary>All its addresses are dead.</summary>
    Dead,

    /// <summary>It has no address.</summary>
    None,
}
