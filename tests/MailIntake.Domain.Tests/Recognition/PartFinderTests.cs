using MailIntake.Domain.Recognition.Parts;

namespace MailIntake.Domain.Tests.Recognition;

public class PartFinderTests
{
    private static readonly string Sentence = "各级工会组织深入一线走访调研，认真听取职工意见建议，推动各项任务落地见效，得到了职工的普遍欢迎。";

    private static readonly string Long = string.Concat(Enumerable.Repeat(Sentence, 3));

    private static readonly string Sections = $"一、创新背景\n{Long}\n二、创新点\n{Long}\n三、创新举措和过程\n{Long}\n四、取得成效\n{Long}\n";

    private static readonly string Form = "工会工作创新成果申报表\n创新成果名称：码上议事厅\n申报单位：海港区总工会\n申报时间：2018年9月20日\n创新成果负责人：王芳\n创新成果主要内容及效果："
        + Sentence + "\n负责人签字：\n（盖章）\n2018年9月20日\n";

    private static DocumentParts Find(string text, bool hasForm = false, params TextMark[] marks) => new PartFinder(Shipped.Campaign).Find(text, marks, hasForm);

    private static IEnumerable<string?> Kinds(DocumentParts parts) => parts.Parts.Select(p => p.Guess.Kind);

    [Fact]
    public void A_brief_and_a_write_up_whose_headings_begin_anew_are_two()
    {
        var parts = Find($"一、创新成果简介\n{Sentence}{Sentence}\n“码上议事厅”职工民主管理平台\n{Sections}");

        Assert.Equal(["writeup", "brief"], Kinds(parts));
        Assert.Equal("“码上议事厅”职工民主管理平台", parts.Parts[0].Title);
        Assert.StartsWith("一、创新成果简介", parts.Parts[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("议事厅", parts.Parts[1].Text, StringComparison.Ordinal);
        Assert.False(parts.HasSeveralEntries);
    }

    [Theory]
    [InlineData("附件1：创新成果简介", "附件2：创新成果材料", "附件3：工会工作创新成果申报表")]
    [InlineData("第一部分 简要材料", "第二部分 总结材料", "第三部分 申报表")]
    [InlineData("一、创新成果简介（200字以内）", "二、创新成果总结材料", "三、申报表")]
    [InlineData("“码上议事厅”简介", "“码上议事厅”经验材料", "申报表")]
    public void Three_papers_under_their_titles_are_three(string brief, string writeUp, string form)
    {
        var parts = Find($"{brief}\n{Long}\n{writeUp}\n{Sections}{form}\n{Form}", hasForm: true);

        Assert.Equal(["form", "writeup", "brief"], Kinds(parts));
        Assert.Contains("申报单位", parts.Parts[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("申报单位", parts.Parts[1].Text, StringComparison.Ordinal);
        Assert.Contains("取得成效", parts.Parts[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_may_stand_first()
    {
        var parts = Find($"{Form}经验材料\n{Sections}", hasForm: true);

        Assert.Equal(["form", "writeup"], Kinds(parts));
        Assert.Contains("2018年9月20日", parts.Parts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_the_whole_form_whatever_stands_in_its_cells()
    {
        var table = $"创新成果名称\t码上议事厅\n申报单位\t海港区总工会\n创新成果负责人\t王芳\n创新成果主要内容及效果\t{Sections}";
        var text = $"工会工作创新成果申报表\n{table}\n";

        Assert.Empty(Find(text, hasForm: true, new TextMark("工会工作创新成果申报表\n".Length, table.Length, TextMarkSort.Table)).Parts);
        text += $"简要材料\n{Long}\n";
        Assert.Equal(["form", "brief"], Kinds(Find(text, hasForm: true, new TextMark("工会工作创新成果申报表\n".Length, table.Length, TextMarkSort.Table))));
    }

    [Theory]
    [InlineData("“码上议事厅”职工民主管理平台\n{0}")]
    [InlineData("内容摘要\n{1}\n{0}")]
    [InlineData("经验材料\n一、项目简介\n{1}\n二、创新背景\n{1}\n三、创新点\n{1}\n四、主要做法\n{1}\n五、取得成效\n{1}")]
    [InlineData("{0}附件：1.申报表\n2.佐证材料\n")]
    [InlineData("{0}附件1：申报表\n附件2：佐证材料\n")]
    [InlineData("{0}佐证材料\n《秦皇岛日报》8月15日报道《码上议事厅解民忧》\n")]
    [InlineData("创新成果简介\n{1}")]
    [InlineData("各位领导：\n{1}\n{1}\n一、背景\n{1}\n")]
    public void One_paper_stays_one(string text) => Assert.Empty(Find(string.Format(null, text, Sections, Long)).Parts);

    [Fact]
    public void Evidence_under_a_title_that_is_set_off_is_a_paper_of_its_own()
    {
        var parts = Find($"创新成果材料\n{Sections}附件：佐证材料\n《秦皇岛日报》8月15日刊发《码上议事厅解民忧》，{Sentence}\n");

        Assert.Equal(["writeup", "evidence"], Kinds(parts));
    }

    [Fact]
    public void Two_entries_in_one_document_are_noticed()
    {
        var parts = Find($"附件1：“甲”简介\n{Long}\n附件2：“甲”经验材料\n{Sections}附件3：“乙”简介\n{Long}\n附件4：“乙”经验材料\n{Sections}");

        Assert.Equal(["writeup", "brief"], Kinds(parts));
        Assert.True(parts.HasSeveralEntries);
    }

    [Fact]
    public void A_titled_brief_that_is_far_too_long_for_one_is_no_brief() =>
        Assert.DoesNotContain("brief", Kinds(Find($"创新成果简介\n{string.Concat(Enumerable.Repeat(Long, 9))}\n经验材料\n{Sections}")));

    [Fact]
    public void No_text_makes_it_fail()
    {
        var pieces = new[] { "\n", "一、", "附件1：简介\n", "申报表\t", "创新成果名称：", "二、总结材料\n", Sentence, "年月", "" };
        var random = new Random(20180920);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var start = random.Next(text.Length + 1);
            var parts = Find(text, hasForm: true, new TextMark(start, random.Next(1, 9), (TextMarkSort)random.Next(8)));
            Assert.True(parts.Parts.Count is 0 or >= 2);
        }
    }
}
