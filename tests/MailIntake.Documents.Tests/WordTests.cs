using MailIntake.Documents.Tests.Support;
using static MailIntake.Documents.Tests.Support.Docx;

namespace MailIntake.Documents.Tests;

public sealed class WordTests
{
    private static async Task<string?> TextOf(string body, params (string, string)[] parts) => (await ReadAsync(Make(body, parts))).Text;

    [Fact]
    public async Task Cells_end_in_a_tab_and_rows_in_a_line_feed() =>
        Assert.Equal("前\n甲\t乙\n丙\t丁\n后\n", await TextOf(P("前") + Table(Row("甲", "乙"), Row("丙", "丁")) + P("后")));

    [Fact]
    public async Task A_nested_table_is_read_inside_its_cell() =>
        Assert.Equal("外\t里一\t里二\n", await TextOf(Table(Row("外", Cell(Table(Row("里一", "里二")))))));

    [Fact]
    public async Task A_text_box_is_read_once_although_it_is_written_twice()
    {
        const string content = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>";
        var body = $"<w:p>{R("正文")}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
            + $"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";

        Assert.Equal("正文\n框中文字\n", await TextOf(body));
    }

    [Fact]
    public async Task Tracked_changes_are_read_as_accepted()
    {
        var body = $"<w:p>{R("一")}<w:ins>{R("加")}</w:ins><w:del><w:r><w:delText>减</w:delText></w:r></w:del><w:moveFrom>{R("旧处")}</w:moveFrom><w:moveTo>{R("新处")}</w:moveTo></w:p>"
            + Table("<w:tr><w:trPr><w:del/></w:trPr>" + Cell(P("删去的行")) + "</w:tr>", Row("留下的行"));

        Assert.Equal("一加新处\n留下的行\n", await TextOf(body));
    }

    [Fact]
    public async Task A_paragraph_whose_end_was_deleted_runs_on() =>
        Assert.Equal("前半后半\n", await TextOf($"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{R("前半")}</w:p>" + P("后半")));

    [Fact]
    public async Task Hidden_text_field_codes_and_phonetic_guides_are_left_out() =>
        Assert.Equal("见字汉\n", await TextOf("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>见</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>字</w:t></w:r>"
            + "<w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"));

    [Fact]
    public async Task Footnotes_follow_the_body_without_their_separators()
    {
        var notes = $"<w:footnotes {Names}><w:footnote w:type=\"separator\" w:id=\"0\">{P("线")}</w:footnote><w:footnote w:id=\"2\">{P("注释")}</w:footnote></w:footnotes>";

        Assert.Equal("正文\n注释\n", await TextOf($"<w:p>{R("正文")}<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>", ("word/footnotes.xml", notes)));
    }

    [Fact]
    public async Task Line_breaks_tabs_and_hyphens_keep_words_apart() =>
        Assert.Equal("甲\n乙 丙-丁\n", await TextOf("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>"));

    [Fact]
    public async Task Content_controls_are_passed_through() =>
        Assert.Equal("甲\n乙\n", await TextOf($"<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{P("甲")}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent>{R("乙")}</w:sdtContent></w:sdt></w:p>"));

    [Fact]
    public async Task Headings_come_from_the_title_line_styles_and_numbers()
    {
        var styles = $"<w:styles {Names}><w:style w:styleId=\"2\"><w:name w:val=\"heading 2\"/></w:style><w:style w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
        var reading = await ReadAsync(Make(
            Centered("“暖心驿站”建设工作法") + P("一、背景与起因") + P("职工有需要。") + P("做法", "<w:pStyle w:val=\"2\"/>") + P("我们这样做。", "<w:pStyle w:val=\"a\"/>"), ("word/styles.xml", styles)));

        Assert.Equal(["“暖心驿站”建设工作法", "一、背景与起因", "做法"], reading.Headings);
    }

    [Theory]
    [InlineData("创新成果简介", 5, 11)]
    [InlineData("2018年工会工作创新成果总结材料", 5, 19)]
    [InlineData("“暖心驿站”建设工作法", 16, 16)]
    public async Task Only_a_title_of_the_template_is_left_out_of_the_count(string title, int body, int all)
    {
        var reading = await ReadAsync(Make(Centered(title) + P("正文共五。")));

        Assert.Equal((body, all), (reading.Characters!.Value, reading.CharactersWithTitle!.Value));
    }

    [Fact]
    public async Task A_picture_that_holds_everything_is_shown_to_staff()
    {
        var reading = await ReadAsync(Make(Centered("申报表") + "<w:p><w:r><w:drawing/></w:r></w:p>"), NoticeForm.Labels);

        Assert.Equal("unsupported", Assert.Single(reading.Findings).Code);
        Assert.Null(reading.Seal);
    }

    [Fact]
    public async Task A_document_that_stops_in_the_middle_is_corrupt()
    {
        var reading = await ReadAsync(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>半")));

        Assert.Equal(("corrupt", DocumentSeverity.Problem), (Assert.Single(reading.Findings).Code, reading.Findings[0].Severity));
        Assert.Null(reading.Text);
    }

    [Fact]
    public async Task Tables_in_tables_without_end_are_read_within_bounds()
    {
        var body = string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", 3_000)) + P("底") + string.Concat(Enumerable.Repeat("</w:tc></w:tr></w:tbl>", 3_000));

        Assert.NotNull((await ReadAsync(Make(body))).Text);
    }

    [Fact]
    public async Task An_entity_bomb_is_refused()
    {
        var bomb = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";

        Assert.Equal("corrupt", Assert.Single((await ReadAsync(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", bomb)))).Findings).Code);
    }
}
