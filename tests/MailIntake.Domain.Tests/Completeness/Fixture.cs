using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Completeness;

/// <summary>Short ways to say what came and when, in the shipped campaign.</summary>
internal static class Fixture
{
    public static readonly Campaign Campaign = Shipped.Campaign;

    public static readonly Finding Problem = new(FindingCodes.OverLimit, Severity.Problem, "总结材料 2610 字，超过 2500 字", 2610, 2500);

    public static Instant At(int month, int day, int hour = 12, int minute = 0, int second = 0) =>
        new LocalDateTime(2018, month, day, hour, minute, second).InZoneStrictly(Campaign.Zone).ToInstant();

    public static Material Came(string kind, Instant at, bool valid = true, int version = 1) =>
        new() { Kind = kind, Version = version, FileName = kind + ".docx", ReceivedAt = at, Findings = valid ? [] : [Problem] };

    public static Entry Entry(int number, params Material[] materials) =>
        new() { Code = FormattableString.Invariant($"2018-haigang-{number:00}"), UnitCode = "haigang", Title = "成果", Materials = materials };

    public static Extension Extended(string phase, LocalDate until, Instant? granted = null) =>
        new("haigang", phase, until, "防汛", "研究室", granted ?? At(9, 1));

    private static readonly Roster OneUnit = new([Shipped.Roster.Find("haigang")!]);

    public static UnitCompleteness Haigang(Instant asOf, IReadOnlyCollection<Entry> entries, params Extension[] extensions) =>
        CompletenessCheck.Evaluate(Campaign, OneUnit, entries, extensions, asOf).Units[0];

    public static MaterialStatus Cell(UnitCompleteness unit, string kind, int entry = 0) =>
        unit.Entries[entry].Materials.Single(m => m.Requirement.Kind == kind);

    public static IEnumerable<string> Owed(UnitCompleteness unit) => unit.Missing.Select(m => $"{m.Kind} {m.EntryCode?[^2..] ?? "-"} {m.Why}");
}
