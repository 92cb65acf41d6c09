using System.Text;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Forms;

/// <summary>
/// Reads the form from text in its places, where the lines of the table are not known: labels stand in a column at the left, values
/// to their right; which line belongs to which label follows from labels being set in the middle, or at the top, of their cells.
/// </summary>
internal static class PlacedForm
{
    private const double PieceGap = 0.5;

    /// <summary>The values by field, null where there is no form.</summary>
    public static IReadOnlyDictionary<string, string?>? Read(IReadOnlyList<PdfPage> pages, FormLabels form)
    {
        var pieces = Pieces(pages);
        var labels = PlacedLabel.FindAll(pieces, new FormLabel(form));
        var fields = labels.Where(label => label.Field is not null).ToList();
        if (fields.Count < 2)
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        var rows = LeftColumn(fields);
        var edge = rows.Max(label => label.X1);
        var end = labels.Where(label => label.Field is null && label.Y0 > rows[^1].Y0).Select(label => label.Y0).DefaultIfEmpty(double.MaxValue).Min();
        var area = pieces.Where(piece => piece.X0 >= edge - 1 && piece.MiddleY < end).OrderBy(piece => piece.MiddleY).ToList();
        var lines = Lines(area);
        var shares = RowShares.Split(lines, rows);
        for (var i = 0; i < rows.Count; i++)
        {
            var own = lines.GetRange(shares[i].From, shares[i].To - shares[i].From).SelectMany(line => line).ToList();
            var inRow = fields.Where(label => !rows.Contains(label) && label.X0 > edge && Overlaps(label, rows[i], own)).OrderBy(label => label.X0).ToList();
            var from = double.MinValue;
            var label = rows[i];
            foreach (var next in inRow.Append(null))
            {
                var to = next?.X0 ?? double.MaxValue;
                values[label.Field!] = FormValue.Clean(Value(own.Where(piece => piece.X0 >= from - 1 && piece.X0 < to - 1)));
                if (next is not null)
                {
                    (label, from) = (next, next.X1);
                }
            }
        }

        return FormReader.Judge(form, values);
    }

    private static bool Overlaps(PlacedLabel label, PlacedLabel row, List<PlacedText> own)
    {
        var top = Math.Min(row.Y0, own.Select(piece => piece.Y0).DefaultIfEmpty(row.Y0).Min());
        var bottom = Math.Max(row.Y1, own.Select(piece => piece.Y1).DefaultIfEmpty(row.Y1).Max());
        return label.MiddleY >= top && label.MiddleY <= bottom;
    }

    private static List<PlacedText> Pieces(IReadOnlyList<PdfPage> pages)
    {
        var pieces = new List<PlacedText>();
        var top = 0.0;
        foreach (var page in pages)
        {
            foreach (var line in page.Lines)
            {
                var from = 0;
                for (var i = 1; i <= line.Count; i++)
                {
                    if (i == line.Count || line[i].X0 - line[i - 1].X1 > PieceGap * line[i].Height * 0.78 || line[i].X0 < line[i - 1].X0 - 1)
                    {
                        var piece = PdfFlow.Join(line.GetRange(from, i - from));
                        pieces.Add(piece with { Y0 = piece.Y0 + top, Y1 = piece.Y1 + top });
                        from = i;
                    }
                }
            }

            top += page.Height;
        }

        return pieces;
    }

    /// <summary>The labels of the leftmost column from the top: all whose middle lies left of where another label of the same height begins.</summary>
    private static List<PlacedLabel> LeftColumn(List<PlacedLabel> fields)
    {
        var leftmost = fields.MinBy(label => label.X0)!;
        return fields
            .Where(label => label.X0 < leftmost.X1)
            .OrderBy(label => label.MiddleY)
            .ToList();
    }

    private static List<List<PlacedText>> Lines(List<PlacedText> area)
    {
        var lines = new List<List<PlacedText>>();
        foreach (var piece in area)
        {
            if (lines is [.., var last] && piece.MiddleY - last[0].MiddleY < piece.Height * 0.3)
            {
                last.Add(piece);
            }
            else
            {
                lines.Add([piece]);
            }
        }

        foreach (var line in lines)
        {
            line.Sort((a, b) => a.X0.CompareTo(b.X0));
        }

        return lines;
    }

    private static string Value(IEnumerable<PlacedText> pieces)
    {
        var lines = Lines(pieces.OrderBy(piece => piece.MiddleY).ToList()).ConvertAll(PdfFlow.Join);
        if (lines.Count == 0)
        {
            return string.Empty;
        }

        var left = lines.Min(line => line.X0);
        var right = lines.Max(line => line.X1);
        var text = new StringBuilder();
        var paragraph = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var em = lines[i].Height * 0.78;
            if (i > 0 && (lines[i].X0 > left + (1.3 * em) || (lines[i - 1].X1 < right - (2.2 * em) && "。！？；：".Contains(lines[i - 1].Text[^1], StringComparison.Ordinal))))
            {
                text.Append(paragraph).Append('\n');
                paragraph.Clear();
            }

            PdfFlow.AddLine(paragraph, lines[i].Text);
        }

        return text.Append(paragraph).ToString();
    }
}
