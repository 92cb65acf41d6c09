using System.Text;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

public sealed class ReadingTests
{
    private const string R = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private static Task<DocumentReading> Read(byte[] bytes) => Docx.ReadAsync(bytes, NoticeForm.Labels);

    [Fact]
    public async Task An_empty_file_is_a_problem_of_the_unit()
    {
        var finding = Assert.Single((await Read([])).Findings);

        Assert.Equal(("empty-file", DocumentSeverity.Problem), (finding.Code, finding.Severity));
    }

    [Fact]
    public async Task A_picture_that_no_tool_can_decode_was_said_to_have_taken_too_long()
    {
        Assert.SkipUnless(Confinement.Find("ffmpeg") is not null, "needs ffmpeg");

        var finding = Assert.Single((await Read([0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 4, 0, 0, 0, 4, 0, 8, 2, 0, 0, 0, 1, 2, 3, 4])).Findings);

        Assert.Equal(DocumentFindings.Unreadable, finding);
    }

    [Fact]
    public async Task A_text_in_GB18030_reads_as_in_UTF8()
    {
        const string text = "创新成果简介\n我们建成服务站点8个。\n";
        var utf8 = await Read(Encoding.UTF8.GetBytes(text));
        var gb = await Read(RawZip.Gbk(text));

        Assert.Equal(text, utf8.Text);
        Assert.Equal(text, gb.Text);
        Assert.Equal((11, 17), (gb.Characters!.Value, gb.CharactersWithTitle!.Value));
    }

    [Fact]
    public async Task Html_gives_paragraphs_cells_and_no_scripts()
    {
        var html = "<html><head><title>x</title><script>bad()</script></head><body><h1>标题</h1><p>第一<b>段</b></p><style>p{}</style><table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>尾</body></html>";
        var reading = await Read(Encoding.UTF8.GetBytes(html));

        Assert.Equal("标题\n第一段\n甲\t乙\n\t丙\n尾\n", reading.Text);
        Assert.Equal(["标题"], reading.Headings);
    }

    [Fact]
    public async Task Html_nested_without_end_does_not_overflow()
    {
        var reading = await Read(Encoding.UTF8.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat("<div>", 20_000)) + "底"));

        Assert.NotNull(reading.Text);
    }

    [Fact]
    public async Task A_sheet_gives_its_cells_and_a_form_in_it_is_found()
    {
        var reading = await Read(Docx.Zip(
            ("[Content_Types].xml", "<Types/>"),
            ("xl/workbook.xml", $"<workbook {R}><sheets><sheet name=\"申报表\" r:id=\"a\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/sharedStrings.xml", "<sst><si><t>创新成果名称</t></si><si><r><t>暖心</t></r><r><t>驿站</t></r></si></sst>"),
            ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
                + "<row><c r=\"A2\" t=\"inlineStr\"><is><t>申报单位</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>甲</t></is></c></row>"
                + "<row><c r=\"A3\" t=\"inlineStr\"><is><t>创新成果负责人</t></is></c><c r=\"C3\"><v>7</v></c></row></sheetData></worksheet>")));

        Assert.Equal(DocumentShape.Sheet, reading.Shape);
        Assert.Equal("申报表\n创新成果名称\t暖心驿站\n申报单位\t甲\n创新成果负责人\t7\n", reading.Text);
        Assert.Equal("暖心驿站", reading.Fields![NoticeForm.Name]);
    }

    [Fact]
    public async Task Slides_are_counted_and_read_in_their_order()
    {
        static string Slide(string text) => $"<sld><sp><ph type=\"title\"/><p><r><t>{text}</t></r></p></sp></sld>";
        var reading = await Read(Docx.Zip(
            ("[Content_Types].xml", "<Types/>"),
            ("ppt/presentation.xml", $"<presentation {R}><sldIdLst><sldId id=\"1\" r:id=\"b\"/><sldId id=\"2\" r:id=\"a\"/></sldIdLst></presentation>"),
            ("ppt/_rels/presentation.xml.rels", "<Relationships><Relationship Id=\"a\" Target=\"/ppt/slides/slide1.xml\"/><Relationship Id=\"b\" Target=\"slides/slide2.xml\"/></Relationships>"),
            ("ppt/slides/slide1.xml", Slide("后")), ("ppt/slides/slide2.xml", Slide("先"))));

        Assert.Equal((DocumentShape.Slides, 2, "先\n后\n"), (reading.Shape, reading.Pages, reading.Text));
    }

    [Fact]
    public async Task A_text_longer_than_is_kept_is_cut_and_said_so()
    {
        using var folder = new TempFolder();
        var reader = new DocumentReader(new DocumentReaderOptions { MaxTextCharacters = 100 });
        var reading = await reader.ReadAsync(folder.Write("a", Docx.Make(string.Concat(Enumerable.Repeat(Docx.P("十个字十个字十个字一"), 50)))), "a.docx", null, TestContext.Current.CancellationToken);

        Assert.True(reading.Text!.Length <= 100);
        Assert.Equal("too-large", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public async Task A_tool_that_hangs_is_ended_and_leaves_nothing()
    {
        Assert.SkipUnless(Confinement.Find("sleep") is not null && Confinement.Find("prlimit") is not null, "needs util-linux");
        using var folder = new TempFolder();
        var tools = new ToolRunner(new DocumentReaderOptions { WorkFolder = folder.Make("tools"), ToolTimeout = TimeSpan.FromMilliseconds(300) });
        var result = await tools.RunAsync("sleep", folder.Write("x", [1]), "x", ["60"], 100, TestContext.Current.CancellationToken);

        Assert.Equal(ToolOutcome.TimedOut, result.Outcome);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "tools")));
    }

    [Fact]
    public async Task A_tool_that_writes_without_end_is_ended()
    {
        Assert.SkipUnless(Confinement.Find("yes") is not null && Confinement.Find("prlimit") is not null, "needs util-linux");
        using var folder = new TempFolder();
        var result = await new ToolRunner(new DocumentReaderOptions { WorkFolder = folder.Path }).RunAsync("yes", folder.Write("x", [1]), "x", [], 100_000, TestContext.Current.CancellationToken);

        Assert.Equal(ToolOutcome.TooMuchOutput, result.Outcome);
    }

    [Fact]
    public async Task A_tool_that_is_not_installed_is_said_to_be_missing()
    {
        using var folder = new TempFolder();
        var result = await new ToolRunner(new DocumentReaderOptions { WorkFolder = folder.Path }).RunAsync("no-such-tool", folder.Write("x", [1]), "x", [], 100, TestContext.Current.CancellationToken);

        Assert.Equal(ToolOutcome.Missing, result.Outcome);
    }

    [Fact]
    public async Task A_tool_sees_no_network()
    {
        Assert.SkipUnless(Confinement.Find("cat") is not null && Confinement.Prefix(new DocumentReaderOptions()) is { } prefix && prefix.Any(word => word.EndsWith("unshare", StringComparison.Ordinal)), "the system allows no own network");
        using var folder = new TempFolder();
        var result = await new ToolRunner(new DocumentReaderOptions { WorkFolder = folder.Path }).RunAsync("cat", folder.Write("x", [1]), "x", ["/proc/net/dev"], 10_000, TestContext.Current.CancellationToken);

        Assert.Equal(["lo"], Encoding.UTF8.GetString(result.Output).Split('\n').Skip(2).Where(line => line.Length > 0).Select(line => line.Split(':')[0].Trim()));
    }

    [Fact]
    public async Task A_broken_pdf_is_corrupt()
    {
        Assert.SkipUnless(Confinement.Find("pdftotext") is not null, "needs poppler-utils");

        Assert.Equal("corrupt", Assert.Single((await Read(Encoding.ASCII.GetBytes("%PDF-1.4\nnothing else\n"))).Findings).Code);
    }

    [Fact]
    public async Task The_title_of_another_campaigns_template_was_counted_as_text()
    {
        var words = new FormLabels([]) { TitleWords = ["书屋简介"] };
        var body = Docx.Make(Docx.Centered("书屋简介") + Docx.P("藏书五千册。"));

        Assert.Equal(6, (await Docx.ReadAsync(body, words)).Characters);
        Assert.Equal(10, (await Docx.ReadAsync(body, NoticeForm.Labels)).Characters);
        Assert.Equal(10, (await Docx.ReadAsync(body, words)).CharactersWithTitle);
    }

    [Theory]
    [InlineData("申报表.js", "var shell = new ActiveXObject('WScript.Shell');")]
    [InlineData("材料.docx.VBS ", "Set shell = CreateObject(1)")]
    [InlineData("说明.hta", "<html><script>1</script></html>")]
    public async Task A_script_was_taken_for_a_short_text(string name, string content)
    {
        var reading = await Docx.ReadAsync(System.Text.Encoding.UTF8.GetBytes(content), name: name);

        Assert.Equal(DocumentShape.Program, reading.Shape);
        Assert.Equal("executable", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public async Task A_winmail_dat_that_nobody_opens_was_filed_without_a_word()
    {
        var reading = await Docx.ReadAsync([0x78, 0x9F, 0x3E, 0x22, .. new byte[200]], name: "winmail.dat");

        Assert.Equal("unsupported", Assert.Single(reading.Findings).Code);
    }

    [Theory]
    [InlineData("word/other.xml", false)]
    [InlineData("word/project.bin", true)]
    public async Task A_content_type_for_macros_that_no_part_has_was_taken_for_macros(string part, bool macro)
    {
        const string types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
        var bytes = Docx.Zip(("[Content_Types].xml", types), ("word/document.xml", $"<w:document {Docx.Names}><w:body>{Docx.P("材料")}</w:body></w:document>"), (part, "x"));

        Assert.Equal(macro, (await Docx.ReadAsync(bytes)).Findings.Any(f => f.Code == "macro"));
    }
}
