using NodaTime;

using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;

namespace MailIntake.Correspondence.Letters;

/// <summary>Something a unit still owes, as letters tell it (尚需报送).</summary>
/// <param name="Name">What: <c>申报表</c>, <c>创新成果1项</c>.</param>
/// <param name="EntryCode">The entry that lacks it; null where it concerns the unit.</param>
/// <param name="EntryTitle">The entry's title with its marks; null while unknown.</param>
/// <param name="Phase">Name of the phase.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="IsOverdue">That date has passed.</param>
/// <param name="MustBeMended">It came and must be mended; otherwise it did not come.</param>
/// <param name="Remark">What is wrong and how to mend it, or that it did not come.</param>
public sealed record OwedItem(
    string Name, string? EntryCode, string? EntryTitle, string Phase, Deadline Deadline, bool IsOverdue, bool MustBeMended, string Remark)
{
    /// <summary>What a unit owes, by due date.</summary>
    /// <param name="unit">The unit's row of the matrix.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="calendar">Workdays.</param>
    /// <param name="now">Now.</param>
    /// <param name="phase">Limits it to the phase of that id; null for all.</param>
    /// <param name="told">Entry and kind of the materials whose faults the letter tells elsewhere; null for none.</param>
    public static IReadOnlyList<OwedItem> Of(
        UnitCompleteness unit, Campaign campaign, WorkCalendar calendar, Instant now, string? phase = null, IReadOnlySet<(string? Entry, string Kind)>? told = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(campaign);
        var entries = unit.Entries.ToDictionary(e => e.Entry.Code, StringComparer.Ordinal);
        return
        [
            .. unit.Missing
                .Where(m => phase is null || m.Phase.Id == phase)
                .OrderBy(m => m.Due)
                .Select(m =>
                {
                    var entry = m.EntryCode is null ? null : entries.GetValueOrDefault(m.EntryCode);
                    return new OwedItem(
                        m.Kind == MissingItem.EntryKind ? $"创新成果{m.Count}项" : m.Name,
                        m.EntryCode,
                        Shown.Title(entry?.Entry.Title),
                        m.Phase.Name,
                        Deadline.Of(m.Due, campaign.Zone, calendar),
                        m.Due < now,
                        m.Why == MissingReason.MustBeMended,
                        RemarkFor(m, unit, entry, told?.Contains((m.EntryCode, m.Kind)) == true));
                }),
        ];
    }

    private static string RemarkFor(MissingItem item, UnitCompleteness unit, EntryCompleteness? entry, bool told)
    {
        if (item.Kind == MissingItem.EntryKind)
        {
            return unit.Quota is { } quota ? $"已报送{unit.Entries.Count}项，按名额至少报送{quota.Min}项" : "申报数量未达到名额要求";
        }

        if (item.Why == MissingReason.NotReceived)
        {
            return "未收到";
        }

        var status = entry?.Materials.FirstOrDefault(m => m.Requirement.Kind == item.Kind);
        var problems = status?.Findings.Where(f => f.Severity == Severity.Problem).ToList() ?? [];
        var version = status?.Current is { } current ? $"已收到第{current.Version}版，需补正" : "已收到，需补正";
        return told ? $"{version}，详见核查意见"
            : problems.Count == 0 ? version
            : $"{version}：{string.Join("；", problems.Select(Remedies.ProblemAndRemedy))}";
    }
}
