using NodaTime;

using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Correspondence;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Recognition;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Campaigns;

/// <summary>A campaign of another year with other phases, materials, limits, zone and quotas works without a line of code.</summary>
public class SecondCampaignTests
{
    private static readonly Campaign Campaign = Read();

    private static readonly Roster Roster = new(
    [
        new Unit { Code = "a", Name = "澜山区总工会", Category = UnitCategory.County },
        new Unit { Code = "b", Name = "云溪市物流产业工会", Category = UnitCategory.Industry },
    ]);

    private static Campaign Read()
    {
        var file = Path.Combine(Shipped.Root, "tests/MailIntake.Domain.Tests/Campaigns/second-campaign.json");
        var reading = CampaignFile.Read(File.ReadAllText(file));
        return reading.Campaign ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));
    }

    private static Instant At(int month, int day, int hour) => new LocalDateTime(2031, month, day, hour, 0).InZoneStrictly(Campaign.Zone).ToInstant();

    [Fact]
    public void It_is_read_with_its_own_values_and_the_documented_defaults()
    {
        Assert.Equal("Asia/Urumqi", Campaign.Zone.Id);
        Assert.Equal("blank/登记表.docx", Campaign.BlankForm);
        Assert.Equal(new Quota(0, null), Campaign.Quotas[UnitCategory.Industry]);
        Assert.Equal([2, 0], Campaign.Phases[0].Reminders!.WorkdaysBefore);
        Assert.Equal(new LocalTime(14, 30), Campaign.Phases[0].Reminders!.At);
        Assert.Null(Campaign.Phases[1].Reminders);
        var form = Campaign.FindRequirement("card")!.Form!;
        Assert.Equal((true, false), (form.NeedsSeal, form.NeedsSignature));
        Assert.True(form.Fields[0].Required);
        Assert.False(form.Fields[2].Required);
        Assert.False(Campaign.FindRequirement("clip")!.Multiple);
    }

    [Fact]
    public void Its_materials_are_recognised_by_its_own_words()
    {
        string? Kind(FileClues clues) => MaterialClassifier.Classify(Campaign, clues).Kind;

        Assert.Equal("script", Kind(new() { FileName = "x.docx", Shape = FileShape.Document, Text = "班前会\n场景\n…\n风险点\n…\n演练\n…", Characters = 300 }));
        Assert.Equal("card", Kind(new() { FileName = "x.docx", Shape = FileShape.Document, Text = "…", FormLabels = ["微课名称", "班组名称", "讲师"] }));
        Assert.Equal("clip", Kind(new() { FileName = "x.mp4", Shape = FileShape.Video }));
        Assert.Equal("card", Kind(new() { FileName = "登记卡.jpg", Shape = FileShape.Picture, Size = 900_000 }));
        Assert.Equal("other", Kind(new() { FileName = "申报表.jpg", Shape = FileShape.Picture, Size = 900_000 }));
    }

    [Fact]
    public void Its_materials_are_held_against_its_own_limits()
    {
        var tooLong = RequirementCheck.Check(Campaign.FindRequirement("script")!, new() { FileName = "x.docx", Characters = 801 });
        var tooSlow = RequirementCheck.Check(Campaign.FindRequirement("clip")!, new() { FileName = "x.mp4", Duration = Duration.FromSeconds(91) });

        Assert.Equal("脚本 801 字，超过 800 字", Assert.Single(tooLong).Message);
        Assert.Equal("微课视频时长 1 分 31 秒，超过 1 分 30 秒", Assert.Single(tooSlow).Message);
    }

    [Fact]
    public void What_is_owed_follows_its_phases_quotas_and_zone()
    {
        var entry = new Entry
        {
            Code = "2031-spring-a-01", UnitCode = "a",
            Materials = [new Material { Kind = "script", Version = 1, FileName = "x.docx", ReceivedAt = At(3, 1, 0) - Duration.FromSeconds(1) }],
        };

        var units = CompletenessCheck.Evaluate(Campaign, Roster, [entry], [], At(3, 2, 9)).Units;

        Assert.Equal(["clip 1", "entry 3", "card 1"], units[0].Missing.Select(m => $"{m.Kind} {m.Count}"));
        Assert.Equal(MaterialState.Received, units[0].Entries[0].Materials[0].State);
        Assert.True(units[1].IsComplete);
        Assert.Equal("register", CompletenessCheck.Evaluate(Campaign, Roster, [], [], At(3, 2, 9)).CurrentPhase?.Id);
    }

    [Fact]
    public void Its_reminders_follow_its_own_plan() =>
        Assert.Equal(
            [new LocalDate(2031, 2, 26), new LocalDate(2031, 2, 28)],
            ReminderSchedule.Dates(Campaign.Phases[0], new WorkCalendar([], [], []), Campaign.Phases[0].Closes));
}
