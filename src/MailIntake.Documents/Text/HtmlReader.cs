using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MailIntake.Documents.Text;

/// <summary>Reads the flow of an HTML page; scripts, styles and what is hidden by the page's own head are left out.</summary>
internal sealed class HtmlReader
{
    private const int MaxDepth = 200;

    private readonly Flow _flow = new();

    /// <summary>Reads the page.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxCharacters">Reading stops after that many characters of markup.</param>
    public static Flow Read(Stream file, int maxCharacters)
    {
        var reader = new HtmlReader();
        var markup = PlainReader.ReadText(file, maxCharacters, reader._flow);
        if (HtmlWeight.IsTooMuch(markup))
        {
            reader._flow.Blocks.Add(new FlowParagraph(HtmlWeight.WithoutTags(markup)));
            reader._flow.IsCut = true;
            return reader._flow;
        }

        using var page = new HtmlParser().ParseDocument(markup);
        if (page.Body is { } body)
        {
            reader.ReadBlocks(body, reader._flow.Blocks, 0);
        }

        return reader._flow;
    }

    private void ReadBlocks(INode parent, List<FlowBlock> into, int depth)
    {
        var line = new StringBuilder();
        Walk(parent, into, line, depth, null);
        Flush(into, line, null);
    }

    private void Walk(INode parent, List<FlowBlock> into, StringBuilder line, int depth, int? heading)
    {
        if (depth > MaxDepth)
        {
            _flow.IsCut = true;
            return;
        }

        for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node is IText text)
            {
                Append(line, text.Data);
            }
            else if (node is IElement element)
            {
                ReadElement(element, into, line, depth, heading);
            }
        }
    }

    private void ReadElement(IElement element, List<FlowBlock> into, StringBuilder line, int depth, int? heading)
    {
        switch (element.LocalName)
        {
            case "script" or "style" or "head" or "template" or "noscript":
                break;
            case "br":
                Flush(into, line, heading);
                break;
            case "img" or "svg" or "object" or "canvas" or "picture":
                _flow.HasPicture = true;
                break;
            case "table":
                Flush(into, line, heading);
                into.Add(ReadTable(element, depth + 1));
                break;
            case "p" or "div" or "li" or "ul" or "ol" or "tr" or "section" or "article" or "blockquote" or "pre" or "center" or "header" or "footer" or "dl" or "dd" or "dt":
                Flush(into, line, heading);
                Walk(element, into, line, depth + 1, heading);
                Flush(into, line, heading);
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Flush(into, line, heading);
                Walk(element, into, line, depth + 1, element.LocalName[1] - '0');
                Flush(into, line, element.LocalName[1] - '0');
                break;
            default:
                Walk(element, into, line, depth + 1, heading);
                break;
        }
    }

    private FlowTable ReadTable(IElement table, int depth)
    {
        var result = new FlowTable();
        var owed = new Dictionary<int, int>();
        foreach (var group in table.Children)
        {
            var rows = group.LocalName is "tbody" or "thead" or "tfoot" ? group.Children : group.LocalName == "tr" ? Single(group) : [];
            foreach (var row in rows)
            {
                if (row.LocalName == "tr" && depth < MaxDepth)
                {
                    result.Rows.Add(ReadRow(row, owed, depth));
                }
            }
        }

        return result;
    }

    private static IEnumerable<IElement> Single(IElement element) => [element];

    private FlowRow ReadRow(IElement row, Dictionary<int, int> owed, int depth)
    {
        var result = new FlowRow();
        var column = 0;
        foreach (var cell in row.Children)
        {
            if (cell.LocalName is not ("td" or "th"))
            {
                continue;
            }

            column = AddOwed(result, owed, column);
            var blocks = new List<FlowBlock>();
            ReadBlocks(cell, blocks, depth + 1);
            var span = Attribute(cell, "colspan", 63);
            result.Cells.Add(new FlowCell { Blocks = blocks, Span = span });
            if (Attribute(cell, "rowspan", 1_000) is > 1 and var rows)
            {
                owed[column] = rows - 1;
            }

            column += span;
        }

        AddOwed(result, owed, column);
        return result;
    }

    /// <summary>Puts cells in that reach down from a row above; returns the next free column.</summary>
    private static int AddOwed(FlowRow row, Dictionary<int, int> owed, int column)
    {
        while (owed.TryGetValue(column, out var rows) && rows > 0)
        {
            row.Cells.Add(new FlowCell { ContinuesAbove = true });
            owed[column] = rows - 1;
            column++;
        }

        return column;
    }

    private static int Attribute(IElement cell, string name, int most) =>
        int.TryParse(cell.GetAttribute(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) ? Math.Clamp(value, 1, most) : 1;

    private static void Append(StringBuilder line, string text)
    {
        foreach (var mark in text)
        {
            if (mark is not (' ' or '\t' or '\r' or '\n' or '\f'))
            {
                line.Append(mark);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }
    }

    private static void Flush(List<FlowBlock> into, StringBuilder line, int? heading)
    {
        var text = line.ToString().Trim(' ');
        line.Clear();
        if (text.Length > 0)
        {
            into.Add(new FlowParagraph(text) { HeadingLevel = heading });
        }
    }
}
