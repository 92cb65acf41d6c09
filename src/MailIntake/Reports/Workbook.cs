using System.Globalization;
using System.Text;
using System.Xml;

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MailIntake.Reports;

/// <summary>Writes an Excel workbook (.xlsx) sheet by sheet, row by row; rows are streamed and never held together in memory.</summary>
internal sealed class Workbook : IDisposable
{
    private const int LongestCell = 32_767;

    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _part;
    private readonly List<(string Name, string Id)> _sheets = [];

    /// <summary>Begins a workbook; <paramref name="stream"/> can seek and is left open.</summary>
    public Workbook(Stream stream)
    {
        _document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        _part = _document.AddWorkbookPart();
        _part.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Sheet();
    }

    /// <summary>Adds a sheet: a frozen heading row, then rows.</summary>
    /// <param name="name">Name, at most 31 characters, none of <c>[]:*?/\</c>.</param>
    /// <param name="columns">Heading and width (in characters) of each column.</param>
    /// <param name="rows">Cells of each row; fewer than columns leave the rest empty.</param>
    public void AddSheet(string name, IReadOnlyList<(string Heading, double Width)> columns, IEnumerable<IReadOnlyList<WorkbookCell>> rows)
    {
        var part = _part.AddNewPart<WorksheetPart>();
        _sheets.Add((name, _part.GetIdOfPart(part)));
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        {
            WorkbookViewId = 0,
        }));
        writer.WriteStartElement(new Columns());
        for (var i = 0; i < columns.Count; i++)
        {
            writer.WriteElement(new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = columns[i].Width, CustomWidth = true });
        }

        writer.WriteEndElement();
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, [.. columns.Select(c => new WorkbookCell(c.Heading, WorkbookStyle.Heading))]);
        var number = 1u;
        foreach (var row in rows)
        {
            WriteRow(writer, ++number, row);
        }

        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = $"A1:{ColumnName(columns.Count - 1)}{number}" });
        writer.WriteEndElement();
    }

    /// <summary>Ends the workbook.</summary>
    public void Dispose()
    {
        using (var writer = OpenXmlWriter.Create(_part))
        {
            writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Workbook());
            writer.WriteStartElement(new Sheets());
            for (var i = 0; i < _sheets.Count; i++)
            {
                writer.WriteElement(new Sheet { Name = _sheets[i].Name, SheetId = (uint)i + 1, Id = _sheets[i].Id });
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        _document.Dispose();
    }

    private static void WriteRow(OpenXmlWriter writer, uint number, IReadOnlyList<WorkbookCell> cells)
    {
        writer.WriteStartElement(new Row { RowIndex = number });
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = new Cell { CellReference = ColumnName(i) + number.ToString(CultureInfo.InvariantCulture), StyleIndex = (uint)cells[i].Style };
            if (cells[i].Number is { } value)
            {
                cell.CellValue = new CellValue(value);
            }
            else
            {
                // Inline strings are never read as formulas, whatever they begin with.
                cell.DataType = CellValues.InlineString;
                cell.Append(new InlineString(new Text(Clean(cells[i].Text)) { Space = SpaceProcessingModeValues.Preserve }));
            }

            writer.WriteElement(cell);
        }

        writer.WriteEndElement();
    }

    /// <summary>Leaves out what XML cannot carry.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestCell));
        for (var i = 0; i < text.Length && clean.Length < LongestCell - 1; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text, i++, 2);
            }
        }

        return clean.ToString();
    }

    private static string ColumnName(int index)
    {
        var name = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + ((rest - 1) % 26)) + name;
        }

        return name;
    }
}

/// <summary>A cell.</summary>
/// <param name="Text">Its text; empty where <paramref name="Number"/> counts.</param>
/// <param name="Style">Its looks.</param>
/// <param name="Number">Its number; null for text.</param>
internal readonly record struct WorkbookCell(string Text, WorkbookStyle Style = WorkbookStyle.Plain, double? Number = null)
{
    /// <summary>A text cell.</summary>
    public static implicit operator WorkbookCell(string? text) => new(text ?? "");

    /// <summary>A number cell.</summary>
    public static implicit operator WorkbookCell(int number) => new("", WorkbookStyle.Plain, number);

    /// <summary>A number cell, empty where there is none.</summary>
    public static implicit operator WorkbookCell(int? number) => new("", WorkbookStyle.Plain, number);
}
