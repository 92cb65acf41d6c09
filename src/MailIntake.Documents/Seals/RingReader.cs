using MailIntake.Documents.Ocr;

namespace MailIntake.Documents.Seals;

/// <summary>Reads the name along the ring of a seal, by the OCR, from its print unwound to a straight line.</summary>
internal sealed class RingReader(Tesseract ocr)
{
    private const int FewestLetters = 4;
    private const int MostLetters = 30;
    private const double Readable = 0.5;
    private const double Doubtful = 0.35;
    private const double Stray = 40;
    private const double Smaller = 0.7;

    private static readonly string[] _ends = ["工会委员会", "委员会", "总工会", "工会"];

    /// <summary>The mark with the ring's words, where they can be read; as it was where they cannot, or the OCR is not there.</summary>
    /// <param name="mark">What was seen.</param>
    /// <param name="seal">Where.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<Mark> ReadAsync(Mark mark, FoundSeal seal, CancellationToken cancellation)
    {
        if (RingStrip.Of(seal) is not { } strip)
        {
            return mark;
        }

        // Which size of the letters the OCR likes depends on their strokes.
        var (read, _) = await ocr.ReadAsync([strip, strip.Scaled(Smaller)], OcrShape.Line, cancellation).ConfigureAwait(false);
        var readings = (read ?? []).Select(Words)
            .Where(words => words is { Confidence: >= Doubtful, Text.Length: >= FewestLetters and <= MostLetters })
            .OrderByDescending(words => words.Confidence).ToList();
        mark = mark with { Readings = [.. readings.Select(words => words.Text).Distinct()] };
        return readings is [{ Confidence: >= Readable } best, ..] ? mark with { Text = best.Text, TextConfidence = Math.Round(best.Confidence, 2) } : mark;
    }

    /// <summary>The name of a union ends with 工会 or 工会委员会: where the line begins with that, the ring was cut before it, and not before the name.</summary>
    private static string FromItsStart(string text) =>
        text.EndsWith('会') ? text : Array.Find(_ends, end => text.StartsWith(end, StringComparison.Ordinal)) is { } cut ? text[cut.Length..] + cut : text;

    /// <summary>The Chinese characters of a line, and the mean trust in them, 0 to 1; what is doubtful at its ends is the line below the star.</summary>
    private static (string Text, double Confidence) Words(IReadOnlyList<OcrWord> line)
    {
        var words = line
            .Select(word => (Text: string.Concat(word.Text.Where(c => c is >= '\u4E00' and <= '\u9FFF')), word.Confidence))
            .Where(word => word.Text.Length > 0)
            .SkipWhile(word => word.Confidence < Stray).Reverse().SkipWhile(word => word.Confidence < Stray).Reverse()
            .ToList();
        var letters = words.Sum(word => word.Text.Length);
        return letters == 0 ? ("", 0) : (FromItsStart(string.Concat(words.Select(word => word.Text))), words.Sum(word => word.Text.Length * word.Confidence) / letters / 100);
    }
}
