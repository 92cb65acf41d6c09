using NodaTime;

using MailIntake.Domain.Units;

namespace MailIntake.Domain.Campaigns;

/// <summary>
/// One year's award (评选活动): what its notice asks of whom and until when. Read from a campaign file;
/// nothing of it is hard-coded.
/// </summary>
public sealed record Campaign
{
    /// <summary>Short stable name, also the first part of entry codes and the folder of the staff tree: <c>2018</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Full title as units read it: <c>2018年度工会工作创新成果评选活动</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The body that signs letters to units (落款): <c>秦皇岛市总工会</c>.</summary>
    public required string Organizer { get; init; }

    /// <summary>The office that units may call (承办部门): <c>市总工会研究室</c>.</summary>
    public required string Office { get; init; }

    /// <summary>Where the office can be reached; null where the notice leaves it out.</summary>
    public string? Contact { get; init; }

    /// <summary>Telephone of the office; null where the notice leaves it out.</summary>
    public string? Phone { get; init; }

    /// <summary>The zone in which every date of the notice is meant: <c>Asia/Shanghai</c>.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The address units write to (邮箱).</summary>
    public required string Mailbox { get; init; }

    /// <summary>Staff who receive the digest and alerts (工作人员邮箱).</summary>
    public required IReadOnlyList<string> Staff { get; init; }

    /// <summary>The phases (阶段) in order of their closing dates.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>How many entries each category of unit owes and may send (名额).</summary>
    public required IReadOnlyDictionary<UnitCategory, Quota> Quotas { get; init; }

    /// <summary>Id of the phase at whose close the quotas are counted (申报).</summary>
    public required string QuotaPhase { get; init; }

    /// <summary>
    /// The blank form (空白申报表) that reminders carry: a path beside the campaign file; null where none ships.
    /// </summary>
    public string? BlankForm { get; init; }

    /// <summary>
    /// The notice and the templates that every unit was given: paths beside the campaign file. What stands in them makes no
    /// two texts similar.
    /// </summary>
    public IReadOnlyList<string> CommonTexts { get; init; } = [];

    /// <summary>All requirements of all phases, in the order of the file.</summary>
    public IEnumerable<Requirement> Requirements => Phases.SelectMany(p => p.Requirements);

    /// <summary>The requirement of that kind, or null. A kind stands in one phase only.</summary>
    public Requirement? FindRequirement(string kind) =>
        Requirements.FirstOrDefault(r => string.Equals(r.Kind, kind, StringComparison.Ordinal));

    /// <summary>The phase with that id, or null.</summary>
    public Phase? FindPhase(string id) =>
        Phases.FirstOrDefault(p => string.Equals(p.Id, id, StringComparison.Ordinal));
}
