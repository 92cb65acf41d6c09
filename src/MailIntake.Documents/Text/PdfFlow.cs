using System.Text;

namespace MailIntake.Documents.Text;

/// <summary>Puts the lines of a PDF together into paragraphs again.</summary>
internal static class PdfFlow
{
    /// <summary>The paragraphs of all pages; page numbers at head and foot are left out.</summary>
    public static Flow Of(IReadOnlyList<PdfPage> pages)
    {
        var lines = new List<PlacedText>();
        foreach (var page in pages)
        {
            for (var i = 0; i < page.Lines.Count; i++)
            {
                var line = Join(page.Lines[i]);
                if (!(IsPageNumber(line.Text) && (i == 0 || i == page.Lines.Count - 1 || line.Y0 > page.Height * 0.9)))
                {
                    lines.Add(line);
                }
            }
        }

        var flow = new Flow();
        var (left, right) = Edges(lines);
        var middle = pages.Count > 0 ? pages[0].Width / 2 : 0;
        var paragraph = new List<PlacedText>();
        foreach (var line in lines)
        {
            if (paragraph.Count > 0 && Ends(paragraph, line, left, right))
            {
                flow.Blocks.Add(Paragraph(paragraph, middle, left));
                paragraph.Clear();
            }

            paragraph.Add(line);
        }

        if (paragraph.Count > 0)
        {
            flow.Blocks.Add(Paragraph(paragraph, middle, left));
        }

        return flow;
    }

    /// <summary>The words of a line as one text: a space only where the gap is one, none where a program spaced Chinese from digits.</summary>
    public static PlacedText Join(IReadOnlyList<PlacedText> words)
    {
        var text = new StringBuilder(words[0].Text);
        for (var i = 1; i < words.Count; i++)
        {
            var em = Math.Max(1, words[i].Height * 0.78);
            var gap = (words[i].X0 - words[i - 1].X1) / em;
            text.Append(gap > 1.5 ? "\t" : Space(text, words[i].Text, gap));
            text.Append(words[i].Text);
        }

        return new PlacedText(words.Min(word => word.X0), words.Min(word => word.Y0), words.Max(word => word.X1), words.Max(word => word.Y1), text.ToString());
    }

    /// <summary>Adds the text of the next line to a paragraph: Latin words are kept apart, Chinese and numbers broken over lines are not.</summary>
    public static void AddLine(StringBuilder text, string line)
    {
        if (text.Length > 0 && line.Length > 0)
        {
            var (before, after) = (text[^1], line[0]);
            var latin = !IsWide(before) && !IsWide(after) && before is not ('-' or '/');
            if (latin && (char.IsAsciiLetter(after) || char.IsAsciiLetter(before)))
            {
                text.Append(' ');
            }
        }

        text.Append(line);
    }

    private static bool IsWide(char mark) => ChineseCount.CountsAlone(mark) || ChineseCount.IsDisputed(mark) || char.IsSurrogate(mark);

    private static string Space(StringBuilder before, string after, double gap)
    {
        if (after.Length == 0 || before.Length == 0)
        {
            return string.Empty;
        }

        return IsWide(before[^1]) || IsWide(after[0]) ? gap > 0.6 ? " " : string.Empty : " ";
    }

    private static (double Left, double Right) Edges(List<PlacedText> lines)
    {
        if (lines.Count == 0)
        {
            return (0, 0);
        }

        // Edges that several lines share, not those of one stray mark.
        var starts = lines.Select(line => line.X0).Order().ToList();
        var ends = lines.Select(line => line.X1).OrderDescending().ToList();
        return (starts[Math.Min(starts.Count - 1, starts.Count / 20)], ends[Math.Min(ends.Count - 1, ends.Count / 20)]);
    }

    private static bool Ends(List<PlacedText> paragraph, PlacedText next, double left, double right)
    {
        var last = paragraph[^1];
        var em = Math.Max(1, last.Height * 0.78);
        var nextPage = next.Y0 < last.Y0 - em;
        return next.X0 > left + (1.3 * em)
            || last.X1 < right - (2.2 * em)
            || Math.Abs(next.Height - last.Height) > 0.2 * last.Height
            || (!nextPage && next.Y0 - last.Y1 > 1.2 * last.Height);
    }

    private static FlowParagraph Paragraph(List<PlacedText> lines, double middle, double left)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            AddLine(text, line.Text);
        }

        var first = lines[0];
        var centered = lines.Count == 1 && Math.Abs(((first.X0 + first.X1) / 2) - middle) < first.Height && first.X0 > left + (2.5 * first.Height);
        return new FlowParagraph(text.ToString()) { IsCentered = centered };
    }

    private static bool IsPageNumber(string text)
    {
        var digits = 0;
        foreach (var mark in text)
        {
            if (char.IsAsciiDigit(mark))
            {
                digits++;
            }
            else if (!char.IsWhiteSpace(mark) && mark is not ('-' or '—' or '－' or '–' or '第' or '页' or '共' or '/'))
            {
                return false;
            }
        }

        return digits is > 0 and < 5;
    }
}
