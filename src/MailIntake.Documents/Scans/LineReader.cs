using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Scans;

/// <summary>
/// Reads the lines of a flat page one by one, and what was read with doubt again at other sizes: a short line that is read as rubbish is often
/// read well when it is a quarter larger or smaller.
/// </summary>
internal sealed class LineReader(Tesseract ocr)
{
    private const double ReadAt = 0.65;
    private const double Doubtful = 78;
    private const double Worthless = 45;
    private const int MostAgain = 32;

    private static readonly Attempt[] _again = [new(0.5, 16, IsLevelled: true), new(0.85, 32, IsLevelled: true), new(0.7, 28, IsLevelled: false)];

    /// <summary>For each line its words in their places on the page; null where the OCR is missing or was stopped.</summary>
    /// <param name="page">The page, without what is no print.</param>
    /// <param name="lines">Where the lines are; a tall one is a block.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<(IReadOnlyList<IReadOnlyList<OcrWord>>? Words, ToolOutcome Outcome)> ReadAsync(
        GrayPicture page, IReadOnlyList<TableCell> lines, CancellationToken cancellation)
    {
        var best = new IReadOnlyList<OcrWord>[lines.Count];
        foreach (var shape in (OcrShape[])[OcrShape.Line, OcrShape.Block])
        {
            int[] numbers = [.. Enumerable.Range(0, lines.Count).Where(i => TextLines.IsSingle(lines[i]) == (shape == OcrShape.Line))];
            var first = await AttemptAsync(page, lines, numbers, new Attempt(ReadAt, 16, IsLevelled: false), shape, best, cancellation).ConfigureAwait(false);
            if (first != ToolOutcome.Done)
            {
                return (null, first);
            }
        }

        foreach (var attempt in _again)
        {
            int[] doubtful = [.. Enumerable.Range(0, lines.Count).Where(i => TextLines.IsSingle(lines[i]) && Certainty(best[i]) < Doubtful).Take(MostAgain)];
            if (doubtful.Length > 0 && await AttemptAsync(page, lines, doubtful, attempt, OcrShape.Line, best, cancellation).ConfigureAwait(false) != ToolOutcome.Done)
            {
                break;
            }
        }

        return (best, ToolOutcome.Done);
    }

    private async Task<ToolOutcome> AttemptAsync(
        GrayPicture page, IReadOnlyList<TableCell> lines, int[] numbers, Attempt attempt, OcrShape shape, IReadOnlyList<OcrWord>[] best, CancellationToken cancellation)
    {
        var pieces = numbers.Select(number => attempt.Of(page, lines[number])).ToList();
        var (words, outcome) = await ocr.ReadAsync(pieces, shape, cancellation).ConfigureAwait(false);
        for (var i = 0; words is not null && i < numbers.Length; i++)
        {
            var number = numbers[i];
            if (best[number] is null || Worth(words[i]) > Worth(best[number]))
            {
                best[number] = [.. words[i].Select(word => attempt.OnPage(word, lines[number], number))];
            }
        }

        return outcome;
    }

    private static double Certainty(IReadOnlyList<OcrWord> words) =>
        words.Count == 0 ? 0 : words.Sum(word => word.Confidence * word.Text.Length) / words.Sum(word => word.Text.Length);

    /// <summary>Many characters that are surely read; those below a certain doubt count against it.</summary>
    private static double Worth(IReadOnlyList<OcrWord> words) => words.Sum(word => (word.Confidence - Worthless) * word.Text.Length);

    /// <summary>How a line is shown to the tool.</summary>
    /// <param name="Scale">Below 1.</param>
    /// <param name="Margin">White around it, in pixels of the page.</param>
    /// <param name="IsLevelled">Paper made white and ink black.</param>
    private sealed record Attempt(double Scale, int Margin, bool IsLevelled)
    {
        public GrayPicture Of(GrayPicture page, TableCell line)
        {
            var piece = page.Piece(line.Left, line.Top, line.Right, line.Bottom, Margin);
            return (IsLevelled ? piece.Levelled() : piece).Scaled(Scale);
        }

        public OcrWord OnPage(OcrWord word, TableCell line, int number) => word with
        {
            Line = (number * 100) + word.Line,
            Left = (int)(word.Left / Scale) - Margin + line.Left,
            Top = (int)(word.Top / Scale) - Margin + line.Top,
            Width = (int)(word.Width / Scale),
            Height = (int)(word.Height / Scale),
        };
    }
}
