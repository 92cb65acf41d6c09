using System.Text;
using MailIntake.Documents.Ocr;
using MailIntake.Documents.Scans;

namespace MailIntake.Documents.Signatures;

/// <summary>Where a form asks for a signature (签字、签名): the place right of the word, in pixels of the flat page.</summary>
/// <param name="Left">Right behind the word and its colon.</param>
/// <param name="Top">Well above the line: signatures are larger than print.</param>
/// <param name="Right">End of the cell, or as far as a name reaches.</param>
/// <param name="Bottom">Below the line.</param>
internal sealed record SigningPlace(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The middle of the printed line that the word stands in; null where no word was read.</summary>
    public int? Line { get; init; }

    private const int Reach = 700;
    private const int AboveLine = 115;
    private const int BelowLine = 95;
    private const double Wide = 1.1;
    private const string Head = "负责人";

    // （签字）：
    private const int AskedLength = 5;

    /// <summary>The places on the page, surest first. What the OCR makes of 签 is often another character of the same look.</summary>
    public static List<SigningPlace> Of(ReadPage page)
    {
        var places = new List<SigningPlace>();
        foreach (var cell in page.Cells.Concat(page.Around))
        {
            foreach (var line in cell.Words.GroupBy(word => word.Line))
            {
                var (text, edges) = Characters([.. line]);
                for (var i = 0; i + 1 < text.Length; i++)
                {
                    if (IsSign(text, i))
                    {
                        var end = i + 2;
                        while (end < text.Length && end < i + 6 && text[end] is '）' or ')' or '：' or ':' or '章' or '、' or '.' or '】' or '；')
                        {
                            end++;
                        }

                        var middle = (int)line.Average(word => word.MiddleY);
                        var edge = Math.Min(edges[end - 1], (int)((i > 0 ? edges[i - 1] : line.First().Left) + (Wide * Em([.. line]) * (end - i))));
                        places.Add(new SigningPlace(
                            edge + 4,
                            Math.Max(cell.Cell.Top, middle - AboveLine),
                            Math.Min(cell.Cell.Right, edge + Reach),
                            Math.Min(cell.Cell.Bottom, middle + BelowLine)) { Line = middle });
                        break;
                    }
                }
            }
        }

        return places;
    }

    /// <summary>Where no such word was read: the lower part of the cell with the unit's opinion (意见); null where there is none either.</summary>
    public static SigningPlace? OfOpinion(ReadPage page)
    {
        var texts = page.Cells.Select(cell => (cell.Cell, Text: string.Concat(cell.Words.Select(word => word.Text)))).ToList();
        var label = texts.FindLast(cell => cell.Text.Contains("意见", StringComparison.Ordinal) || cell.Text.Contains("公章", StringComparison.Ordinal) || cell.Text.Contains("盖章", StringComparison.Ordinal)).Cell;
        if (label is null)
        {
            return null;
        }

        // The word may stand in a cell of its own, left of the one that is signed.
        var signed = page.Cells.Select(cell => cell.Cell).Where(cell => cell.Top < label.Bottom - 20 && cell.Bottom > label.Top + 20 && cell.Left >= label.Left).MaxBy(cell => cell.Right - cell.Left)!;
        return new SigningPlace(signed.Left, signed.Top + 40, signed.Right, signed.Bottom);
    }

    /// <summary>Beneath a table without such a word: right of where 负责人（签字）： ends that was read as 负责人 and something else; null where there is none.</summary>
    public static SigningPlace? OfHead(ReadPage page)
    {
        if (page.Cells.Count == 0)
        {
            return null;
        }

        var beneath = page.Around[^1];
        foreach (var line in beneath.Words.GroupBy(word => word.Line))
        {
            var (text, edges) = Characters([.. line]);
            var at = text.IndexOf(Head, StringComparison.Ordinal);
            if (at is >= 0 and <= 2)
            {
                var (from, to) = (at > 0 ? edges[at - 1] : line.First().Left, edges[at + Head.Length - 1]);
                var (middle, edge) = ((int)line.Average(word => word.MiddleY), to + ((to - from) * AskedLength / Head.Length));
                return new SigningPlace(edge, middle - AboveLine, Math.Min(beneath.Cell.Right, edge + Reach), Math.Min(beneath.Cell.Bottom, middle + BelowLine));
            }
        }

        return null;
    }

    /// <summary>Width of a printed character: that of the middle one, as the word with the colon may reach over what was written behind it.</summary>
    private static double Em(List<OcrWord> line)
    {
        double[] widths = [.. line.Select(word => word.Width / (double)word.Text.Length).Order()];
        return widths[(widths.Length - 1) / 2];
    }

    /// <summary>签字 or 签名, or what stands in its place: a bracket or 人 before it, a bracket or colon behind.</summary>
    private static bool IsSign(string text, int at)
    {
        // Brackets come out of the OCR as other brackets.
        var (before, behind) = (at > 0 ? text[at - 1] : ' ', at + 2 < text.Length ? text[at + 2] : ' ');
        var bracketed = "（(〈《<＜〔[【{".Contains(before, StringComparison.Ordinal) && "）)〉》>＞〕]】}".Contains(behind, StringComparison.Ordinal);
        if (bracketed && at > 1 && text[at - 2] == '人' && text[at] is not ('公' or '盖' or '单'))
        {
            return true; // 负责人（签字）, however the two were read
        }

        // 负责人姓名 asks for no signature.
        var framed = (bracketed || (before == '人' && behind is '：' or ':')) && text[at] != '姓';
        return text[at + 1] is '字' or '名' or '宇' or '章' && (text[at] == '签' || (framed && text[at + 1] != '章'));
    }

    /// <summary>The characters of a line and the right edge of each; within a word they are taken to be of equal width.</summary>
    private static (string Text, List<int> Edges) Characters(List<OcrWord> line)
    {
        var text = new StringBuilder();
        var edges = new List<int>();
        foreach (var word in line)
        {
            for (var i = 0; i < word.Text.Length; i++)
            {
                text.Append(word.Text[i]);
                edges.Add(word.Left + (word.Width * (i + 1) / word.Text.Length));
            }
        }

        return (text.ToString(), edges);
    }
}
