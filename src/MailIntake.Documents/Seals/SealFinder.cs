namespace MailIntake.Documents.Seals;

/// <summary>
/// Finds a round red seal (公章) on a page, also a faint one, one over text, turned, or partly off the page: the rim of everything red votes
/// for the middle it curves around, and what stands around the best middles is judged ring by ring.
/// </summary>
internal static class SealFinder
{
    private const double SureOfNone = 0.9;
    private const double Doubtful = 0.55;
    private const int CropSide = 360;
    private const int Judged = 4;
    private const int FaintStep = 8;

    /// <summary>How red, and what is lost in trust: clear ink first, then a faint print, then one of which a camera saw hardly anything.</summary>
    private static readonly (double Ratio, int Step, double Loss)[] _inks = [(1.28, 22, 0), (1.10, 10, 0.04), (1.035, 6, 0.06)];

    /// <summary>A circle seen from a slant: so much taller or lower.</summary>
    private static readonly double[] _slants = [1, 0.88, 1.13];

    /// <summary>The seal as far as it can be seen, and where.</summary>
    /// <param name="sheet">A page of about four pixels to the millimetre.</param>
    /// <param name="smallest">Radius in pixels.</param>
    /// <param name="largest">Radius in pixels.</param>
    public static (Mark Mark, FoundSeal? Seal) Find(SealSheet sheet, int smallest = 44, int largest = 110)
    {
        // A gray copy on a coloured desk, or in the coloured window of a screenshot.
        if (RedMask.IsGray(sheet.Picture))
        {
            return (new Mark(null, 0), null);
        }

        FoundSeal? best = null, doubtful = null;
        foreach (var slant in _slants)
        {
            var seen = slant == 1 ? sheet : sheet.Stretched(slant);
            foreach (var (ratio, step, loss) in _inks)
            {
                var mask = RedMask.Of(seen.Picture, ratio, step);
                foreach (var circle in CircleVotes.Middles(mask, seen.Picture.Width, smallest, largest).Select(m => Best(mask, seen, m, smallest, largest)))
                {
                    var found = new FoundSeal(seen, circle, circle.Score - loss);
                    best = circle.IsSeal && (best is null || found.Score > best.Score) ? found : best;
                    doubtful = circle is { IsSeal: false, MayBeSeal: true } && step > FaintStep && (doubtful is null || found.Score > doubtful.Score) ? found : doubtful;
                }

                if (best is { Score: >= 0.85 })
                {
                    return (Seen(best), best);
                }
            }
        }

        if (best is not null)
        {
            return (Seen(best), best);
        }

        return (doubtful is null ? new Mark(false, SureOfNone) : new Mark(false, Doubtful) { Crop = Crop(doubtful) }, null);
    }

    private static Mark Seen(FoundSeal seal) => new(true, Math.Round(seal.Score, 2)) { Crop = Crop(seal) };

    private static byte[] Crop(FoundSeal seal)
    {
        var side = Math.Min(CropSide, (int)(seal.Circle.Radius * 4));
        return seal.Sheet.Piece(seal.Circle.X, seal.Circle.Y, seal.Circle.Radius * 1.3, side).Crop(0, 0, side, side);
    }

    /// <summary>The votes count in steps of two pixels: the true middle is close by, where the ring is the fullest.</summary>
    private static SealCircle Best(bool[] mask, SealSheet sheet, (double X, double Y) middle, int smallest, int largest)
    {
        var places = new List<(double X, double Y, int Radius, double Fullness)>();
        for (var dy = -4; dy <= 4; dy += 2)
        {
            for (var dx = -4; dx <= 4; dx += 2)
            {
                var (x, y) = (middle.X + dx, middle.Y + dy);
                var (radius, fullness) = SealCircle.Ring(mask, sheet.Picture.Width, x, y, smallest, largest);
                places.Add((x, y, radius, fullness));
            }
        }

        return places.OrderByDescending(place => place.Fullness).Take(Judged)
            .Select(place => SealCircle.At(mask, sheet.Visible, sheet.Picture.Width, place.X, place.Y, place.Radius))
            .MaxBy(circle => (circle.IsSeal, circle.Score))!;
    }
}

/// <summary>A seal and where it was seen.</summary>
/// <param name="Sheet">The page.</param>
/// <param name="Circle">Its ring.</param>
/// <param name="Score">How sure, 0 to 1.</param>
internal sealed record FoundSeal(SealSheet Sheet, SealCircle Circle, double Score);
