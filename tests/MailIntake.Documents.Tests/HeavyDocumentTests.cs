using System.Diagnostics;
using System.Text;
using MailIntake.Documents.Tests.Support;
using static MailIntake.Documents.Tests.Support.Docx;

namespace MailIntake.Documents.Tests;

/// <summary>Small files that once cost minutes, or all memory: each is read in seconds, and what was left out is said.</summary>
public sealed class HeavyDocumentTests
{
    /// <summary>Seconds for each on a machine that does ten other things; before it was mended each took minutes, or threw.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(40);

    private const string R = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    [Fact]
    public async Task Thirty_million_empty_paragraphs_took_all_memory() => AssertCut(await Read(Make(Times("<w:p/>", 30_000_000))));

    [Fact]
    public async Task Twenty_million_empty_cells_took_all_memory() => AssertCut(await Read(Make("<w:tbl><w:tr>" + Times("<w:tc/>", 20_000_000) + "</w:tr></w:tbl>")));

    [Fact]
    public async Task A_label_was_held_against_every_cell_of_a_long_table()
    {
        var rows = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<w:tr><w:tc><w:p>{Run("申报单位")}</w:p></w:tc><w:tc><w:p>{Run($"单位{i}")}</w:p></w:tc></w:tr>"));

        var reading = await Read(Make("<w:tbl>" + rows + "</w:tbl>"));

        Assert.NotNull(reading.Text);
    }

    [Fact]
    public async Task The_lines_below_a_label_were_counted_anew_for_every_line()
    {
        var reading = await Read(Encoding.UTF8.GetBytes("创新成果主要内容及效果：\n" + Times("甲乙丙丁\n", 200_000)));

        Assert.StartsWith("创新成果主要内容及效果：\n甲乙丙丁\n", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_labels_was_copied_for_each_of_them()
    {
        var reading = await Read(Encoding.UTF8.GetBytes("申报单位：甲 " + Times("申报时间：乙 ", 200_000)));

        Assert.NotNull(reading.Text);
    }

    [Fact]
    public async Task Html_whose_elements_are_never_ended_begins_each_anew_in_every_paragraph()
    {
        var open = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<b a={i}>"));

        var reading = await Read(Encoding.UTF8.GetBytes("<html><body>" + open + Times("<p>甲", 20_000)));

        AssertCut(reading);
        Assert.Contains("甲甲甲", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_as_pages_are_made_is_not_taken_for_it()
    {
        var rows = Times("<tr><td>甲<td>乙<br></tr>", 5_000);
        var reading = await Read(Encoding.UTF8.GetBytes("<html><body><table>" + rows + "</table><ul>" + Times("<li><b>丙</b>", 5_000) + "</ul>" + Times("<p><font color=red>丁</font>", 5_000)));

        Assert.Empty(reading.Findings);
        Assert.StartsWith("甲\t乙\n甲\t乙\n", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_sheets_in_the_same_part_unpacked_it_a_thousand_times() => AssertLarge(await Read(Workbook("<sst/>", new string(' ', 20_000_000), 1_000)));

    [Fact]
    public async Task Twenty_million_empty_strings_took_all_memory() => Assert.NotNull(await Read(Workbook("<sst>" + Times("<si/>", 20_000_000) + "</sst>", "<row><c t=\"inlineStr\"><is><t>甲</t></is></c></row>", 1)));

    [Fact]
    public async Task Three_hundred_pages_over_the_same_large_template_took_all_memory() => AssertLarge(await Read(Zip(
        ("OFD.xml", "<OFD><DocRoot>Doc.xml</DocRoot></OFD>"),
        ("Doc.xml", "<Document>" + Times("<Page BaseLoc=\"p.xml\"/>", 300) + "</Document>"),
        ("p.xml", "<Page>" + Times("<TextObject Boundary=\"0 0 1 1\"><TextCode>甲</TextCode></TextObject>", 400_000) + "</Page>"))));

    [Fact]
    public async Task An_ofd_without_a_page_that_can_be_found_said_nothing()
    {
        var reading = await Read(Zip(("OFD.xml", "<OFD><DocRoot>Doc_9/Document.xml</DocRoot></OFD>")));

        Assert.Equal("corrupt", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public async Task A_picture_that_unpacks_to_more_than_it_declares_filled_the_disk()
    {
        using var folder = new TempFolder();
        var form = Make(P("甲") + "<w:p><w:r><w:drawing/></w:r></w:p>");
        var zip = new RawZip();
        using (var parts = new System.IO.Compression.ZipArchive(new MemoryStream(form)))
        {
            foreach (var part in parts.Entries)
            {
                using var content = new StreamReader(part.Open());
                zip.Add(part.FullName, content.ReadToEnd());
            }
        }

        zip.Add(new RawZip.Entry(RawZip.Utf8("word/media/a.png"), [0x89, (byte)'P', (byte)'N', (byte)'G', .. new byte[100 << 20]]) { Deflate = true, DeclaredSize = 5_000 });
        var largest = 0L;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    largest = Math.Max(largest, new DirectoryInfo(folder.Path).EnumerateFiles("mailintake-picture-*").Sum(file => file.Exists ? file.Length : 0));
                    await Task.Delay(1, CancellationToken.None);
                }
            },
            TestContext.Current.CancellationToken);
        var reading = await new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Path })
            .ReadAsync(folder.Write("file", zip.Finish()), "a.docx", NoticeForm.Labels, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await watch;

        Assert.Equal("甲\n\n", reading.Text);
        Assert.InRange(largest, 0, 41 << 20);
    }

    private static byte[] Workbook(string strings, string rows, int sheets) => Zip(
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", $"<workbook {R}><sheets>{Times("<sheet name=\"a\" r:id=\"a\"/>", sheets)}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>"));

    private static string Run(string text) => $"<w:r><w:t>{text}</w:t></w:r>";

    private static string Times(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static void AssertCut(DocumentReading reading) => Assert.Contains(reading.Findings, f => f.Code == "too-large" && f.Limit == 2_000_000);

    private static void AssertLarge(DocumentReading reading) => Assert.Contains(reading.Findings, f => f.Code == "too-large" && f.Limit is null);

    private static async Task<DocumentReading> Read(byte[] bytes)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var reading = await Task.Run(() => ReadAsync(bytes, NoticeForm.Labels), TestContext.Current.CancellationToken).WaitAsync(_longest, TestContext.Current.CancellationToken);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, _longest);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 << 20);
        return reading;
    }
}
