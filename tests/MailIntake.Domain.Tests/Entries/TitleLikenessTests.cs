using FsCheck;
using FsCheck.Fluent;

using MailIntake.Domain.Entries;

namespace MailIntake.Domain.Tests.Entries;

/// <summary>Titles of one innovation as a form, a brief and the headline of a write-up give them.</summary>
public class TitleLikenessTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20180907, 9).WithMaxTest(500);

    private static readonly string[] Names = ["码上议事厅", "心灵驿站", "师徒结对积分银行", "一站三联", "红色班组", "工匠夜校", "e家亲服务站", "先锋里"];

    private static readonly string[] Tails = ["服务新模式", "职工民主管理平台", "工作法", "关爱行动", "维权服务体系2.0", "一期工程", "第二批试点", "", "：职工诉求闭环办理", "——以海港区为例"];

    private static readonly string[] Heads = ["", "打造", "以", "关于推行", "深化", "创新探索", "2018年", "海港区总工会"];

    private static readonly Gen<string> AnyTitle =
        from head in Gen.Elements(Heads)
        from name in Gen.Elements(Names)
        from tail in Gen.Elements(Tails)
        from marks in Gen.Elements("“”", "《》", "「」", "\"\"", "  ", "‘’")
        select $"{head}{marks[0]}{name}{marks[1]}{tail}";

    private static Entry Entry(string number, string? title) => new() { Code = number, UnitCode = "haigang", Title = title };

    [Fact]
    public void A_headline_that_begins_with_a_verb_is_no_second_entry_beside_the_form() =>
        Assert.Equal(TitleLikeness.Alike, EntryMatcher.Compare("“码上议事厅”服务新模式", "打造“码上议事厅”服务新模式"));

    [Theory]
    [InlineData("“码上议事厅”服务新模式", "构建“码上议事厅”职工服务新模式")]
    [InlineData("“码上议事厅”服务新模式", "码上议事厅")]
    [InlineData("“码上议事厅”服务新模式", "《码上议事厅》")]
    [InlineData("“码上议事厅”服务新模式", "关于推行“码上议事厅”服务新模式的做法")]
    [InlineData("“码上议事厅”服务新模式", "以“码上议事厅”为抓手 推动职工诉求件件有回音")]
    [InlineData("“码上议事厅”服务新模式", "数字赋能 共建共享——“码上议事厅”服务新模式的实践与探索")]
    [InlineData("“码上议事厅”服务新模式", "“码上议事厅”服务新模式：让职工说话有地方")]
    [InlineData("“码上议事厅”服务新模式", "“码上议事厅”职工民主管理平台")]
    [InlineData("“码上议事厅”服务新模式", "2018年“码上议事厅”服务新模式")]
    [InlineData("“码上议事厅”服务新模式", "海港区《码上议事厅》服务模式")]
    [InlineData("“互联网+”“码上议事厅”服务新模式", "“码上议事厅”服务新模式")]
    [InlineData("劳动争议联动调处机制", "创新劳动争议联动调处机制 促进劳动关系和谐")]
    [InlineData("困难职工解困脱困工作", "扎实开展困难职工解困脱困")]
    [InlineData("职工心理关爱服务体系——以海港区为例", "职工心理关爱服务体系")]
    [InlineData("劳模工作室联盟2.0", "打造劳模工作室联盟２.０")]
    [InlineData("第一批职工书屋建设工作法", "推行第一批职工书屋建设工作法")]
    [InlineData("“1+3”劳动争议调处机制", "构建“1+3”劳动争议调处机制")]
    public void Titles_of_one_innovation_vary_so(string form, string other) => Assert.True(EntryMatcher.AreSame(form, other));

    [Theory]
    [InlineData("“智慧工会”一期", "“智慧工会”二期")]
    [InlineData("“码上议事厅”服务新模式一期", "“码上议事厅”服务新模式二期")]
    [InlineData("“码上议事厅”服务新模式（一期）", "“码上议事厅”服务新模式")]
    [InlineData("“码上议事厅”1.0", "“码上议事厅”2.0")]
    [InlineData("“码上议事厅”服务平台2.0", "打造“码上议事厅”服务平台")]
    [InlineData("“匠心课堂”第一季", "“匠心课堂”第二季")]
    [InlineData("“匠心课堂”技能提升行动第一阶段", "“匠心课堂”技能提升行动第二阶段")]
    [InlineData("“匠心课堂”（上）", "“匠心课堂”（下）")]
    [InlineData("“码上议事厅”服务新模式", "“云上议事厅”服务新模式")]
    [InlineData("打造“心灵驿站”关爱行动", "打造“爱心托管班”关爱行动")]
    [InlineData("“码上议事厅”服务新模式", "“码上议事亭”服务新模式")]
    [InlineData("“互联网+”困难职工帮扶工作法", "“互联网+”劳动争议化解平台")]
    [InlineData("“码上议事厅”职工民主管理平台", "职工民主管理平台")]
    [InlineData("职工书屋", "职工书屋建设")]
    [InlineData("创新工作室", "创新工作法")]
    [InlineData("凝心聚力——“红色班组”民主管理机制", "凝心聚力——“工匠夜校”培训体系")]
    [InlineData("《》", "《》")]
    [InlineData("“码上议事厅”2017年做法", "“码上议事厅”2018年做法")]
    public void Titles_that_differ_in_name_number_or_phase_mean_two_entries(string one, string other) => Assert.False(EntryMatcher.AreSame(one, other));

    [Fact]
    public void A_shared_name_with_nothing_else_in_common_is_told_from_a_likeness_of_the_rest()
    {
        Assert.Equal(TitleLikeness.NameOnly, EntryMatcher.Compare("“先锋班组”竞赛积分管理办法", "“先锋班组”文化建设行动"));
        Assert.Equal(TitleLikeness.Contained, EntryMatcher.Compare("“先锋班组”竞赛积分管理办法", "以“先锋班组”竞赛积分激发职工活力"));
    }

    [Fact]
    public void The_likest_entry_is_taken_and_of_two_equally_like_ones_none()
    {
        Entry[] two = [Entry("01", "“先锋班组”竞赛积分管理办法"), Entry("02", "“先锋班组”文化建设行动")];

        Assert.Equal("01", EntryMatcher.Match(two, "打造“先锋班组”竞赛积分管理办法").Entry?.Code);
        var match = EntryMatcher.Match(two, "先锋班组");
        Assert.Null(match.Entry);
        Assert.True(match.IsAmbiguous);
        Assert.Equal(["01", "02"], match.Candidates.Select(e => e.Code));
        Assert.False(EntryMatcher.Match(two, "“工匠夜校”培训体系").IsAmbiguous);
    }

    [Fact]
    public void Two_entries_of_one_title_are_not_told_apart() =>
        Assert.True(EntryMatcher.Match([Entry("01", "“红色班组”"), Entry("02", "《红色班组》")], "红色班组").IsAmbiguous);

    [Fact]
    public void Likeness_is_symmetric() =>
        Check.One(Seeded, Prop.ForAll(
            (from a in AnyTitle from b in AnyTitle select (a, b)).ToArbitrary(),
            p => EntryMatcher.Compare(p.a, p.b) == EntryMatcher.Compare(p.b, p.a)));

    [Fact]
    public void Every_title_is_equal_to_itself_and_to_itself_in_other_clothes() =>
        Check.One(Seeded, Prop.ForAll(AnyTitle.ToArbitrary(), t =>
            EntryMatcher.Compare(t, t) == TitleLikeness.Equal
            && EntryMatcher.Compare(t, $"《{t} 》创新成果") == TitleLikeness.Equal
            && EntryMatcher.AreSame(t, "打造" + t)));

    [Fact]
    public void Different_quoted_names_never_match() =>
        Check.One(Seeded, Prop.ForAll(
            (from head in Gen.Elements(Heads)
             from other in Gen.Elements(Heads)
             from names in Gen.Two(Gen.Elements(Names))
             from tail in Gen.Elements(Tails)
             where names.Item1 != names.Item2
             select ($"{head}“{names.Item1}”{tail}", $"{other}“{names.Item2}”{tail}")).ToArbitrary(),
            p => !EntryMatcher.AreSame(p.Item1, p.Item2)));

    [Fact]
    public void Different_phases_never_match() =>
        Check.One(Seeded, Prop.ForAll(
            (from head in Gen.Elements(Heads)
             from name in Gen.Elements(Names)
             from tail in Gen.Elements("服务新模式", "工作法", "关爱行动")
             from phases in Gen.Two(Gen.Elements("一期", "二期", "（三期）", "1.0", "2.0", "第一批", "第二批", "Ⅱ", "Ⅲ"))
             where phases.Item1 != phases.Item2
             select ($"{head}“{name}”{tail}{phases.Item1}", $"“{name}”{tail}{phases.Item2}")).ToArbitrary(),
            p => !EntryMatcher.AreSame(p.Item1, p.Item2)));
}
