using System.Globalization;

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MailIntake.Reports;

/// <summary>Reads the first visible sheet of an Excel workbook (.xlsx) as rows of text.</summary>
internal static class WorkbookReader
{
    private const int MostRows = 100_000;
    private const int MostColumns = 256;

    /// <summary>
    /// The rows, the heading row first; blank rows are left out and every cell is trimmed. Numbers are written plainly: a telephone
    /// number that Excel took for a number keeps its digits.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is no workbook, or far larger than a roster.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(Stream stream)
    {
        try
        {
            using var document = SpreadsheetDocument.Open(stream, isEditable: false);
            return Read(document);
        }
        catch (Exception error) when (error is OpenXmlPackageException or FileFormatException or System.Xml.XmlException or FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("This is no Excel workbook (.xlsx).", error);
        }
    }

    private static List<IReadOnlyList<string>> Read(SpreadsheetDocument document)
    {
        var book = document.WorkbookPart ?? throw new InvalidDataException("The workbook has no sheets.");
        var sheet = book.Workbook.Descendants<Sheet>().FirstOrDefault(s => s.State is null || s.State.Value == SheetStateValues.Visible)
            ?? throw new InvalidDataException("The workbook has no visible sheet.");
        var part = (WorksheetPart)book.GetPartById(sheet.Id?.Value ?? "");
        var shared = book.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(Text).ToList() ?? [];
        var rows = new List<IReadOnlyList<string>>();
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
            {
                continue;
            }

            var row = ReadRow((Row)reader.LoadCurrentElement()!, shared);
            if (row.Any(c => c.Length > 0))
            {
                rows.Add(row);
            }

            if (rows.Count > MostRows)
            {
                throw new InvalidDataException($"The sheet has more than {MostRows} rows.");
            }
        }

        return rows;
    }

    private static List<string> ReadRow(Row row, List<string> shared)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : cells.Count;
            if (column >= MostColumns)
            {
                break;
            }

            while (cells.Count < column)
            {
                cells.Add("");
            }

            cells.Add(Value(cell, shared).Trim());
        }

        return cells;
    }

    private static string Value(Cell cell, List<string> shared)
    {
        if (cell.DataType?.Value == CellValues.InlineString)
        {
            return cell.InlineString is { } inline ? Text(inline) : "";
        }

        var raw = cell.CellValue?.Text ?? "";
        if (cell.DataType?.Value == CellValues.SharedString)
        {
            return int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : "";
        }

        return (cell.DataType is null || cell.DataType.Value == CellValues.Number)
            && decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString("0.############", CultureInfo.InvariantCulture)
                : raw;
    }

    /// <summary>The text of a shared or inline string: its runs, without the phonetic guides (拼音).</summary>
    private static string Text(OpenXmlElement item) =>
        string.Concat(item.Descendants<Text>().Where(t => t.Parent is not PhoneticRun).Select(t => t.Text));

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetter))
        {
            column = Math.Min((column * 26) + (char.ToUpperInvariant(letter) - 'A') + 1, MostColumns + 1);
        }

        return column - 1;
    }
}
