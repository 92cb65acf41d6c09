using FsCheck;
using FsCheck.Fluent;

using NodaTime;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;

using static MailIntake.Domain.Tests.Completeness.Fixture;

namespace MailIntake.Domain.Tests.Completeness;

public class CompletenessProperties
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20181031, 5).WithMaxTest(500);

    private static readonly Gen<Instant> AnyInstant =
        from hours in Gen.Choose(0, 24 * 260) select At(4, 20) + Duration.FromHours(hours);

    private static readonly Gen<Material> AnyMaterial =
        from kind in Gen.Elements("brief", "plan", "writeup", "evidence", "form", "presentation")
        from at in AnyInstant
        from valid in Gen.Elements(true, true, false)
        select Came(kind, at, valid);

    private static readonly Gen<Entry[]> AnyEntries =
        from count in Gen.Choose(0, 4)
        from materials in Gen.ArrayOf(Gen.ArrayOf(AnyMaterial), count)
        from shortlisted in Gen.ArrayOf(Gen.Elements(true, false), count)
        select materials.Select((m, i) => shortlisted[i]
            ? Entry(i + 1, m) with { ShortlistedAt = At(11, 5), PresentationDue = new LocalDate(2018, 11, 12) }
            : Entry(i + 1, m)).ToArray();

    [Fact]
    public void A_valid_material_in_time_never_makes_a_unit_less_complete()
    {
        var cases =
            from entries in AnyEntries.Where(e => e.Length > 0)
            from asOf in AnyInstant
            from kind in Gen.Elements("brief", "plan", "writeup", "evidence", "form")
            from which in Gen.Choose(0, entries.Length - 1)
            from before in Gen.Choose(0, 1000)
            where entries[which].Materials.Any(m => m.ReceivedAt <= asOf)
            let closes = Campaign.FindPhase(Campaign.FindRequirement(kind)!.Phase)!.Deadline(Campaign.Zone)
            let at = Instant.Min(closes, asOf) - Duration.FromHours(before)
            let more = entries.Select((e, i) => i == which ? e with { Materials = [.. e.Materials, Came(kind, at)] } : e).ToArray()
            select (entries, more, asOf, kind, which);

        Check.One(Seeded, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var before = Haigang(c.asOf, c.entries);
            var after = Haigang(c.asOf, c.more);
            var code = c.entries[c.which].Code;
            return Owed(after).All(Owed(before).Contains)
                && !after.Missing.Any(m => m.Kind == c.kind && m.EntryCode == code)
                && after.Entries.Single(e => e.Entry.Code == code).Materials.Single(m => m.Requirement.Kind == c.kind).State == MaterialState.Received;
        }));
    }

    [Fact]
    public void An_extension_changes_nothing_that_is_owed_and_makes_nothing_late()
    {
        var cases =
            from entries in AnyEntries
            from asOf in AnyInstant
            from phase in Gen.Elements("research", "summary", "declaration")
            from days in Gen.Choose(-20, 90)
            select (entries, asOf, extension: Extended(phase, Campaign.FindPhase(phase)!.Closes.PlusDays(days), At(4, 20)));

        Check.One(Seeded, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var before = Haigang(c.asOf, c.entries);
            var after = Haigang(c.asOf, c.entries, c.extension);
            return Owed(after).Order().SequenceEqual(Owed(before).Order())
                && after.Missing.Sum(m => (m.Due - Instant.FromUnixTimeSeconds(0)).TotalSeconds) >= before.Missing.Sum(m => (m.Due - Instant.FromUnixTimeSeconds(0)).TotalSeconds)
                && Cells(after).Zip(Cells(before)).All(p => p.First.State == p.Second.State || (p.Second.State, p.First.State) == (MaterialState.Late, MaterialState.Received));
        }));
    }

    [Fact]
    public void What_is_received_stays_received_and_what_is_late_stays_late_as_time_goes_on()
    {
        var cases = from entries in AnyEntries from a in AnyInstant from b in AnyInstant select (entries, early: Instant.Min(a, b), later: Instant.Max(a, b));

        Check.One(Seeded, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var later = Haigang(c.later, c.entries);
            return Haigang(c.early, c.entries).Entries.All(e => e.Materials.All(m =>
                m.State is not (MaterialState.Received or MaterialState.Late)
                || m.Requirement.Kind == "presentation"
                || later.Entries.Single(x => x.Entry.Code == e.Entry.Code).Materials.Single(x => x.Requirement.Kind == m.Requirement.Kind).State == m.State));
        }));
    }

    [Fact]
    public void Nothing_is_missing_exactly_when_no_cell_is_owed_and_open_and_the_quota_is_met()
    {
        var cases = from entries in AnyEntries from asOf in AnyInstant select (entries, asOf);

        Check.One(Seeded, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var unit = Haigang(c.asOf, c.entries);
            var open = Cells(unit).Any(m => m.Due is not null && m.State is MaterialState.Missing or MaterialState.Problem && m.Due is not null);
            return unit.Entries.Count == 0 || (unit.Missing.Count == 0) == (!open && unit.Entries.Count >= 2);
        }));
    }

    [Fact]
    public void The_order_in_which_entries_and_materials_are_given_does_not_matter()
    {
        var cases = from entries in AnyEntries from asOf in AnyInstant select (entries, asOf);

        Check.One(Seeded, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var turned = c.entries.Reverse().Select(e => e with { Materials = [.. e.Materials.DistinctBy(m => m.ReceivedAt).Reverse()] }).ToArray();
            var straight = c.entries.Select(e => e with { Materials = [.. e.Materials.DistinctBy(m => m.ReceivedAt)] }).ToArray();
            return Owed(Haigang(c.asOf, turned)).SequenceEqual(Owed(Haigang(c.asOf, straight)));
        }));
    }

    private static IEnumerable<MaterialStatus> Cells(UnitCompleteness unit) => unit.Entries.SelectMany(e => e.Materials);
}
