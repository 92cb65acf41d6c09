using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

using MailIntake.Correspondence.Forms;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Decisions;
using MailIntake.Domain.Completeness;
using MailIntake.Hosting;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>Three units: two with addresses, one without; the shipped campaign, the clock set by hand.</summary>
public sealed class NoticeRoundTests
{
    private static readonly NoticeRows Rows = new(Office.Tokens, Office.Identity);

    [Fact]
    public async Task The_opening_of_a_phase_is_told_once_to_every_unit_that_can_be_reached()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 6, 1));

        await Round(room).PlanAsync(Stop);
        Assert.Equal(0, await Round(room).PlanAsync(Stop));

        Assert.Equal(
            ["opening:2018:haigang:summary", "opening:2018:jiaoyu:summary"], (await room.RowsAsync()).Where(r => r.Kind == "opening").Select(r => r.Key).Order());
    }

    [Fact]
    public async Task Who_owes_something_after_the_holiday_is_told_once_and_who_delivered_is_not()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 10, 8, 9, 5));
        await DeliverAsync(room, "jiaoyu");

        await Round(room).PlanAsync(Stop);
        room.Clock.AdvanceDays(2);
        await Round(room).PlanAsync(Stop);

        Assert.Equal(["overdue:2018:haigang:summary:2018-09-30"], (await room.RowsAsync()).Where(r => r.Kind == "overdue").Select(r => r.Key));
    }

    [Fact]
    public async Task Who_owes_nothing_is_told_so_once_the_last_phase_has_opened()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 28));
        await DeliverAsync(room, "jiaoyu");
        await Round(room).PlanAsync(Stop);
        Assert.DoesNotContain(await room.RowsAsync(), r => r.Kind == "complete");

        room.Clock.Reset(Office.At(2018, 10, 9));
        await Round(room).PlanAsync(Stop);
        await Round(room).PlanAsync(Stop);

        Assert.Equal("complete:2018:jiaoyu:declaration", Assert.Single(await room.RowsAsync(), r => r.Kind == "complete").Key);
    }

    [Fact]
    public async Task A_unit_that_staff_do_not_want_urged_is_told_neither_of_an_opening_nor_of_what_is_overdue()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 10, 8, 9, 5));
        await room.WithDatabaseAsync(d =>
        {
            d.Decisions.Add(new DecisionRow { MessageSha256 = "", Action = DecisionRecord.Pause, UnitCode = "haigang", At = Office.At(2018, 9, 1), By = "staff" });
            return d.SaveChangesAsync(Stop);
        });

        await Round(room).PlanAsync(Stop);

        Assert.DoesNotContain(await room.RowsAsync(), r => r.UnitCode == "haigang");
    }

    [Fact]
    public async Task What_came_in_before_the_letter_went_out_is_not_called_overdue()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 10, 8, 9, 5));
        await Round(room).PlanAsync(Stop);
        var planned = Assert.Single(await room.RowsAsync(), r => r.Key == "overdue:2018:jiaoyu:summary:2018-09-30");
        await DeliverAsync(room, "jiaoyu");

        await using var database = room.Databases.CreateDbContext();
        var composed = await Composer(room, NoticeKinds.Overdue).ComposeAsync(planned, database, Stop);

        Assert.Null(composed.Letter);
        Assert.Equal("Nothing of the phase is overdue any more.", composed.DroppedBecause);
    }

    [Fact]
    public async Task An_opening_goes_to_the_next_address_where_the_first_is_dead_and_brings_form_and_calendar()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 6, 1));
        await Round(room).PlanAsync(Stop);
        var planned = Assert.Single(await room.RowsAsync(), r => r is { UnitCode: "haigang", Kind: "opening" });
        await room.WithDatabaseAsync(d =>
        {
            d.Addresses.Add(new AddressRow { Address = "hgq@example.com", IsDead = true, ChangedAt = Office.At(2018, 6, 1) });
            return d.SaveChangesAsync(Stop);
        });

        await using var database = room.Databases.CreateDbContext();
        var composed = await Composer(room, NoticeKinds.Opening).ComposeAsync(planned, database, Stop);

        Assert.Equal("hgq2@example.com", composed.Recipient);
        Assert.Equal(["2018年度工会工作创新成果申报表（空白）.docx", "报送截止日期.ics"], composed.Letter!.Files.Select(f => f.FileName));
    }

    [Fact]
    public async Task Staff_are_alerted_once_a_day_of_each_cause_and_not_once_it_is_gone()
    {
        await using var room = await PostRoom.OpenAsync();
        var health = HealthOf(room);
        var alerts = new AlertRound(room.Databases, Office.Campaign, health, new AlertWriter(Office.Campaign), Rows, room.Clock, NullLogger<AlertRound>.Instance);
        Assert.Equal(0, await alerts.PlanAsync(Stop));

        health.MailboxNeedsPerson("NO LOGIN Login error or password error");
        Assert.Equal(Office.Campaign.Staff.Count, await alerts.PlanAsync(Stop));
        room.Clock.AdvanceHours(3);
        Assert.Equal(0, await alerts.PlanAsync(Stop));
        room.Clock.AdvanceDays(1);
        Assert.Equal(Office.Campaign.Staff.Count, await alerts.PlanAsync(Stop));

        var planned = (await room.RowsAsync()).Last(r => r.Kind == NoticeKinds.Alert);
        await using var database = room.Databases.CreateDbContext();
        var truth = new NoticeTruth(Office.Campaign, Office.Policy, health, room.Clock);
        Assert.Null((await truth.CheckAsync(planned, LetterJson.Read<NoticeModel>(planned.PayloadJson), database, Stop)).DroppedBecause);
        health.Polled();
        Assert.NotNull((await truth.CheckAsync(planned, LetterJson.Read<NoticeModel>(planned.PayloadJson), database, Stop)).DroppedBecause);
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(2, true, false)]
    public async Task A_problem_that_is_mended_or_overtaken_before_the_letter_goes_out_is_not_told(int version, bool isBad, bool sent)
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 21));
        await DeliverAsync(room, "jiaoyu");
        var findings = FindingsJson.Write(isBad ? [new Finding(FindingCodes.NoSeal, Severity.Problem, "未见公章")] : []);
        await room.WithDatabaseAsync(d => d.Materials.Where(m => m.Kind == "form")
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.FindingsJson, findings).SetProperty(m => m.Version, version), Stop));
        var phases = new PhaseNotices(Office.Campaign, Office.Calendar, Office.Tokens);
        var model = phases.Problem(Office.Jiaoyu, "2018-jiaoyu-01", "甲", "申报表", Office.Campaign.FindPhase("summary")!, [], new LocalDate(2018, 9, 21))
            with { Material = new NoticeMaterial("2018-jiaoyu-01", "form", 1) };

        await using var database = room.Databases.CreateDbContext();
        var composed = await Composer(room, NoticeKinds.Problem)
            .ComposeAsync(Rows.Make(model, "2018-jiaoyu-01:form:1", "jiaoyu", "jygh@example.com", room.Clock.GetCurrentInstant()), database, Stop);

        Assert.Equal(sent, composed.Letter is not null);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static NoticeRound Round(PostRoom room) => new(
        room.Databases, Office.Campaign, Office.Calendar, new PhaseNotices(Office.Campaign, Office.Calendar, Office.Tokens), Rows, Office.Policy, room.Clock,
        NullLogger<NoticeRound>.Instance);

    private static Health HealthOf(PostRoom room) =>
        new(room.Databases, new HealthOptions(), new MailboxOptions(), room.Clock, NullLogger<Health>.Instance);

    private static NoticeComposer Composer(PostRoom room, string kind) =>
        new(kind, Office.Renderer(), new NoticeTruth(Office.Campaign, Office.Policy, HealthOf(room), room.Clock), new BlankForm(Office.Campaign, null), Office.Campaign);

    /// <summary>An entry with all its materials, in time.</summary>
    private static Task<int> DeliverAsync(PostRoom room, string unit) => room.WithDatabaseAsync(d =>
    {
        var message = new MessageRow
        {
            Sha256 = unit.PadRight(64, '0'), Segment = "2018-09/000001.seg", ReceivedAt = Office.At(2018, 9, 20), ArchivedAt = Office.At(2018, 9, 20), State = MessageState.Filed,
        };
        d.Messages.Add(message);
        d.SaveChanges();
        var entry = new EntryRow
        {
            Campaign = "2018", UnitCode = unit, Number = 1, Code = $"2018-{unit}-01", Title = "甲", CreatedAt = Office.At(2018, 5, 20),
        };
        entry.Materials.AddRange(new[] { "brief", "writeup", "evidence", "form" }.Select(kind => new MaterialRow
        {
            MessageId = message.Id, Kind = kind, Version = 1, FileName = kind, PathInMail = kind, Sha256 = kind.PadRight(64, '0'), MediaType = "text/plain",
            ReceivedAt = Office.At(2018, kind == "brief" ? 5 : 9, 20), TreePath = $"{unit}/{kind}", FindingsJson = "[]",
        }));
        d.Entries.Add(entry);
        return d.SaveChangesAsync();
    });
}
