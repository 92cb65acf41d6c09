using System.Globalization;
using System.Text;
using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>Reads the cells of an .xlsx, sheet after sheet, each as a table under its name.</summary>
internal static class SheetReader
{
    private const long MaxPart = 128L << 20;
    private const int MaxRows = 200_000;
    private const int MaxSheets = 1_000;
    private const int MaxStrings = 500_000;

    /// <summary>What a cell counts for beside its characters: a short one costs memory too.</summary>
    private const int CellWeight = 8;

    /// <summary>Reads the workbook.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="mainPart">Name of the workbook part.</param>
    /// <param name="maxCharacters">Reading stops after that many characters.</param>
    public static Flow Read(ZipDirectory zip, string mainPart, int maxCharacters)
    {
        var flow = new Flow();
        var folder = mainPart[..(mainPart.LastIndexOf('/') + 1)];
        var strings = ReadStrings(zip, folder + "sharedStrings.xml", maxCharacters);
        var characters = 0;
        var sheets = Sheets(zip, mainPart);
        foreach (var (name, part) in sheets.Take(MaxSheets))
        {
            if (flow.IsCut || zip.Find(part) is not { } entry || zip.Open(entry) is not { } stream)
            {
                continue;
            }

            flow.Blocks.Add(new FlowParagraph(name) { HeadingLevel = 1 });
            using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
            flow.Blocks.Add(ReadSheet(xml, strings, flow, ref characters, maxCharacters));
        }

        flow.IsCut |= sheets.Count > MaxSheets;

        foreach (var entry in zip.Entries)
        {
            flow.HasPicture |= entry.Name.StartsWith(folder + "media/", StringComparison.OrdinalIgnoreCase) || entry.Name.StartsWith(folder + "drawings/", StringComparison.OrdinalIgnoreCase);
        }

        return flow;
    }

    private static List<(string Name, string Part)> Sheets(ZipDirectory zip, string mainPart)
    {
        var targets = PackageRelations.Read(zip, mainPart);
        var sheets = new List<(string, string)>();
        if (zip.Find(mainPart) is { } entry && zip.Open(entry) is { } stream)
        {
            using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
            while (sheets.Count <= MaxSheets && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet" && PackageRelations.IdOf(xml) is { } id && targets.TryGetValue(id, out var part))
                {
                    sheets.Add((xml.GetAttribute("name") ?? string.Empty, part));
                }
            }
        }

        return sheets;
    }

    private static FlowTable ReadSheet(XmlReader xml, List<string> strings, Flow flow, ref int characters, int maxCharacters)
    {
        var table = new FlowTable();
        FlowRow? row = null;
        var used = 0;
        while (!flow.IsCut && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                row = new FlowRow();
                used = 0;
                table.Rows.Add(row);
                flow.IsCut = table.Rows.Count > MaxRows;
            }
            else if (xml.LocalName == "c" && row is not null && ColumnOf(xml.GetAttribute("r")) is var column && ReadCell(xml, strings) is { Length: > 0 } text)
            {
                Place(row, column, ref used);
                used++;
                row.Cells.Add(new FlowCell { Blocks = [new FlowParagraph(text)] });
                characters += text.Length + CellWeight;
                flow.IsCut |= characters > maxCharacters;
            }
        }

        table.Rows.RemoveAll(static empty => empty.Cells.Count == 0);
        return table;
    }

    /// <summary>Fills the columns before a cell: empty ones belong to the cell at their left, as merged ones do.</summary>
    private static void Place(FlowRow row, int? column, ref int used)
    {
        if (column is not { } at || at <= used)
        {
            return;
        }

        if (row.Cells.Count == 0)
        {
            row.Cells.Add(new FlowCell { Span = at });
        }
        else
        {
            row.Cells[^1].Span += at - used;
        }

        used = at;
    }

    /// <summary>The column from 0 of a reference such as AB12; null where there is none.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var mark in reference ?? string.Empty)
        {
            if (!char.IsAsciiLetterUpper(mark) || column > 1_000)
            {
                break;
            }

            column = (column * 26) + mark - 'A' + 1;
        }

        return column is > 0 and <= 16_384 ? column - 1 : null;
    }

    private static string ReadCell(XmlReader xml, List<string> strings)
    {
        var type = xml.GetAttribute("t");
        var text = new StringBuilder();
        if (!xml.IsEmptyElement)
        {
            var end = xml.Depth;
            var inValue = false;
            while (xml.Read() && xml.Depth > end)
            {
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element:
                        inValue = xml.LocalName is "v" or "t" && !xml.IsEmptyElement;
                        break;
                    case XmlNodeType.EndElement:
                        inValue = false;
                        break;
                    case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA when inValue:
                        text.Append(xml.Value);
                        break;
                }
            }
        }

        if (type != "s")
        {
            return text.ToString();
        }

        return int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? strings[index] : string.Empty;
    }

    private static List<string> ReadStrings(ZipDirectory zip, string part, int maxCharacters)
    {
        var strings = new List<string>();
        if (zip.Find(part) is not { } entry || zip.Open(entry) is not { } stream)
        {
            return strings;
        }

        var total = 0;
        var text = new StringBuilder();
        using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
        while (total <= maxCharacters && strings.Count < MaxStrings && xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                PackageXml.SkipInside(xml);
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si" && xml.IsEmptyElement)
            {
                strings.Add(string.Empty);
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "si")
            {
                strings.Add(text.ToString());
                total += text.Length;
                text.Clear();
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
            {
                text.Append(xml.Value);
            }
        }

        return strings;
    }
}
