using MailIntake.Documents.Ocr;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Seals;

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

    private const double Level = 0.93;

    // The letters of a seal that run into the name stand out of its line. A neat hand is as level, but stands clear of the seal, or its pen is thicker.
    private const double AllButLevel = 0.8;
    private const double ThinInk = 1.5;
    private const double UnderSeal = 0.1;
    private const int Touch = 6;
    private const double Redder = 1.3;
    private const int RedStep = 40;

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
        var inLine = strokes.RunsOf(blob => SignatureFinder.IsStroke(blob, rows.Length) && blob.Bottom > middle - (Band * em) && blob.Top < middle + (Band * em)).ToList();
        foreach (var run in inLine)
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
        return Math.Abs(top + (tall / 2.0) - middle) <= OffLine * em
            && (share >= Level || (share >= AllButLevel && ink < ThinInk * em * em && NearRed(page, place, inLine) >= UnderSeal * ink));
    }

    /// <summary>How much of the strokes has a seal's red beside it.</summary>
    private static int NearRed(ReadPage page, SigningPlace place, List<PixelRun> strokes)
    {
        var (width, height) = (place.Right - place.Left, place.Bottom - place.Top);
        var red = RedMask.Of(page.Page.Picture.Piece(place.Left, place.Top, width, height), Redder, RedStep);
        return strokes.Sum(run => Enumerable.Range(run.Start, run.End - run.Start).Count(at => IsNear(at % width, at / width)));

        bool IsNear(int x, int y)
        {
            for (var row = Math.Max(0, y - Touch); row <= Math.Min(height - 1, y + Touch); row++)
            {
                var from = Math.Max(0, x - Touch);
                if (red.AsSpan((row * width) + from, Math.Min(width - 1, x + Touch) - from + 1).Contains(true))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>From one character to the next, of the middle one of the words that were surely read; null where there is none.</summary>
    private static double? SizeOfPrint(IEnumerable<OcrWord> words)
    {
        double[] sizes = [.. words.Where(word => word.Confidence >= SureWord && word.Text.Length > 1 && word.Text.All(c => c is >= '\u4E00' and <= '\u9FFF')).Select(word => word.Width / (double)word.Text.Length).Order()];
        return sizes.Length == 0 ? null : sizes[sizes.Length / 2];
    }
}
