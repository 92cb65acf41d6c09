using System.Text;
using System.Xml;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>Gathers paragraphs, tables and cells of a .docx while their elements pass by, up to so many characters.</summary>
/// <param name="flow">Receives them.</param>
/// <param name="maxCharacters">Reading stops after that many characters.</param>
internal sealed class WordBlocks(Flow flow, int maxCharacters)
{
    private const int MaxDepth = 100;

    /// <summary>What a paragraph, cell or table counts for beside its characters: an empty one costs memory too, and packs to nothing.</summary>
    private const int BlockWeight = 8;

    private int _characters;

    /// <summary>Paragraphs of the flow that name a style, and where they stand in it.</summary>
    public List<(int Block, FlowParagraph Paragraph, string Style)> Styled { get; } = [];

    /// <summary>The text refers to a footnote or endnote.</summary>
    public bool HasNotes { get; private set; }

    /// <summary>Reads paragraphs and tables inside the element on which the reader stands into the flow, to its end.</summary>
    public void Read(XmlReader xml) => ReadBlocks(xml, flow.Blocks, 0);

    private void ReadBlocks(XmlReader xml, List<FlowBlock> into, int depth)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var carried = new StringBuilder();
        var end = xml.Depth;
        while (!flow.IsCut && xml.Read() && xml.Depth > end)
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
                    PackageXml.SkipInside(xml);
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
        while (!flow.IsCut && xml.Read() && xml.Depth > end)
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
                    PackageXml.SkipInside(xml);
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
        while (!flow.IsCut && xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "gridSpan":
                    cell.Span = int.TryParse(PackageXml.Value(xml), out var span) ? Math.Clamp(span, 1, 63) : 1;
                    break;
                case "vMerge":
                    cell.ContinuesAbove = PackageXml.Value(xml) is null or "continue";
                    break;
                case "p":
                    ReadParagraph(xml, cell.Blocks, carried, depth);
                    break;
                case "tbl" when depth < MaxDepth:
                    cell.Blocks.Add(ReadTable(xml, depth + 1));
                    break;
                case "del" or "moveFrom" or "Fallback" or "sdtPr" or "tbl":
                    PackageXml.SkipInside(xml);
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
            while (!flow.IsCut && xml.Read() && xml.Depth > end)
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
                            PackageXml.SkipInside(xml);
                        }

                        break;
                    case "del" when paragraph.IsInProperties(xml.Depth):
                        paragraph.MarkDeleted = true;
                        break;
                    case "del" or "moveFrom" or "delText" or "instrText" or "ffData" or "Fallback" or "rt" or "sdtPr" or "pPrChange" or "rPrChange":
                        PackageXml.SkipInside(xml);
                        break;
                    case "drawing" or "pict" or "object":
                        flow.HasPicture = true;
                        break;
                    case "footnoteReference" or "endnoteReference":
                        HasNotes = true;
                        break;
                    case "altChunk":
                        flow.HasPicture = true;
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
        if (paragraph.Style is { } style && ReferenceEquals(into, flow.Blocks))
        {
            Styled.Add((into.Count, done, style));
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
        flow.IsCut |= _characters > maxCharacters;
    }
}
