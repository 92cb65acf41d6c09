using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Units;

public class UnitMatcherOnSampleRosterTests
{
    private static readonly UnitMatcher Matcher = new(Shipped.Roster);

    public static TheoryData<string> AllCodes => [.. Shipped.Roster.Units.Select(u => u.Code)];

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void A_units_own_name_in_the_form_finds_it(string code)
    {
        var unit = Shipped.Roster.Find(code)!;

        var match = Matcher.Match(new UnitClues { FormUnits = [unit.Name] });

        Assert.Equal(code, match.Unit?.Code);
        Assert.Equal(["form-field"], match.Because);
        Assert.InRange(match.Confidence, 0.88, 0.95);
    }

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void A_units_own_address_finds_it(string code)
    {
        var match = Matcher.Match(new UnitClues { SenderAddress = Shipped.Roster.Find(code)!.Addresses[0].ToUpperInvariant() });

        Assert.Equal(code, match.Unit?.Code);
        Assert.Equal(["sender-address"], match.Because);
        Assert.True(match.Confidence >= 0.95);
    }

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void A_units_name_in_the_subject_finds_it(string code)
    {
        var unit = Shipped.Roster.Find(code)!;

        var match = Matcher.Match(new UnitClues { Subject = $"{unit.Name}创新成果申报材料" });

        Assert.Equal(code, match.Unit?.Code);
        Assert.Equal(["subject"], match.Because);
    }

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void Every_alias_in_the_form_finds_its_unit(string code)
    {
        var unit = Shipped.Roster.Find(code)!;

        Assert.All(unit.Aliases, alias => Assert.Equal(code, Matcher.Match(new UnitClues { FormUnits = [alias] }).Unit?.Code));
    }

    [Theory]
    [InlineData("北戴河新区总工会", "xinqu")]
    [InlineData("北戴河区总工会", "beidaihe")]
    [InlineData("秦皇岛市北戴河新区总工会", "xinqu")]
    [InlineData("山海关船舶重工有限责任公司工会", "shanchuan")]
    [InlineData("山海关船舶重工工会委员会", "shanchuan")]
    [InlineData("山海关区总工会", "shanhaiguan")]
    [InlineData("海 港 区 总 工 会", "haigang")]
    [InlineData("海港區總工會", "haigang")]
    [InlineData("海港区总工会（盖章）", "haigang")]
    [InlineData("秦皇岛市海港区总工会", "haigang")]
    [InlineData("青龙县总工会", "qinglong")]
    [InlineData("青龙满族自治县总工会", "qinglong")]
    [InlineData("秦皇岛开发区总工会", "kaifaqu")]
    [InlineData("市教育工会", "jiaoyu")]
    [InlineData("教育工会", "jiaoyu")]
    [InlineData("秦皇岛市教育工会委员会", "jiaoyu")]
    [InlineData("市总工会研究室", "yanjiushi")]
    [InlineData("研究室", "yanjiushi")]
    [InlineData("市总女职工部", "nvgongbu")]
    [InlineData("中铁山桥集团工会", "zhongtieshan")]
    [InlineData("秦皇岛港股份有限公司", "qingang")]
    [InlineData("中信戴卡股份有限公司", "zhongxin")]
    [InlineData("燕山大学", "yanda")]
    [InlineData("燕山大學工會", "yanda")]
    [InlineData("市第一医院", "diyiyiyuan")]
    [InlineData("海港区教育局工会", "haigang")]
    [InlineData("海港区西港路小学工会", "haigang")]
    [InlineData("昌黎县第一中学工会委员会", "changli")]
    [InlineData("秦皇岛市海港区教育工会", "haigang")]
    [InlineData("抚宁区财贸工会", "funing")]
    [InlineData("海港区总工会办公室", "haigang")]
    public void Names_in_the_form_find_their_unit(string name, string code) =>
        Assert.Equal(code, Matcher.Match(new UnitClues { FormUnits = [name] }).Unit?.Code);

    [Theory]
    [InlineData("唐山市教育工会")]
    [InlineData("河北省教育工会")]
    [InlineData("教育")]
    [InlineData("某某科技有限公司工会")]
    [InlineData("工会")]
    [InlineData("总工会")]
    [InlineData("秦皇岛市总工会")]
    [InlineData("秦皇岛市第三医院工会")]
    [InlineData("秦皇岛市财政局工会")]
    [InlineData("盖章")]
    public void Names_of_others_in_the_form_find_no_unit(string name)
    {
        var match = Matcher.Match(new UnitClues { FormUnits = [name] });

        Assert.Null(match.Unit);
        Assert.Empty(match.Candidates);
    }

    [Theory]
    [InlineData("市总工会研究室：\n    现将我单位创新成果材料报上，请审阅。\n海港区总工会\n2018年9月20日", "haigang")]
    [InlineData("尊敬的市总研究室领导：\n您好！附件是燕山大学工会的申报材料。", "yanda")]
    [InlineData("秦皇岛市总工会研究室：\n根据秦皇岛市总工会办公室通知要求，现将昌黎县总工会材料报送市总研究室，请查收。", "changli")]
    [InlineData("各位老师好，我是卢龙县总工会的小李，附件请查收", "lulong")]
    [InlineData("附件为申报材料。\n秦皇岛市总工会女职工部\n9月20日", "nvgongbu")]
    public void Names_in_the_body_find_the_sender_and_not_the_addressee(string body, string code)
    {
        var match = Matcher.Match(new UnitClues { Body = body });

        Assert.Equal(code, match.Unit?.Code);
        Assert.Equal(["body"], match.Because);
    }

    [Theory]
    [InlineData("市总工会研究室：\n材料见附件。")]
    [InlineData("报送市总研究室，请查收。")]
    [InlineData("秦皇岛市总工会研究室\n您好，材料见附件")]
    [InlineData("请市总工会办公室查收")]
    [InlineData("我们加强职工教育，推进教育系统改革，做好办公室工作。")]
    [InlineData("金融、建筑、旅游等行业职工积极参与，教育引导广大职工。")]
    public void A_body_that_names_no_sender_finds_no_unit(string body)
    {
        var match = Matcher.Match(new UnitClues { Body = body });

        Assert.Null(match.Unit);
        Assert.Empty(match.Candidates);
    }

    [Fact]
    public void A_known_sender_whose_form_names_another_unit_is_ambiguous()
    {
        var match = Matcher.Match(new UnitClues
        {
            SenderAddress = "haigang@example.com", Subject = "海港区总工会创新成果", FormUnits = ["昌黎县总工会"],
        });

        Assert.Null(match.Unit);
        Assert.Equal(["changli", "haigang"], match.Candidates.Select(u => u.Code).Order());
    }

    [Fact]
    public void A_county_union_that_sends_for_a_body_below_it_stays_the_sender()
    {
        var match = Matcher.Match(new UnitClues { SenderAddress = "haigang@example.com", FormUnits = ["港城大街街道总工会"] });

        Assert.Equal("haigang", match.Unit?.Code);
        Assert.Equal(["sender-address"], match.Because);
    }

    [Fact]
    public void A_system_union_with_the_form_of_a_body_below_a_county_is_ambiguous()
    {
        var match = Matcher.Match(new UnitClues { SenderAddress = "jiaoyu@example.com", FormUnits = ["海港区教育局工会"] });

        Assert.Equal(["haigang", "jiaoyu"], match.Candidates.Select(u => u.Code).Order());
    }

    [Fact]
    public void The_organisers_own_notice_among_the_files_does_not_make_its_office_the_sender()
    {
        var match = Matcher.Match(new UnitClues
        {
            SenderAddress = "haigang@example.com", Subject = "回复：秦皇岛市总工会办公室关于开展2018年度工会工作创新成果评选活动的通知",
            FileNames = ["秦皇岛市总工会办公室关于开展评选活动的通知.pdf"], Body = "材料见附件。\n秦皇岛市总工会办公室\n关于开展2018年度工会工作创新成果评选活动的通知",
        });

        Assert.Equal("haigang", match.Unit?.Code);
        Assert.Equal(["sender-address"], match.Because);
    }

    [Fact]
    public void A_sender_who_is_called_only_office_is_not_the_organisers_office() =>
        Assert.Null(Matcher.Match(new UnitClues { SenderAddress = "x@qq.com", SenderName = "办公室" }).Unit);

    [Theory]
    [InlineData("唐山市海港区总工会")]
    [InlineData("承德市第一医院工会")]
    [InlineData("唐山市公安局工会")]
    public void A_body_of_another_city_was_taken_for_ours_of_the_same_name(string name)
    {
        Assert.Null(Matcher.Match(new UnitClues { FormUnits = [name] }).Unit);
        Assert.Null(Matcher.Match(new UnitClues { Subject = name + "创新成果材料" }).Unit);
        Assert.Null(Matcher.Match(new UnitClues { SenderName = name }).Unit);
        Assert.Null(Matcher.Match(new UnitClues { Body = "您好，材料见附件。\n" + name }).Unit);
    }

    [Theory]
    [InlineData("秦皇岛市海港区总工会", "haigang")]
    [InlineData("河北省秦皇岛市第一医院工会", "diyiyiyuan")]
    [InlineData("关于报送市公安局工会", "gonganju")]
    [InlineData("中国耀华玻璃集团工会", "yaohua")]
    [InlineData("中国移动通信集团河北秦皇岛分公司工会", "yidong")]
    [InlineData("中国移动通信集团河北公司秦皇岛分公司工会", "yidong")]
    public void A_name_after_its_own_city_or_without_its_legal_form_is_found(string name, string code) =>
        Assert.Equal(code, Matcher.Match(new UnitClues { Subject = name + "创新成果材料" }).Unit?.Code);

    [Theory]
    [InlineData("秦皇岛市教育工会委员会", "jiaoyu")]
    [InlineData("秦皇岛市热力有限责任公司工会委员会", "relidian")]
    public void A_short_core_with_a_union_committee_behind_it_was_held(string name, string code) =>
        Assert.Equal(code, Matcher.Match(new UnitClues { FormUnits = [name] }).Unit?.Code);
}
