using MailIntake.Correspondence.Reminders;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

public sealed class ReminderPlannerTests
{
    private static readonly ReminderPlanner Planner = new(Office.Campaign, Office.Calendar, Office.Policy, Office.Tokens, Office.Identity);

    [Fact]
    public void Over_a_year_a_silent_unit_is_reminded_on_the_plans_workdays_and_never_twice()
    {
        // Counted by hand on the State Council's calendar of 2018: 22 to 24 September and 1 to 7 October are off, 29 and 30 September are worked.
        Assert.Equal(
            [
                "research:2018-05-10", "research:2018-05-22", "research:2018-05-28", "research:2018-05-30",
                "summary:2018-09-10", "summary:2018-09-20", "summary:2018-09-27", "summary:2018-09-29",
                "declaration:2018-10-10", "declaration:2018-10-22", "declaration:2018-10-26", "declaration:2018-10-30",
            ],
            Year(Office.Jiaoyu, [], []));
    }

    [Fact]
    public void A_unit_below_its_quota_is_reminded_before_the_declaration_closes()
    {
        var at = Office.At(2018, 4, 29);
        var one = Office.Entry(
            Office.Haigang, 1, "甲", Office.Material("brief", at), Office.Material("writeup", at), Office.Material("form", at), Office.Material("evidence", at));

        Assert.Equal(
            ["declaration:2018-10-10", "declaration:2018-10-22", "declaration:2018-10-26", "declaration:2018-10-30"],
            Year(Office.Haigang, [one], []));
    }

    [Fact]
    public void A_unit_that_owes_nothing_is_never_reminded()
    {
        var at = Office.At(2018, 4, 29);
        var whole = Office.Entry(
            Office.Jiaoyu, 1, "甲", Office.Material("brief", at), Office.Material("writeup", at), Office.Material("form", at), Office.Material("evidence", at));

        Assert.Empty(Year(Office.Jiaoyu, [whole], []));
    }

    [Fact]
    public void A_unit_with_an_extension_follows_its_own_date()
    {
        var brief = Office.Entry(Office.Jiaoyu, 1, "甲", Office.Material("brief", Office.At(2018, 4, 29)));
        var extension = new Extension("jiaoyu", "summary", new LocalDate(2018, 10, 19), "机构改革", "研究室", Office.At(2018, 6, 1));

        Assert.Equal(
            ["summary:2018-09-25", "summary:2018-10-10", "summary:2018-10-16", "summary:2018-10-18"],
            Year(Office.Jiaoyu, [brief], [extension]).Where(k => k.StartsWith("summary", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_missed_date_is_planned_once_late()
    {
        var late = Report(Office.Jiaoyu, [], [], Office.At(2018, 5, 25, 3, 0));

        var row = Assert.Single(Planner.Plan(late, new HashSet<string>(), []).Rows);
        Assert.Equal("reminder:2018:jiaoyu:research:2018-05-22", row.Key);
        Assert.Equal("jygh@example.com", row.Recipient);
        Assert.Equal(20, row.Priority);
        Assert.Empty(Planner.Plan(late, new HashSet<string> { row.Key }, []).Rows);
    }

    [Fact]
    public void Nothing_is_planned_before_its_hour()
    {
        Assert.Empty(Planner.Plan(Report(Office.Jiaoyu, [], [], Office.At(2018, 5, 10, 8, 59)), new HashSet<string>(), []).Rows);
        Assert.Single(Planner.Plan(Report(Office.Jiaoyu, [], [], Office.At(2018, 5, 10, 9, 0)), new HashSet<string>(), []).Rows);
    }

    [Fact]
    public void A_unit_that_cannot_be_reached_is_reported_and_not_written_to()
    {
        var planning = Planner.Plan(Report(Office.Mute, [], [], Office.At(2018, 5, 30)), new HashSet<string>(), []);
        var dead = Planner.Plan(Report(Office.Jiaoyu, [], [], Office.At(2018, 5, 30)), new HashSet<string>(), ["jygh@example.com"]);

        Assert.Empty(planning.Rows);
        Assert.Equal("mute", Assert.Single(planning.Unreachable).Code);
        Assert.Empty(dead.Rows);
        Assert.Equal("jiaoyu", Assert.Single(dead.Unreachable).Code);
    }

    private static CompletenessReport Report(Unit unit, Entry[] entries, Extension[] extensions, Instant now) =>
        CompletenessCheck.Evaluate(Office.Campaign, new Roster([unit]), entries, extensions, now);

    /// <summary>Plans every hour of the year, as the schedule does; gives phase and date of each row in the order of planning.</summary>
    private static List<string> Year(Unit unit, Entry[] entries, Extension[] extensions)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<string>();
        for (var now = Office.At(2018, 1, 1, 0, 30); now < Office.At(2019, 1, 1); now += Duration.FromHours(1))
        {
            foreach (var row in Planner.Plan(Report(unit, entries, extensions, now), keys, []).Rows)
            {
                Assert.True(keys.Add(row.Key), row.Key);
                planned.Add(row.Key["reminder:2018:".Length..][(unit.Code.Length + 1)..]);
            }
        }

        return planned;
    }
}
