using MailIntake.Documents.Ocr;
using MailIntake.Documents.Scans;

namespace MailIntake.Documents.Signatures;

/// <summary>
/// Tells a name that was typed where a form is signed from one that was written, also where the OCR cannot read it for a seal that lies over it:
/// print keeps to its line and to the size of the page's other characters, a pen does not.
/// </summary>
internal static class PrintedName
{
    private const double SureWord = 80;
    private const double Tall = 0.95;
    private const double Band = 0.55;
    private const double OffLine = 0.3;

    // The letters of a seal that run into the name stand out of its line; a pen's strokes are thicker as well.
    private const double Level = 0.93;
    private const double AllButLevel = 0.8;
    private const double ThinInk = 1.5;

    /// <summary>Whether the strokes stand in the line like print.</summary>
    /// <param name="page">The page, whose words say how large its print is.</param>
    /// <param name="place">Where it is signed.</param>
    /// <param name="strokes">What is dark there and was not read, in a mask as large as the place.</param>
    public static bool Is(ReadPage page, SigningPlace place, BlobMap strokes)
    {
        if (place.Line is not { } line || SizeOfPrint(page.Words) is not { } em)
        {
            return false;
        }

        var (width, middle) = (place.Right - place.Left, line - place.Top);
        var rows = new int[place.Bottom - place.Top];
        foreach (var run in strokes.RunsOf(blob => SignatureFinder.IsStroke(blob, rows.Length) && blob.Bottom > middle - (Band * em) && blob.Top < middle + (Band * em)))
        {
            rows[run.Start / width] += run.End - run.Start;
        }

        var (ink, tall) = (rows.Sum(), Math.Min(rows.Length, (int)(Tall * em)));
        var (within, most, top) = (0, 0, 0);
        for (var y = 0; y < rows.Length; y++)
        {
            within += rows[y] - (y >= tall ? rows[y - tall] : 0);
            (most, top) = within > most ? (within, y + 1 - tall) : (most, top);
        }

        var share = ink == 0 ? 0 : most / (double)ink;
        return Math.Abs(top + (tall / 2.0) - middle) <= OffLine * em && (share >= Level || (share >= AllButLevel && ink < ThinInk * em * em));
    }

    /// <summary>From one character to the next, of the middle one of the words that were surely read; null where there is none.</summary>
    private static double? SizeOfPrint(IEnumerable<OcrWord> words)
    {
        double[] sizes = [.. words.Where(word => word.Confidence >= SureWord && word.Text.Length > 1 && word.Text.All(c => c is >= '\u4E00' and <= '\u9FFF')).Select(word => word.Width / (double)word.Text.Length).Order()];
        return sizes.Length == 0 ? null : sizes[sizes.Length / 2];
    }
}
