using NodaTime;

namespace MailIntake.Domain.Campaigns;

/// <summary>A phase (阶段) of the campaign: 调研, 培育, 总结, 申报, 评审, 运用.</summary>
public sealed record Phase
{
    /// <summary>Stable id: <c>research</c>, <c>cultivation</c>, <c>summary</c>, <c>declaration</c>, <c>review</c>, <c>application</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Chinese name: <c>总结</c>.</summary>
    public required string Name { get; init; }

    /// <summary>First day, in the campaign's zone. A requirement is owed from this day on.</summary>
    public required LocalDate Opens { get; init; }

    /// <summary>Last day, inclusive, in the campaign's zone: the deadline is the end of this day.</summary>
    public required LocalDate Closes { get; init; }

    /// <summary>What units send in this phase; empty where they send nothing.</summary>
    public required IReadOnlyList<Requirement> Requirements { get; init; }

    /// <summary>When units are reminded before this phase closes; null where they are not.</summary>
    public ReminderPlan? Reminders { get; init; }

    /// <summary>What units are told besides about this phase; null for nothing.</summary>
    public NoticePlan? Notices { get; init; }

    /// <summary>The last instant that is in time: the last nanosecond of <see cref="Closes"/>, or of <paramref name="extended"/>.</summary>
    public Instant Deadline(DateTimeZone zone, LocalDate? extended = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return (extended ?? Closes).PlusDays(1).AtStartOfDayInZone(zone).ToInstant() - Duration.Epsilon;
    }
}

/// <summary>When units are reminded before a phase closes (提醒计划).</summary>
/// <param name="WorkdaysBefore">Workdays before the closing date, each at least 0, falling order; default 15, 7, 3, 1.</param>
/// <param name="At">Local time of day at which a reminder is planned; default 09:00.</param>
public sealed record ReminderPlan(IReadOnlyList<int> WorkdaysBefore, LocalTime At);

/// <summary>What units are told about a phase besides reminders (通知计划).</summary>
/// <param name="Opening">Every unit is told that the phase has opened and what it asks for (阶段启动通知); default yes.</param>
/// <param name="OverdueAfter">Workdays after the closing date on which a unit that still owes something is told so, 1 or more (逾期提醒); null for never; default 1.</param>
/// <param name="Complete">A unit that owes nothing at all any more, once the phase has opened, is told so once (材料齐备确认); default no.</param>
/// <param name="At">Local time of day at which those are planned; default 09:00.</param>
public sealed record NoticePlan(bool Opening, int? OverdueAfter, bool Complete, LocalTime At);

/// <summary>How many entries a unit of a category sends (名额).</summary>
/// <param name="Min">At least this many; 0 or more.</param>
/// <param name="Max">At most this many; null where the notice sets no upper limit.</param>
public sealed record Quota(int Min, int? Max);
