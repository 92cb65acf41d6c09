using System.Text.Json;

using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

using MailIntake.Correspondence.Forms;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Reports;
using MailIntake.Tests.Correspondence;

using Workbook = MailIntake.Reports.Workbook;

namespace MailIntake.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public void A_roster_comes_back_from_Excel_as_it_went()
    {
        var unit = Office.Haigang with { Aliases = ["海港", "海港区"], Phone = "13800000000" };
        using var stream = new MemoryStream();

        RosterWorkbook.Write(stream, [unit, Office.Jiaoyu, Office.Mute]);
        stream.Position = 0;
        var reading = RosterWorkbook.Read(stream);

        Assert.Empty(reading.Faults);
        Assert.Equivalent(new[] { unit, Office.Jiaoyu, Office.Mute }, reading.Roster!.Units, strict: true);
    }

    [Fact]
    public void A_roster_with_shared_strings_gaps_and_numbers_is_read()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, DocumentFormat.OpenXml.SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook();
            var strings = book.AddNewPart<SharedStringTablePart>();
            string[] words = ["编码", "单位名称", "类别", "简称", "邮箱", "联系人", "电话", "haigang", "海港区总工会", "县区"];
            strings.SharedStringTable = new SharedStringTable(words.Select(w => new SharedStringItem(new Text(w))));
            var sheet = book.AddNewPart<WorksheetPart>();
            Cell Shared(string place, int index) => new() { CellReference = place, DataType = CellValues.SharedString, CellValue = new CellValue(index) };
            sheet.Worksheet = new Worksheet(new SheetData(
                new Row("ABCDEFG".Select((c, i) => Shared($"{c}1", i))),
                new Row(new Cell { CellReference = "A2" }),
                new Row(Shared("A3", 7), Shared("B3", 8), Shared("C3", 9), new Cell { CellReference = "G3", CellValue = new CellValue("1.3800000001E10") })));
            book.Workbook.AppendChild(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = "花名册" }));
        }

        stream.Position = 0;
        var unit = Assert.Single(RosterWorkbook.Read(stream).Roster!.Units);

        Assert.Equal(("haigang", "海港区总工会", UnitCategory.County, "13800000001"), (unit.Code, unit.Name, unit.Category, unit.Phone));
    }

    [Fact]
    public void What_is_no_workbook_is_a_fault()
    {
        using var stream = new MemoryStream("code,name"u8.ToArray());

        Assert.NotEmpty(RosterWorkbook.Read(stream).Faults);
    }

    [Fact]
    public void The_report_is_valid_and_holds_every_unit_entry_and_held_mail()
    {
        using var stream = new MemoryStream();

        ReportWorkbook.Write(stream, Snapshot(), [new HeldMail(7, Office.At(2018, 9, 1), "a@example.com", "=HYPERLINK(\"x\")\u0001", "不明", ["海港区总工会"], false)]);

        stream.Position = 0;
        using (var document = SpreadsheetDocument.Open(stream, false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            Assert.Equal(["成果登记表", "齐备情况", "待处理"], document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => s.Name!.Value));
            Assert.Empty(document.WorkbookPart.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<CellFormula>()));
        }

        stream.Position = 0;
        var rows = WorkbookReader.Read(stream);
        Assert.Equal(2, rows.Count);
        Assert.Equal(["1", "2018-haigang-01", "码上议事厅", "海港区总工会", "县区"], rows[1].Take(5));
    }

    [Fact]
    public void A_thousand_rows_are_written_row_by_row()
    {
        using var stream = new MemoryStream();
        using (var workbook = new Workbook(stream))
        {
            workbook.AddSheet("甲", [("编号", 10), ("名称", 20)], Enumerable.Range(0, 1000).Select(i => (IReadOnlyList<WorkbookCell>)[i, $"名称{i}"]));
        }

        stream.Position = 0;
        Assert.Equal(["999", "名称999"], WorkbookReader.Read(stream)[1000]);
    }

    [Fact]
    public void The_status_object_has_the_shape_of_the_contract()
    {
        var root = JsonDocument.Parse(StatusJson.Write(Snapshot())).RootElement;

        Assert.Equal(["campaign", "asOf", "phase", "units", "totals"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2018-09-20T09:00:00+08:00", root.GetProperty("asOf").GetString());
        Assert.Equal("summary", root.GetProperty("phase").GetString());
        var unit = root.GetProperty("units")[0];
        Assert.Equal("county", unit.GetProperty("category").GetString());
        Assert.False(unit.GetProperty("complete").GetBoolean());
        Assert.Equal("""{"min":2,"max":3,"entries":1}""", Compact(unit.GetProperty("quota")));
        var form = unit.GetProperty("entries")[0].GetProperty("materials").EnumerateArray().Single(m => m.GetProperty("kind").GetString() == "form");
        Assert.Equal("""{"kind":"form","state":"problem","version":2,"receivedAt":"2018-09-19T09:00:00+08:00","findings":["no-seal"]}""", Compact(form));
        var missing = unit.GetProperty("missing").EnumerateArray().Single(m => m.GetProperty("kind").GetString() == "writeup");
        Assert.Equal("summary", missing.GetProperty("phase").GetString());
        Assert.Equal("2018-haigang-01", missing.GetProperty("entry").GetString());
        Assert.Equal("2018-09-30T23:59:59+08:00", missing.GetProperty("due").GetString());
        Assert.Equal("2018-09-19T09:00:00+08:00", unit.GetProperty("lastReceivedAt").GetString());
        Assert.Equal(JsonValueKind.Null, unit.GetProperty("lastRemindedAt").ValueKind);
        Assert.Equal(["ok", "dead", "none"], root.GetProperty("units").EnumerateArray().Select(u => u.GetProperty("addressState").GetString()));
        Assert.Equal("""{"units":3,"complete":0,"review":0,"entries":1,"held":3,"failed":1}""", Compact(root.GetProperty("totals")));
    }

    [Fact]
    public void The_table_shows_a_sign_for_each_entry_and_material()
    {
        var table = StatusTable.Of(Snapshot());

        Assert.Equal(["编码", "单位", "类别", "成果", "简要材料", "实施方案", "总结材料", "佐证材料", "申报表", "PPT或视频", "尚缺或需补正"], table.Headings);
        Assert.Equal(["haigang", "海港区总工会", "县区", "1", "✓", "·", "✗", "✗", "!", "·", "总结材料、佐证材料、申报表、成果1项"], table.Rows[0].Text);
        Assert.Equal(MaterialState.Missing, table.Rows[1].Cells[2].Worst);
    }

    [Fact]
    public void The_blank_form_is_a_valid_Word_document_with_every_field()
    {
        var form = new BlankForm(Office.Campaign, null).File!;

        Assert.Equal("2018年度工会工作创新成果申报表（空白）.docx", form.FileName);
        using var document = WordprocessingDocument.Open(new MemoryStream(form.Content.ToArray()), false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(e => e.Description));
        var text = document.MainDocumentPart!.Document.Body!.InnerText;
        Assert.All(Office.Campaign.FindRequirement("form")!.Form!.Fields, f => Assert.Contains(f.Name, text, StringComparison.Ordinal));
        Assert.Contains("主要负责人签字、单位盖章", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_file_beside_the_campaign_goes_before_the_drawn_one()
    {
        var folder = Directory.CreateTempSubdirectory("mailintake");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "申报表.doc"), [1, 2, 3]);
            var form = new BlankForm(Office.Campaign with { BlankForm = "申报表.doc" }, folder.FullName).File!;

            Assert.Equal(("申报表.doc", "application/msword", 3), (form.FileName, form.MediaType, form.Content.Length));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static StatusSnapshot Snapshot()
    {
        var received = Office.At(2018, 9, 19);
        var noSeal = new Finding(FindingCodes.NoSeal, Severity.Problem, "申报表未见单位公章");
        var entry = Office.Entry(
            Office.Haigang, 1, "码上议事厅", Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("form", received, 2, noSeal));
        var matrix = CompletenessCheck.Evaluate(
            Office.Campaign, new Roster([Office.Haigang, Office.Jiaoyu, Office.Mute]), [entry], [], Office.At(2018, 9, 20));
        return new StatusSnapshot(
            Office.Campaign,
            matrix,
            new Dictionary<string, UnitContact>
            {
                ["haigang"] = new(received, null, AddressState.Ok),
                ["jiaoyu"] = new(null, null, AddressState.Dead),
                ["mute"] = new(null, null, AddressState.None),
            },
            Held: 3,
            Failed: 1);
    }

    private static string Compact(JsonElement element) => string.Concat(element.GetRawText().Where(c => !char.IsWhiteSpace(c)));
}
