using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Completeness;

/// <summary>Decides who owes what (齐备性核查): a pure function.</summary>
/// <remarks>
/// <c>docs/campaign-file.md</c> states the rules for operators. What a unit owes is decided by the phases that have opened;
/// how a material stands by <see cref="MaterialAssessment"/>. A late material leaves nothing owed: staff decide what follows.
/// </remarks>
public static class CompletenessCheck
{
    /// <summary>The matrix of all units of <paramref name="roster"/> at <paramref name="asOf"/>.</summary>
    /// <param name="campaign">What is asked.</param>
    /// <param name="roster">Of whom.</param>
    /// <param name="entries">What came, of all units; an entry whose materials all came later does not exist yet.</param>
    /// <param name="extensions">Longer deadlines; those granted later do not count.</param>
    /// <param name="asOf">The instant that is asked about; materials received later do not count.</param>
    public static CompletenessReport Evaluate(
        Campaign campaign, Roster roster, IReadOnlyCollection<Entry> entries, IReadOnlyCollection<Extension> extensions, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(extensions);
        var byUnit = entries
            .Where(e => e.Materials.Count == 0 || e.Materials.Any(m => m.ReceivedAt <= asOf))
            .OrderBy(e => e.Code, StringComparer.Ordinal)
            .ToLookup(e => e.UnitCode, StringComparer.Ordinal);
        return new CompletenessReport(
            asOf,
            CurrentPhase(campaign, asOf),
            [.. roster.Units.Select(u => OfUnit(campaign, u, [.. byUnit[u.Code]], new DeadlineTable(campaign, u, extensions, asOf), asOf))]);
    }

    /// <summary>
    /// The phase that is open at that instant. Of several the one that closes first; of those that close on the same day the
    /// one in which units owe most (总结, not 培育), then the later in the file. Where none is open, the next that opens;
    /// null after the last.
    /// </summary>
    public static Phase? CurrentPhase(Campaign campaign, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var left = campaign.Phases.Where(p => p.Deadline(campaign.Zone) >= asOf).ToList();
        var open = left.Where(p => HasOpened(campaign, p, asOf)).ToList();
        return open.Count == 0
            ? left.OrderBy(p => p.Opens).FirstOrDefault()
            : open.OrderBy(p => p.Closes)
                .ThenByDescending(p => p.Requirements.Count(r => r.Owed == Obligation.Always))
                .ThenByDescending(p => campaign.Phases.ToList().IndexOf(p))
                .First();
    }

    /// <summary>The phase's first day has begun in the campaign's zone.</summary>
    internal static bool HasOpened(Campaign campaign, Phase phase, Instant asOf) =>
        phase.Opens.AtStartOfDayInZone(campaign.Zone).ToInstant() <= asOf;

    private static UnitCompleteness OfUnit(
        Campaign campaign, Unit unit, List<Entry> entries, DeadlineTable deadlines, Instant asOf)
    {
        var quota = campaign.Quotas.GetValueOrDefault(unit.Category);
        var missing = new List<MissingItem>();
        var rows = new List<EntryCompleteness>();
        foreach (var entry in entries)
        {
            var cells = campaign.Requirements.Select(r => MaterialAssessment.Assess(campaign, r, entry, deadlines, asOf)).ToList();
            rows.Add(new EntryCompleteness(entry, cells));
            missing.AddRange(cells.Where(c => c.Due is not null && c.State is (MaterialState.Missing or MaterialState.Problem))
                .Select(c => new MissingItem(
                    campaign.FindPhase(c.Requirement.Phase)!, c.Requirement.Kind, c.Requirement.Name, entry.Code, c.Due!.Value,
                    c.State == MaterialState.Missing ? MissingReason.NotReceived : MissingReason.MustBeMended)));
        }

        var findings = new List<Finding>();
        if (entries.Count == 0)
        {
            missing.AddRange(OfUnitWithoutEntry(campaign, quota, deadlines, asOf));
        }
        else if (quota is not null)
        {
            CountEntries(campaign, quota, entries.Count, deadlines, missing, findings);
        }

        return new UnitCompleteness(unit, quota, rows, [.. missing.OrderBy(m => m.Due)], findings);
    }

    /// <summary>
    /// A unit that sent nothing owes the materials of one entry, and the entries themselves once the phase that counts them has
    /// opened: else a wholly silent unit would hear nothing more after the materials' deadline.
    /// </summary>
    private static List<MissingItem> OfUnitWithoutEntry(Campaign campaign, Quota? quota, DeadlineTable deadlines, Instant asOf)
    {
        if (quota is not { Min: > 0 })
        {
            return [];
        }

        var opened = campaign.Phases.Where(p => HasOpened(campaign, p, asOf)).ToList();
        var owed = opened
            .SelectMany(p => p.Requirements.Where(r => r.Owed == Obligation.Always).Select(r => new MissingItem(
                p, r.Kind, r.Name, null, deadlines.Of(p), MissingReason.NotReceived)))
            .ToList();
        if (opened.Exists(p => p.Id == campaign.QuotaPhase) || (owed.Count == 0 && opened.Count > 0))
        {
            owed.Add(OwedEntries(campaign, quota.Min, deadlines));
        }

        return owed;
    }

    private static void CountEntries(
        Campaign campaign, Quota quota, int count, DeadlineTable deadlines, List<MissingItem> missing, List<Finding> findings)
    {
        if (count < quota.Min)
        {
            missing.Add(OwedEntries(campaign, quota.Min - count, deadlines));
            findings.Add(new Finding(FindingCodes.UnderQuota, Severity.Note,
                FormattableString.Invariant($"已报送创新成果 {count} 项，按名额至少报送 {quota.Min} 项，还需报送 {quota.Min - count} 项"), count, quota.Min));
        }
        else if (count > quota.Max)
        {
            // Which entries go forward is for staff to agree with the unit; the unit has sent all that it owes.
            findings.Add(new Finding(FindingCodes.OverQuota, Severity.Warning,
                FormattableString.Invariant($"已报送创新成果 {count} 项，超过名额上限 {quota.Max} 项，请工作人员与报送单位核实"), count, quota.Max));
        }
    }

    private static MissingItem OwedEntries(Campaign campaign, int count, DeadlineTable deadlines)
    {
        var phase = campaign.FindPhase(campaign.QuotaPhase)
            ?? throw new ArgumentException($"The campaign has no phase {campaign.QuotaPhase}, at whose close the quotas are counted.", nameof(campaign));
        return new MissingItem(phase, MissingItem.EntryKind, "创新成果", null, deadlines.Of(phase), MissingReason.NotReceived, count);
    }
}
