using System.Globalization;

using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Entries;

namespace MailIntake.Domain.Completeness;

/// <summary>Decides how one material of one entry stands.</summary>
internal static class MaterialAssessment
{
    /// <summary>The cell of the matrix for that requirement and entry.</summary>
    public static MaterialStatus Assess(Campaign campaign, Requirement requirement, Entry entry, DeadlineTable deadlines, Instant asOf)
    {
        var phase = campaign.FindPhase(requirement.Phase)!;
        var shortlisted = entry.ShortlistedAt is { } at && at <= asOf;
        var deadline = requirement.Owed == Obligation.Shortlisted && shortlisted
            ? DeadlineOfShortlisted(campaign, phase, entry, deadlines)
            : deadlines.Of(phase);
        var isOwed = requirement.Owed switch
        {
            Obligation.Always => CompletenessCheck.HasOpened(campaign, phase, asOf),
            Obligation.Shortlisted => shortlisted,
            _ => false,
        };
        Instant? owedUntil = isOwed ? deadline : null;

        var versions = entry.Materials.Where(m => m.Kind == requirement.Kind && m.ReceivedAt <= asOf)
            .OrderBy(m => m.ReceivedAt).ThenBy(m => m.Version).ToList();
        if (versions.Count == 0)
        {
            return new MaterialStatus(requirement, isOwed ? MaterialState.Missing : MaterialState.Waived, null, owedUntil, []);
        }

        var current = versions.LastOrDefault(m => m.IsValid) ?? versions[^1];
        var decisive = versions.Find(m => m.IsValid) ?? versions[0];
        var isLate = decisive.ReceivedAt > deadline;
        var state = !current.IsValid ? MaterialState.Problem : isLate ? MaterialState.Late : MaterialState.Received;
        return new MaterialStatus(
            requirement, state, current, owedUntil,
            isLate ? [.. current.Findings, Late(campaign, requirement, versions[0], decisive, deadline)] : current.Findings);
    }

    /// <summary>
    /// The date that the notice set; without one the phase's close, or, where that was past when the entry was shortlisted,
    /// the close of the phase that was open then: nothing is due before it was asked for.
    /// </summary>
    private static Instant DeadlineOfShortlisted(Campaign campaign, Phase phase, Entry entry, DeadlineTable deadlines)
    {
        if (entry.PresentationDue is { } due)
        {
            return deadlines.Of(phase, due);
        }

        var notified = entry.ShortlistedAt!.Value;
        return deadlines.Of(phase) < notified && CompletenessCheck.CurrentPhase(campaign, notified) is { } open
            ? deadlines.Of(open)
            : deadlines.Of(phase);
    }

    private static Finding Late(Campaign campaign, Requirement requirement, Material first, Material decisive, Instant deadline)
    {
        string Day(Instant instant) => instant.InZone(campaign.Zone).Date.ToString("M'月'd'日'", CultureInfo.InvariantCulture);
        var message = first.ReceivedAt <= deadline
            ? $"{requirement.Name}已于 {Day(first.ReceivedAt)}按期报送，补正件于 {Day(decisive.ReceivedAt)}收到，晚于截止日期 {Day(deadline)}"
            : $"{requirement.Name}于 {Day(decisive.ReceivedAt)}收到，晚于截止日期 {Day(deadline)}";
        return new Finding(FindingCodes.Late, Severity.Warning, message);
    }
}
