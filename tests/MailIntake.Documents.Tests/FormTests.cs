using static MailIntake.Documents.Tests.Support.Docx;
using static MailIntake.Documents.Tests.Support.NoticeForm;

namespace MailIntake.Documents.Tests;

public sealed class FormTests
{
    private static readonly string Opinion = Row(Cell(P("单位意见：") + P("同意申报。") + P("单位负责人（签字）：　　　　（公章）") + P("2018年9月20日"), "<w:gridSpan w:val=\"4\"/>"));

    private static async Task<DocumentReading> Read(string body) => await ReadAsync(Make(body), Labels);

    private static void Is(DocumentReading reading, string? name, string? unit, string? date, string? head, string? content)
    {
        Assert.NotNull(reading.Fields);
        Assert.Equal((name, unit, date, head, content), (reading.Fields[Name], reading.Fields[Unit], reading.Fields[Date], reading.Fields[Head], reading.Fields[Content]));
    }

    private static string Wide(string text) => Cell(P(text), "<w:gridSpan w:val=\"3\"/>");

    [Fact]
    public async Task The_form_of_the_notice_is_read()
    {
        var reading = await Read(Centered("秦皇岛工会工作优秀创新成果申报表") + Table(
            Row(Name, Wide("“暖心驿站”")), Row(Unit, "海港区总工会", Date, "2018年9月20日"), Row(Head, Wide(" 王某 ")),
            Row(Content, Cell(P("第一段。") + P("第二段。"), "<w:gridSpan w:val=\"3\"/>")), Opinion));

        Is(reading, "“暖心驿站”", "海港区总工会", "2018年9月20日", "王某", "第一段。\n第二段。");
        Assert.Equal((false, false), (reading.Seal, reading.Signature));
        Assert.True(reading.Characters > 50);
    }

    [Fact]
    public async Task An_empty_form_has_empty_fields()
    {
        var reading = await Read(Table(Row(Name, Wide("")), Row(Unit, "", Date, ""), Row(Head, Wide("　")), Row(Content, Wide("")), Opinion));

        Is(reading, "", "", "", "", "");
    }

    [Fact]
    public async Task Labels_may_be_spaced_broken_annotated_and_followed_by_a_colon()
    {
        var reading = await Read(Table(
            Row("创新成果 名称：", "甲"), Row("申 报 单 位（盖章）", "乙（盖章）"), Row(Cell(P("申报") + P("时间")), "丙"), Row("1、创新成果负责人", "丁"), Row("创新成果\u3000主要内容及效果", "戊")));

        Is(reading, "甲", "乙", "丙", "丁", "戊");
    }

    [Fact]
    public async Task The_opinion_on_one_line_was_taken_for_the_end_of_the_content()
    {
        var reading = await Read(P("创新成果名称：甲") + P("申报单位：乙") + P("申报时间：丙") + P("创新成果负责人：丁") + P("创新成果主要内容及效果：") + P("第一段，听取职工意见：满意。") + P("申报单位意见：同意上报。"));

        Is(reading, "甲", "乙", "丙", "丁", "第一段，听取职工意见：满意。");
    }

    [Fact]
    public async Task A_label_and_its_value_may_share_a_cell()
    {
        var reading = await Read(Table(
            Row(Cell(P("创新成果名称：甲"))), Row(Cell(P("申报单位：乙　　申报时间：2018年9月"))), Row(Cell(P("创新成果负责人:丁"))),
            Row(Cell(P("创新成果主要内容及效果") + P("第一段。") + P("第二段。") + P("单位意见：") + P("同意。")))));

        Is(reading, "甲", "乙", "2018年9月", "丁", "第一段。\n第二段。");
    }

    [Fact]
    public async Task A_value_may_stand_below_its_label()
    {
        var reading = await Read(Table(Row(Name), Row("甲"), Row(Unit, Date), Row("乙", "丙"), Row(Cell(P(Content), "<w:gridSpan w:val=\"2\"/>")), Row(Cell(P("戊"), "<w:gridSpan w:val=\"2\"/>"))));

        Is(reading, "甲", "乙", "丙", null, "戊");
    }

    [Fact]
    public async Task A_label_merged_over_rows_takes_what_stands_beside_each()
    {
        var reading = await Read(Table(
            Row(Name, "甲"), Row(Unit, "乙"), Row(Date, "丙"),
            Row(Cell(P(Content), "<w:vMerge w:val=\"restart\"/>"), "一。"), Row(Cell(P(""), "<w:vMerge/>"), "二。")));

        Is(reading, "甲", "乙", "丙", null, "一。\n二。");
    }

    [Fact]
    public async Task A_table_in_a_table_is_a_form_too()
    {
        var reading = await Read(Table(Row(Cell(Table(Row(Name, "甲"), Row(Unit, "乙"), Row(Head, "丁"))))));

        Is(reading, "甲", "乙", null, "丁", null);
    }

    [Fact]
    public async Task A_form_of_plain_paragraphs_is_read()
    {
        var reading = await Read(Centered("申报表") + P("创新成果名称：甲") + P("申报单位：乙 申报时间：丙") + P("创新成果负责人：丁") + P("创新成果主要内容及效果：") + P("第一段。") + P("第二段。") + P("单位意见：") + P("同意。"));

        Is(reading, "甲", "乙", "丙", "丁", "第一段。\n第二段。");
    }

    [Fact]
    public async Task The_unit_above_the_table_belongs_to_the_form()
    {
        var reading = await Read(P("申报单位：乙") + P("（加盖公章）") + Table(Row(Name, "甲"), Row(Head, "丁"), Row(Content, "戊")) + P("一、背景"));

        Is(reading, "甲", "乙", null, "丁", "戊");
    }

    [Fact]
    public async Task Words_of_a_label_inside_a_sentence_make_no_form() =>
        Assert.Null((await Read(P("请填写创新成果名称、申报单位和申报时间。") + P("创新成果负责人：各单位主席。"))).Fields);

    [Fact]
    public async Task A_list_with_the_labels_as_column_heads_is_no_form() =>
        Assert.Null((await Read(Table(Row("序号", "申报单位", "创新成果名称", "创新成果负责人"), Row("1", "甲", "乙", "丙"), Row("2", "丁", "戊", "己")))).Fields);

    [Fact]
    public async Task A_picture_on_the_form_leaves_seal_and_signature_unknown()
    {
        var reading = await Read(Table(Row(Name, "甲"), Row(Unit, "乙"), Row(Head, "丁")) + "<w:p><w:r><w:pict/></w:r></w:p>");

        Assert.NotNull(reading.Fields);
        Assert.Equal(((bool?)null, (bool?)null), (reading.Seal, reading.Signature));
    }

    [Fact]
    public async Task A_document_without_the_form_says_nothing_of_seals()
    {
        var reading = await Read(Centered("总结材料") + P("正文。"));

        Assert.Null(reading.Fields);
        Assert.Null(reading.Seal);
    }

    [Theory]
    [InlineData("年　　月　　日")]
    [InlineData("  年  月  日")]
    [InlineData("____年__月__日")]
    public async Task The_date_line_of_the_blank_form_was_taken_for_a_date(string blank)
    {
        var reading = await Read(Table(Row(Name, Wide("甲")), Row(Unit, "乙", Date, blank), Row(Head, Wide("丁")), Row(Content, Wide("戊"))));

        Is(reading, "甲", "乙", "", "丁", "戊");
    }
}
