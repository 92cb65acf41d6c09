using System.Buffers;
using MailIntake.Documents.Forms;
using MailIntake.Documents.Ocr;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Scans;

/// <summary>Makes of recognised words the flow that every text format is read into: paragraphs, and the table with its cells in their places.</summary>
internal static class ScannedFlow
{
    private const int SameEdge = 14;
    private const double Doubtful = 40;
    private const double DoubtfulAround = 62;
    private const int LongestLabel = 24;

    // What the OCR makes of a colon.
    private static readonly SearchValues<char> _colons = SearchValues.Create("：:；;，,");

    /// <summary>The blocks of one page.</summary>
    public static List<FlowBlock> Of(ReadPage page, FormLabels? form)
    {
        var labels = form is null ? null : new FormLabel(form);
        var blocks = new List<FlowBlock>();
        if (page.Cells.Count == 0)
        {
            Paragraphs(blocks, page.Around[0].Words, Doubtful, labels);
            return blocks;
        }

        Paragraphs(blocks, page.Around[0].Words, DoubtfulAround, labels);
        blocks.Add(Table(page.Cells, labels));
        Paragraphs(blocks, page.Around[1].Words, DoubtfulAround, labels);
        return blocks;
    }

    /// <summary>How many labels begin lines of a page without a table.</summary>
    public static int LabelsOn(ReadPage page, FormLabels form)
    {
        var labels = new FormLabel(form);
        return page.Words.GroupBy(word => (word.Paragraph, word.Line)).Count(line => BeginsWithLabel(labels, [.. line]) is { } text && !FormLabel.IsStop(text));
    }

    private static void Paragraphs(List<FlowBlock> blocks, IReadOnlyList<OcrWord> words, double doubtful, FormLabel? labels)
    {
        foreach (var paragraph in words.GroupBy(word => word.Paragraph))
        {
            if (paragraph.Average(word => word.Confidence) < doubtful)
            {
                continue;
            }

            // A line that begins with a label begins a paragraph, whatever the OCR took to hang together.
            var block = new List<OcrWord>();
            foreach (var line in paragraph.GroupBy(word => word.Line))
            {
                if (labels is not null && BeginsWithLabel(labels, [.. line]) is { } labelled)
                {
                    Add(blocks, OcrText.Of(block, keepLines: false));
                    Add(blocks, labelled);
                    block.Clear();
                }
                else
                {
                    block.AddRange(line);
                }
            }

            Add(blocks, OcrText.Of(block, keepLines: false));
        }
    }

    private static void Add(List<FlowBlock> blocks, string text)
    {
        if (text.Trim() is { Length: > 1 } read)
        {
            blocks.Add(new FlowParagraph(read));
        }
    }

    /// <summary>The line with its label as it was meant, or the box for a signature; null where it begins with neither.</summary>
    private static string? BeginsWithLabel(FormLabel labels, List<OcrWord> line)
    {
        var text = OcrText.Of(line, keepLines: false).Trim();
        var colon = text.AsSpan().IndexOfAny(_colons);
        return colon is > 0 and <= LongestLabel && NearestLabel(labels, text[..colon]) is { } label ? string.Concat(label, "：", WholeDate(text[(colon + 1)..].Trim()))
            : NearestLabel(labels, text) ?? (FormLabel.IsStop(text) ? text : null);
    }

    private static FlowTable Table(IReadOnlyList<PlacedWords> cells, FormLabel? labels)
    {
        var columns = Edges(cells.Select(c => c.Cell.Left));
        var rows = Edges(cells.Select(c => c.Cell.Top));
        var table = new FlowTable();
        for (var row = 0; row < rows.Count; row++)
        {
            var flowRow = new FlowRow();
            for (var column = 0; column < columns.Count;)
            {
                var cell = cells.FirstOrDefault(c => At(columns, c.Cell.Left) == column && At(rows, c.Cell.Top) <= row && c.Cell.Bottom > rows[row] + SameEdge);
                if (cell is null)
                {
                    flowRow.Cells.Add(new FlowCell());
                    column++;
                    continue;
                }

                var span = Math.Max(1, columns.Count(edge => edge >= cell.Cell.Left - SameEdge && edge < cell.Cell.Right - SameEdge));
                var isFirst = At(rows, cell.Cell.Top) == row;
                flowRow.Cells.Add(new FlowCell
                {
                    Blocks = isFirst ? [new FlowParagraph(TextOf(cell, labels))] : [],
                    Span = span,
                    ContinuesAbove = !isFirst,
                });
                column += span;
            }

            table.Rows.Add(flowRow);
        }

        return table;
    }

    private static string TextOf(PlacedWords cell, FormLabel? labels)
    {
        var text = WholeDate(OcrText.Of(cell.Words, keepLines: false));
        return labels is null ? text : NearestLabel(labels, text) ?? text;
    }

    /// <summary>A lone 日 at the end of a date is taken for many things (目, E, 四): there it can be nothing else.</summary>
    private static string WholeDate(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).TrimEnd('\n');
        var month = plain.IndexOf('月', StringComparison.Ordinal);
        var isDate = plain.Length is >= 8 and <= 12 && plain[4] == '年' && month is 6 or 7 && plain.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0;
        var digits = isDate ? plain.AsSpan(month + 1).IndexOfAnyExceptInRange('0', '9') : -1;
        return isDate && digits is 1 or 2 && month + 1 + digits == plain.Length - 1 ? plain[..^1] + "日" : text;
    }

    /// <summary>The label that was meant: a character in four may be wrong.</summary>
    private static string? NearestLabel(FormLabel labels, string text)
    {
        var plain = FormLabel.Plain(text);
        if (plain.Length is < 3 or > LongestLabel)
        {
            return null;
        }

        var best = labels.All.Select(l => (l.Label, Far: Distance(plain, l.Label))).MinBy(l => l.Far);
        return best.Label is not null && best.Far <= Math.Max(1, best.Label.Length / 4) && best.Label.Length >= 4 ? best.Label : null;
    }

    private static List<int> Edges(IEnumerable<int> places)
    {
        var edges = new List<int>();
        foreach (var place in places.Order())
        {
            if (edges.Count == 0 || place - edges[^1] > SameEdge)
            {
                edges.Add(place);
            }
        }

        return edges;
    }

    private static int At(List<int> edges, int place) => edges.FindLastIndex(edge => edge <= place + 1);

    /// <summary>How many characters must be changed, put in or taken out.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[b.Length];
    }
}
