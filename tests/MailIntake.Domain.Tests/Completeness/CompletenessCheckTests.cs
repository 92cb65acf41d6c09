using NodaTime;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

using static MailIntake.Domain.Tests.Completeness.Fixture;

namespace MailIntake.Domain.Tests.Completeness;

public class CompletenessCheckTests
{
    private static readonly Material[] Everything =
        [Came("brief", At(5, 20)), Came("writeup", At(9, 20)), Came("evidence", At(9, 20)), Came("form", At(9, 20))];

    [Fact]
    public void Every_unit_of_the_roster_has_a_row_in_its_order()
    {
        var report = CompletenessCheck.Evaluate(Campaign, Shipped.Roster, [], [], At(5, 10));

        Assert.Equal(Shipped.Roster.Units, report.Units.Select(u => u.Unit));
        Assert.Equal(new(2, 3), report.Units[0].Quota);
    }

    [Fact]
    public void A_unit_that_sent_nothing_owes_the_materials_of_the_phases_that_have_opened()
    {
        Assert.Empty(Owed(Haigang(At(4, 27), [])));
        Assert.Equal(["brief - NotReceived"], Owed(Haigang(At(4, 28, 0), [])));
        Assert.Equal(["brief - NotReceived"], Owed(Haigang(At(5, 31, 23, 59), [])));
        Assert.Equal(
            ["brief - NotReceived", "writeup - NotReceived", "evidence - NotReceived", "form - NotReceived"], Owed(Haigang(At(6, 1, 0), [])));
        Assert.False(Haigang(At(12, 31), []).IsComplete);
    }

    [Fact]
    public void A_unit_with_all_materials_of_enough_entries_is_complete()
    {
        var unit = Haigang(At(9, 30), [Entry(1, Everything), Entry(2, Everything)]);

        Assert.Empty(unit.Missing);
        Assert.True(unit.IsComplete);
        Assert.Empty(unit.Findings);
        Assert.Equal(MaterialState.Received, Cell(unit, "form").State);
    }

    [Fact]
    public void Fewer_entries_than_the_quota_are_owed_until_the_quota_phase_closes()
    {
        var unit = Haigang(At(6, 15), [Entry(1, Everything)]);

        var item = Assert.Single(unit.Missing, m => m.Kind == MissingItem.EntryKind);
        Assert.Equal(("declaration", 1, null as string), (item.Phase.Id, item.Count, item.EntryCode));
        Assert.Equal(At(11, 1, 0) - Duration.Epsilon, item.Due);
        Assert.Equal(Severity.Note, Assert.Single(unit.Findings).Severity);
        Assert.False(unit.IsComplete);
    }

    [Fact]
    public void More_entries_than_the_quota_owe_nothing_and_wait_for_staff()
    {
        var unit = Haigang(At(9, 30), [Entry(1, Everything), Entry(2, Everything), Entry(3, Everything), Entry(4, Everything)]);

        Assert.Empty(unit.Missing);
        Assert.Equal(UnitStanding.Review, unit.Standing);
        var finding = Assert.Single(unit.Findings);
        Assert.Equal((FindingCodes.OverQuota, Severity.Warning, 4L, 3L), (finding.Code, finding.Severity, finding.Value, finding.Limit));
    }

    [Fact]
    public void A_unit_was_called_complete_while_a_seal_on_its_form_was_unknown()
    {
        var unseen = new Finding(FindingCodes.NoSeal, Severity.Warning, "申报表是否加盖公章未能自动识别");
        var form = Entry(1, Everything);
        form = form with { Materials = [.. form.Materials.Select(m => m.Kind == "form" ? m with { Findings = [unseen] } : m)] };

        var unit = Haigang(At(9, 30), [form, Entry(2, Everything)]);

        Assert.Empty(unit.Missing);
        Assert.Equal(UnitStanding.Review, unit.Standing);
        Assert.False(unit.IsComplete);
    }

    [Fact]
    public void A_text_like_an_earlier_one_is_there_all_the_same()
    {
        var like = new Finding(FindingCodes.SimilarToEarlier, Severity.Warning, "与此前材料相近");
        var entry = Entry(1, Everything);
        entry = entry with { Materials = [.. entry.Materials.Select(m => m.Kind == "writeup" ? m with { Findings = [like] } : m)] };

        Assert.True(Haigang(At(9, 30), [entry, Entry(2, Everything)]).IsComplete);
    }

    [Fact]
    public void A_department_may_send_any_number_of_entries()
    {
        var entries = Enumerable.Range(1, 9).Select(n => Entry(n, Everything) with { UnitCode = "yanjiushi" }).ToList();

        var unit = CompletenessCheck.Evaluate(Campaign, Shipped.Roster, entries, [], At(9, 30)).Units.Single(u => u.Unit.Code == "yanjiushi");

        Assert.Empty(unit.Findings);
        Assert.True(unit.IsComplete);
    }

    [Fact]
    public void The_last_moment_of_the_closing_day_is_in_time_and_the_next_is_late()
    {
        var inTime = Haigang(At(10, 5), [Entry(1, Came("form", At(9, 30, 23, 59, 59)))]);
        var late = Haigang(At(10, 5), [Entry(1, Came("form", At(10, 1, 0)))]);

        var lastMoment = Haigang(At(10, 5), [Entry(1, Came("form", At(10, 1, 0) - Duration.Epsilon))]);

        Assert.Equal(MaterialState.Received, Cell(inTime, "form").State);
        Assert.Equal(MaterialState.Received, Cell(lastMoment, "form").State);
        Assert.Equal(MaterialState.Late, Cell(late, "form").State);
        Assert.Equal("申报表于 10月1日收到，晚于截止日期 9月30日", Assert.Single(Cell(late, "form").Findings).Message);
        Assert.DoesNotContain("form 01 NotReceived", Owed(late));
    }

    [Fact]
    public void The_campaigns_zone_decides_which_day_it_is()
    {
        // 23:30 in UTC on 30 September is 07:30 on 1 October in Shanghai.
        var unit = Haigang(At(10, 5), [Entry(1, Came("form", Instant.FromUtc(2018, 9, 30, 23, 30)))]);

        Assert.Equal(MaterialState.Late, Cell(unit, "form").State);
    }

    [Fact]
    public void Of_several_extensions_the_latest_granted_counts()
    {
        Entry[] entries = [Entry(1, Came("form", At(10, 9)))];

        Assert.Equal(MaterialState.Received, Cell(Haigang(At(10, 20), entries, Extended("summary", new(2018, 10, 15))), "form").State);
        Assert.Equal(MaterialState.Late, Cell(
            Haigang(At(10, 20), entries, Extended("summary", new(2018, 10, 15), At(9, 1)), Extended("summary", new(2018, 10, 8), At(9, 2))), "form").State);
        Assert.Equal(MaterialState.Late, Cell(Haigang(At(10, 20), entries, Extended("declaration", new(2018, 11, 15))), "form").State);
        Assert.Equal(MaterialState.Late, Cell(
            Haigang(At(10, 20), entries, Extended("summary", new(2018, 10, 15)) with { UnitCode = "changli" }), "form").State);
    }

    [Fact]
    public void An_extension_that_ends_before_the_phase_shortens_nothing() =>
        Assert.Equal(MaterialState.Received, Cell(
            Haigang(At(10, 20), [Entry(1, Came("form", At(9, 29)))], Extended("summary", new(2018, 9, 1))), "form").State);

    [Fact]
    public void An_extension_moves_the_due_date_of_what_is_owed()
    {
        var unit = Haigang(At(9, 20), [Entry(1)], Extended("summary", new(2018, 10, 15)));

        Assert.Equal(At(10, 16, 0) - Duration.Epsilon, unit.Missing.Single(m => m.Kind == "form").Due);
        Assert.Equal(At(6, 1, 0) - Duration.Epsilon, unit.Missing.Single(m => m.Kind == "brief").Due);
    }

    [Fact]
    public void A_problem_must_be_mended_and_the_newest_valid_version_counts()
    {
        var broken = Came("writeup", At(9, 10), valid: false);
        var good = Came("writeup", At(9, 12), version: 2);
        var brokenAgain = Came("writeup", At(9, 14), valid: false, version: 3);

        var before = Haigang(At(9, 11), [Entry(1, broken, good, brokenAgain)]);
        var after = Haigang(At(9, 15), [Entry(1, broken, good, brokenAgain)]);

        Assert.Equal(MaterialState.Problem, Cell(before, "writeup").State);
        Assert.Equal([Problem], Cell(before, "writeup").Findings);
        Assert.Contains("writeup 01 MustBeMended", Owed(before));
        Assert.Equal(MaterialState.Received, Cell(after, "writeup").State);
        Assert.Equal(good, Cell(after, "writeup").Current);
    }

    [Fact]
    public void A_material_mended_after_the_deadline_is_late_and_says_that_it_first_came_in_time()
    {
        var unit = Haigang(At(10, 9), [Entry(1, Came("writeup", At(9, 10), valid: false), Came("writeup", At(10, 8), version: 2))]);

        Assert.Equal(MaterialState.Late, Cell(unit, "writeup").State);
        Assert.Equal(
            "总结材料已于 9月10日按期报送，补正件于 10月8日收到，晚于截止日期 9月30日", Assert.Single(Cell(unit, "writeup").Findings).Message);
    }

    [Fact]
    public void A_newer_version_after_the_deadline_does_not_make_an_earlier_good_one_late() =>
        Assert.Equal(MaterialState.Received, Cell(
            Haigang(At(10, 9), [Entry(1, Came("writeup", At(9, 10)), Came("writeup", At(10, 8), version: 2))]), "writeup").State);

    [Fact]
    public void Of_a_material_of_several_files_one_good_one_is_enough() =>
        Assert.Equal(MaterialState.Received, Cell(
            Haigang(At(9, 20), [Entry(1, Came("evidence", At(9, 1)), Came("evidence", At(9, 2), valid: false, version: 2))]), "evidence").State);

    [Fact]
    public void Materials_that_came_later_do_not_count_and_an_entry_of_nothing_else_is_not_there_yet()
    {
        var unit = Haigang(At(9, 1), [Entry(1, Came("brief", At(5, 1)), Came("form", At(9, 2))), Entry(2, Came("brief", At(9, 2)))]);

        Assert.Equal("2018-haigang-01", Assert.Single(unit.Entries).Entry.Code);
        Assert.Equal(MaterialState.Missing, Cell(unit, "form").State);
    }

    [Fact]
    public void An_optional_material_is_waived_until_it_comes()
    {
        Assert.Equal(MaterialState.Waived, Cell(Haigang(At(9, 1), [Entry(1)]), "plan").State);
        Assert.Equal(MaterialState.Received, Cell(Haigang(At(9, 1), [Entry(1, Came("plan", At(7, 1)))]), "plan").State);
        var broken = Haigang(At(9, 1), [Entry(1, Came("plan", At(7, 1), valid: false))]);
        Assert.Equal(MaterialState.Problem, Cell(broken, "plan").State);
        Assert.DoesNotContain("plan 01 MustBeMended", Owed(broken));
    }

    [Fact]
    public void A_material_of_a_phase_that_has_not_opened_is_waived_and_may_come_early()
    {
        Assert.Equal(MaterialState.Waived, Cell(Haigang(At(5, 10), [Entry(1)]), "form").State);
        Assert.Null(Cell(Haigang(At(5, 10), [Entry(1)]), "form").Due);
        Assert.Equal(MaterialState.Received, Cell(Haigang(At(5, 10), [Entry(1, Came("form", At(5, 9)))]), "form").State);
    }

    [Fact]
    public void A_presentation_is_owed_by_shortlisted_entries_once_notified_until_the_date_of_the_notice()
    {
        var entry = Entry(1, Everything) with { ShortlistedAt = At(11, 5), PresentationDue = new LocalDate(2018, 11, 12) };

        Assert.Equal(MaterialState.Waived, Cell(Haigang(At(11, 4), [entry]), "presentation").State);
        var unit = Haigang(At(11, 6), [entry]);
        Assert.Equal(MaterialState.Missing, Cell(unit, "presentation").State);
        Assert.Equal(At(11, 13, 0) - Duration.Epsilon, unit.Missing.Single(m => m.Kind == "presentation").Due);
        Assert.Equal(MaterialState.Received, Cell(
            Haigang(At(11, 20), [entry with { Materials = [Came("presentation", At(11, 12, 23))] }]), "presentation").State);
        Assert.Equal(MaterialState.Late, Cell(
            Haigang(At(11, 20), [entry with { Materials = [Came("presentation", At(11, 13))] }]), "presentation").State);
    }

    [Fact]
    public void A_presentation_without_a_date_is_not_due_before_it_was_asked_for()
    {
        var unit = Haigang(At(11, 6), [Entry(1, Everything) with { ShortlistedAt = At(11, 5) }]);

        Assert.Equal(At(12, 1, 0) - Duration.Epsilon, unit.Missing.Single(m => m.Kind == "presentation").Due);
    }

    [Theory]
    [InlineData(4, 1, "research")]
    [InlineData(5, 31, "research")]
    [InlineData(6, 1, "summary")]
    [InlineData(9, 20, "summary")]
    [InlineData(9, 30, "summary")]
    [InlineData(10, 1, "declaration")]
    [InlineData(11, 15, "review")]
    [InlineData(12, 31, "application")]
    public void The_current_phase(int month, int day, string phase) =>
        Assert.Equal(phase, CompletenessCheck.Evaluate(Campaign, new Roster([]), [], [], At(month, day)).CurrentPhase?.Id);

    [Fact]
    public void After_the_last_phase_there_is_none() =>
        Assert.Null(CompletenessCheck.Evaluate(Campaign, new Roster([]), [], [], At(12, 31) + Duration.FromDays(1)).CurrentPhase);

    [Fact]
    public void A_category_without_quota_owes_nothing_until_it_sends_an_entry()
    {
        var campaign = Campaign with { Quotas = new Dictionary<UnitCategory, Domain.Campaigns.Quota>() };

        Assert.True(CompletenessCheck.Evaluate(campaign, Shipped.Roster, [], [], At(9, 20)).Units[0].IsComplete);
        Assert.False(CompletenessCheck.Evaluate(campaign, Shipped.Roster, [Entry(1)], [], At(9, 20)).Units[0].IsComplete);
    }
}
