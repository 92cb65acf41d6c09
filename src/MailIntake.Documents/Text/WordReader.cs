using System.Text;
using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>
/// Reads the flow of a .docx by one pass over its main part: tables, text boxes (once), footnotes and endnotes,
/// tracked changes as accepted, hidden text left out.
/// </summary>
/// <remarks>Styles are read only where a paragraph names one: that part is often a hundred times as large as the text.</remarks>
internal sealed class WordReader
{
    private const int MaxDepth = 100;
    private const long MaxPart = 256L << 20;

    /// <summary>What a paragraph, cell or table counts for beside its characters: an empty one costs memory too, and packs to nothing.</summary>
    private const int BlockWeight = 8;

    private readonly Flow _flow = new();
    private readonly int _maxCharacters;
    private readonly HashSet<string> _styles = [];
    private readonly List<(int Block, FlowParagraph Paragraph, string Style)> _styled = [];
    private int _characters;
    private bool _hasNotes;

    private WordReader(int maxCharacters) => _maxCharacters = maxCharacters;

    /// <summary>Reads the document; throws <see cref="XmlException"/>, <see cref="InvalidDataException"/> or <see cref="PartTooLargeException"/> where it is broken.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="mainPart">Name of the main part.</param>
    /// <param name="maxCharacters">Reading stops after that many characters.</param>
    public static Flow Read(ZipDirectory zip, string mainPart, int maxCharacters)
    {
        var reader = new WordReader(maxCharacters);
        reader.ReadPart(zip, mainPart, "body");
        if (reader._hasNotes)
        {
            var folder = mainPart[..(mainPart.LastIndexOf('/') + 1)];
            reader.ReadNotes(zip, folder + "footnotes.xml");
            reader.ReadNotes(zip, folder + "endnotes.xml");
        }

        if (reader._styled.Count > 0)
        {
            var folder = mainPart[..(mainPart.LastIndexOf('/') + 1)];
            var levels = WordStyles.Read(zip, folder + "styles.xml", reader._styles);
            foreach (var (block, paragraph, style) in reader._styled)
            {
                if (levels.TryGetValue(style, out var level))
                {
                    reader._flow.Blocks[block] = new FlowParagraph(paragraph.Text) { HeadingLevel = level.Heading, IsCentered = paragraph.IsCentered || level.IsCentered };
                }
            }
        }

        return reader._flow;
    }

    private void ReadPart(ZipDirectory zip, string part, string container)
    {
        using var xml = Open(zip, part) ?? throw new InvalidDataException("the main part is missing");
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == container)
            {
                ReadBlocks(xml, _flow.Blocks, 0);
                return;
            }
        }

        throw new InvalidDataException("the document has no body");
    }

    private void ReadNotes(ZipDirectory zip, string part)
    {
        using var xml = Open(zip, part);
        while (xml is not null && !_flow.IsCut && xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "footnote" or "endnote")
            {
                // Separators are notes of a type; real ones have none.
                if (xml.GetAttribute("type", xml.NamespaceURI) is null or "normal")
                {
                    ReadBlocks(xml, _flow.Blocks, 0);
                }
            }
        }
    }

    private static XmlReader? Open(ZipDirectory zip, string part) =>
        zip.Find(part) is { } entry && zip.Open(entry) is { } stream
            ? XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings)
            : null;

    /// <summary>Reads paragraphs and tables inside the element on which the reader stands, to its end.</summary>
    private void ReadBlocks(XmlReader xml, List<FlowBlock> into, int depth)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var carried = new StringBuilder();
        var end = xml.Depth;
        while (!_flow.IsCut && xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "p":
                    ReadParagraph(xml, into, carried, depth);
                    break;
                case "tbl" when depth < MaxDepth:
                    into.Add(ReadTable(xml, depth + 1));
                    break;
                case "del" or "moveFrom" or "Fallback" or "sectPr" or "tbl" or "sdtPr" or "tcPr":
                    SkipInside(xml);
                    break;
            }
        }

        if (carried.Length > 0)
        {
            into.Add(new FlowParagraph(carried.ToString()));
        }
    }

    private FlowTable ReadTable(XmlReader xml, int depth)
    {
        var table = new FlowTable();
        Weigh(BlockWeight);
        if (xml.IsEmptyElement)
        {
            return table;
        }

        FlowRow? row = null;
        var rowDeleted = false;
        var end = xml.Depth;
        while (!_flow.IsCut && xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "tr" && row is not null)
            {
                if (!rowDeleted && row.Cells.Count > 0)
                {
                    table.Rows.Add(row);
                }

                row = null;
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "tr":
                    row = new FlowRow();
                    rowDeleted = false;
                    break;
                case "del" when row is not null:
                    // Inside w:trPr: the row was deleted by a tracked change.
                    rowDeleted = true;
                    break;
                case "tc" when row is not null:
                    row.Cells.Add(ReadCell(xml, depth));
                    break;
                case "tblPr" or "tblGrid" or "Fallback" or "sdtPr" or "tblPrEx":
                    SkipInside(xml);
                    break;
            }
        }

        return table;
    }

    private FlowCell ReadCell(XmlReader xml, int depth)
    {
        var cell = new FlowCell();
        Weigh(BlockWeight);
        if (xml.IsEmptyElement)
        {
            return cell;
        }

        var carried = new StringBuilder();
        var end = xml.Depth;
        while (!_flow.IsCut && xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "gridSpan":
                    cell.Span = int.TryParse(Value(xml), out var span) ? Math.Clamp(span, 1, 63) : 1;
                    break;
                case "vMerge":
                    cell.ContinuesAbove = Value(xml) is null or "continue";
                    break;
                case "p":
                    ReadParagraph(xml, cell.Blocks, carried, depth);
                    break;
                case "tbl" when depth < MaxDepth:
                    cell.Blocks.Add(ReadTable(xml, depth + 1));
                    break;
                case "del" or "moveFrom" or "Fallback" or "sdtPr" or "tbl":
                    SkipInside(xml);
                    break;
            }
        }

        return cell;
    }

    private void ReadParagraph(XmlReader xml, List<FlowBlock> into, StringBuilder carried, int depth)
    {
        var paragraph = new WordParagraph(carried);
        Weigh(BlockWeight);
        List<FlowBlock>? boxes = null;
        if (!xml.IsEmptyElement)
        {
            var end = xml.Depth;
            while (!_flow.IsCut && xml.Read() && xml.Depth > end)
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    if (xml.NodeType is XmlNodeType.EndElement && xml.LocalName == "r")
                    {
                        paragraph.EndRun();
                    }

                    continue;
                }

                switch (xml.LocalName)
                {
                    case "t":
                        Weigh(paragraph.AddText(xml));
                        break;
                    case "txbxContent":
                        if (depth < MaxDepth)
                        {
                            ReadBlocks(xml, boxes ??= [], depth + 1);
                        }
                        else
                        {
                            SkipInside(xml);
                        }

                        break;
                    case "del" when paragraph.IsInProperties(xml.Depth):
                        paragraph.MarkDeleted = true;
                        break;
                    case "del" or "moveFrom" or "delText" or "instrText" or "ffData" or "Fallback" or "rt" or "sdtPr" or "pPrChange" or "rPrChange":
                        SkipInside(xml);
                        break;
                    case "drawing" or "pict" or "object":
                        _flow.HasPicture = true;
                        break;
                    case "footnoteReference" or "endnoteReference":
                        _hasNotes = true;
                        break;
                    case "altChunk":
                        _flow.HasPicture = true;
                        break;
                    default:
                        paragraph.Add(xml);
                        break;
                }
            }
        }

        if (paragraph.MarkDeleted)
        {
            // Its end was deleted by a tracked change: it runs on into the next one.
            if (boxes is not null)
            {
                into.AddRange(boxes);
            }

            return;
        }

        var done = paragraph.Finish();
        if (paragraph.Style is { } style && ReferenceEquals(into, _flow.Blocks))
        {
            _styles.Add(style);
            _styled.Add((into.Count, done, style));
        }

        into.Add(done);
        if (boxes is not null)
        {
            into.AddRange(boxes);
        }
    }

    private void Weigh(int characters)
    {
        _characters += characters;
        _flow.IsCut |= _characters > _maxCharacters;
    }

    /// <summary>The value of the element on which the reader stands; null when it has none.</summary>
    internal static string? Value(XmlReader xml) => xml.GetAttribute("val", xml.NamespaceURI);

    /// <summary>Moves to the end of the element on which the reader stands, so that the next read leaves it.</summary>
    internal static void SkipInside(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var end = xml.Depth;
        while (xml.Read() && xml.Depth > end)
        {
        }
    }
}
