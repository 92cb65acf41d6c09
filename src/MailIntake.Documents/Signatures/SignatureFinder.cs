using System.Buffers;
using MailIntake.Documents.Ocr;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Seals;

namespace MailIntake.Documents.Signatures;

/// <summary>
/// Looks for handwriting where a form asks for a signature. Red is no ink there, printed characters and table lines are taken out; what is
/// left must be as large and as much as a name that somebody wrote.
/// </summary>
internal static class SignatureFinder
{
    private static readonly SearchValues<char> _formWords = SearchValues.Create("（）()公章盖单位年月日0123456789：:、，。");

    private const int Dark = 150;
    private const int Speck = 30;
    private const double SurePrint = 82;
    private const double LikelyPrint = 65;
    private const int TallPrint = 72;
    private const double LikePrint = 0.5;
    private const int Beside = 18;
    private const int Above = 9;

    /// <summary>What is to be seen; null for whether it is there where the page has no such place.</summary>
    /// <param name="page">The page.</param>
    /// <param name="grayRing">On a gray page the seal's circle, in pixels of the flat page; null for none.</param>
    public static Mark? Find(ReadPage page, SealCircle? grayRing)
    {
        Mark? best = null;
        foreach (var place in SigningPlace.Of(page))
        {
            var mark = Look(page, place, grayRing, SurePrint);
            best = best is null || Rank(mark) > Rank(best) ? mark : best;
        }

        if (best?.IsThere is null && (SigningPlace.OfOpinion(page) ?? SigningPlace.OfHead(page)) is { } opinion)
        {
            // Without the word nobody knows what was asked for: handwriting says yes, nothing says no.
            var mark = Look(page, opinion, grayRing, LikelyPrint);
            return mark.IsThere == true ? mark with { Confidence = Math.Min(mark.Confidence, 0.85) } : new Mark(null, 0) { Crop = mark.Crop };
        }

        return best;
    }

    private static double Rank(Mark mark) => mark.IsThere == true ? 1 + mark.Confidence : 1 - mark.Confidence;

    private static Mark Look(ReadPage page, SigningPlace place, SealCircle? grayRing, double surePrint)
    {
        var ink = page.Page.Ink;
        var (width, height) = (place.Right - place.Left, place.Bottom - place.Top);
        if (width < 60 || height < 40)
        {
            return new Mark(null, 0);
        }

        var mask = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((place.Top + y) * ink.Width) + place.Left + x;
                mask[(y * width) + x] = ink.Pixels[at] < Dark && page.Lines?[at] != true && !IsOnRing(grayRing, place.Left + x, place.Top + y);
            }
        }

        foreach (var word in page.Words.Where(word => IsPrint(word, surePrint)))
        {
            // The boxes of the OCR are narrower than the characters, whose height it knows.
            Clear(mask, width, height, word.Left - place.Left - Beside, word.Top - place.Top - Above, word.Right - place.Left + Beside, word.Bottom - place.Top + Above);
        }

        var dark = Blobs.Find(mask, width, wanted: true, diagonal: true);
        var strokes = dark.Found.FindAll(blob => IsStroke(blob, height));
        var shown = page.Page.Picture.Crop(place.Left, place.Top, width, height);
        if (strokes.Count == 0)
        {
            return new Mark(false, 0.95) { Crop = shown };
        }

        var area = strokes.Sum(blob => blob.Area);
        var tall = strokes.Max(blob => blob.Bottom) - strokes.Min(blob => blob.Top);
        var wide = strokes.Max(blob => blob.Right) - strokes.Min(blob => blob.Left);
        var largest = strokes.Max(blob => Math.Max(blob.Width, blob.Height));
        var there = area >= 650 && tall >= 46 && wide >= 55 && largest >= 38;
        var sure = there ? Math.Min(0.97, 0.62 + (area / 6_000.0) + (largest >= 75 ? 0.12 : 0) + (tall >= 75 ? 0.08 : 0)) : area < 250 ? 0.93 : area < 450 && largest < 50 ? 0.82 : 0.6;
        sure = grayRing is null ? sure : sure - 0.1;
        return new Mark(there, Math.Round(there && PrintedName.Is(page, place, dark) ? Math.Min(sure, LikePrint) : sure, 2)) { Crop = shown };
    }

    /// <summary>Printed: the form's own words around the place, or a word that was read beyond doubt and is no larger than print.</summary>
    private static bool IsPrint(OcrWord word, double sure) =>
        (word.Confidence >= sure && word.Height <= TallPrint)
        || (word.Confidence >= 45 && word.Height <= TallPrint && word.Text.AsSpan().IndexOfAnyExcept(_formWords) < 0);

    /// <summary>No speck, and not the rim of what stands above or below.</summary>
    /// <param name="blob">What hangs together.</param>
    /// <param name="height">Of the place.</param>
    internal static bool IsStroke(Blob blob, int height) => blob.Area >= Speck && !IsCut(blob, height);

    /// <summary>The upper or lower rim of a printed line beside the place.</summary>
    private static bool IsCut(Blob blob, int height) => (blob.Top <= 1 || blob.Bottom >= height - 3) && blob.Height < 45;

    /// <summary>The ring with its letters, and the star: what lies between them may be a stroke of the pen.</summary>
    private static bool IsOnRing(SealCircle? ring, int x, int y)
    {
        if (ring is null)
        {
            return false;
        }

        var far = Math.Sqrt(((x - ring.X) * (x - ring.X)) + ((y - ring.Y) * (y - ring.Y))) / ring.Radius;
        return far is >= 0.62 and <= 1.08 or < 0.3;
    }

    private static void Clear(bool[] mask, int width, int height, int left, int top, int right, int bottom)
    {
        for (var y = Math.Max(0, top); y < Math.Min(height, bottom); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(width, right); x++)
            {
                mask[(y * width) + x] = false;
            }
        }
    }
}
