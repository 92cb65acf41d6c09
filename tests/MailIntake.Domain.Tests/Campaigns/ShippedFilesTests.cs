using NodaTime;

using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Campaigns;

public class ShippedFilesTests
{
    [Fact]
    public void The_shipped_files_have_no_fault()
    {
        Assert.Empty(CampaignFile.Read(File.ReadAllText(Path.Combine(Shipped.Root, "deploy/campaigns/2018-innovation.json"))).Faults);
        Assert.Empty(RosterCsv.Read(File.ReadAllBytes(Path.Combine(Shipped.Root, "deploy/campaigns/2018-roster.csv"))).Faults);
        Assert.Empty(WorkCalendar.Read(File.ReadAllText(Path.Combine(Shipped.Root, "deploy/calendars/cn-workdays.json"))).Faults);
    }

    [Fact]
    public void The_campaign_has_the_phases_and_deadlines_of_the_notice()
    {
        var campaign = Shipped.Campaign;

        Assert.Equal("2018", campaign.Id);
        Assert.Equal(
            ["调研 05-31", "培育 09-30", "总结 09-30", "申报 10-31", "评审 11-30", "运用 12-31"],
            campaign.Phases.Select(p => $"{p.Name} {p.Closes.ToString("MM-dd", null)}"));
        Assert.Equal("Asia/Shanghai", campaign.Zone.Id);
        Assert.Equal("qhdghgz@126.com", campaign.Mailbox);
        Assert.Equal("declaration", campaign.QuotaPhase);
        Assert.Equal(
            Instant.FromUtc(2018, 9, 30, 16, 0) - Duration.Epsilon, campaign.FindPhase("summary")!.Deadline(campaign.Zone));
    }

    [Theory]
    [InlineData(UnitCategory.County, 2, 3)]
    [InlineData(UnitCategory.System, 1, 2)]
    [InlineData(UnitCategory.Industry, 1, 2)]
    [InlineData(UnitCategory.Grassroots, 1, 2)]
    [InlineData(UnitCategory.Department, 1, null)]
    public void The_campaign_has_the_quotas_of_the_notice(UnitCategory category, int min, int? max) =>
        Assert.Equal(new Quota(min, max), Shipped.Campaign.Quotas[category]);

    [Fact]
    public void The_campaign_asks_for_the_materials_of_the_notice()
    {
        var campaign = Shipped.Campaign;

        Assert.Equal(["brief", "plan", "writeup", "evidence", "form", "presentation"], campaign.Requirements.Select(r => r.Kind));
        Assert.Equal(200, campaign.FindRequirement("brief")!.MaxCharacters);
        Assert.Equal(Obligation.Optional, campaign.FindRequirement("plan")!.Owed);
        Assert.Equal(2500, campaign.FindRequirement("writeup")!.MaxCharacters);
        Assert.Equal(["创新背景", "创新点", "创新举措和过程", "取得成效"], campaign.FindRequirement("writeup")!.Sections.Select(s => s.Name));
        Assert.True(campaign.FindRequirement("evidence")!.Multiple);
        Assert.Equal(Duration.FromMinutes(8), campaign.FindRequirement("presentation")!.MaxDuration);
        Assert.Equal(Obligation.Shortlisted, campaign.FindRequirement("presentation")!.Owed);
        var form = campaign.FindRequirement("form")!.Form!;
        Assert.Equal(["创新成果名称", "申报单位", "申报时间", "创新成果负责人", "创新成果主要内容及效果"], form.Fields.Select(f => f.Name));
        Assert.True(form.NeedsSeal && form.NeedsSignature);
    }

    [Fact]
    public void The_roster_has_sixty_units_the_nine_county_level_unions_first()
    {
        Assert.Equal(60, Shipped.Roster.Units.Count);
        Assert.Equal(9, Shipped.Roster.Units.TakeWhile(u => u.Category == UnitCategory.County).Count());
        Assert.Equal(UnitCategories.All, Shipped.Roster.Units.Select(u => u.Category).Distinct());
        Assert.All(Shipped.Roster.Units.SelectMany(u => u.Addresses), a => Assert.EndsWith("@example.com", a, StringComparison.Ordinal));
    }
}
