using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Seals;

/// <summary>
/// Finds a round red seal (公章) on a page, also a faint one, one over text, turned, or partly off the page: the rim of everything red votes
/// for the middle it curves around, and what stands around the best middles is judged ring by ring.
/// </summary>
internal static class SealFinder
{
    /// <summary>Pixels of the longer side of a whole A4 page when it is looked at: about four to the millimetre.</summary>
    public const int PageSide = 1_200;

    private const int Tried = 8;
    private const int Apart = 10;
    private const double SureOfNone = 0.9;

    /// <summary>The seal as far as it can be seen, and where.</summary>
    /// <param name="page">A page of about four pixels to the millimetre.</param>
    /// <param name="smallest">Radius in pixels.</param>
    /// <param name="largest">Radius in pixels.</param>
    public static (Mark Mark, SealCircle? Circle) Find(Raster page, int smallest = 36, int largest = 112)
    {
        if (RedMask.IsGray(page))
        {
            return (new Mark(null, 0), null);
        }

        SealCircle? doubtful = null;
        foreach (var (ratio, step, loss) in ((double, int, double)[])[(1.28, 22, 0), (1.10, 10, 0.06)])
        {
            var mask = RedMask.Of(page, ratio, step);
            var best = Middles(page, mask, smallest, largest)
                .SelectMany(m => Around(mask, page.Width, m.X, m.Y, smallest, largest))
                .OrderByDescending(c => c.IsSeal).ThenByDescending(c => c.Score).FirstOrDefault();
            if (best is { IsSeal: true })
            {
                return (new Mark(true, Math.Round(best.Score - loss, 2)) { Crop = Crop(page, best) }, best);
            }

            doubtful = best is { Sectors: >= 6, Outside: < 0.25 } && (doubtful is null || best.Score > doubtful.Score) ? best : doubtful;
        }

        return doubtful is null
            ? (new Mark(false, SureOfNone), null)
            : (new Mark(false, 0.55) { Crop = Crop(page, doubtful) }, null);
    }

    private static byte[] Crop(Raster page, SealCircle circle)
    {
        var side = (int)(circle.Radius * 1.3);
        return page.Crop((int)circle.X - side, (int)circle.Y - side, 2 * side, 2 * side);
    }

    /// <summary>The votes count in steps of two pixels: the true middle is close by.</summary>
    private static IEnumerable<SealCircle> Around(bool[] mask, int width, double x, double y, int smallest, int largest)
    {
        for (var dy = -4; dy <= 4; dy += 2)
        {
            for (var dx = -4; dx <= 4; dx += 2)
            {
                yield return SealCircle.At(mask, width, x + dx, y + dy, smallest, largest);
            }
        }
    }

    private static List<(double X, double Y)> Middles(Raster page, bool[] mask, int smallest, int largest)
    {
        var (width, height) = (page.Width, page.Height);
        var (columns, rows) = ((width / 2) + 1, (height / 2) + 1);
        var votes = new int[columns * rows];
        var soft = Soft(mask, width, height);
        for (var y = 2; y < height - 2; y++)
        {
            for (var x = 2; x < width - 2; x++)
            {
                var at = (y * width) + x;
                if (!mask[at] || (mask[at - 1] && mask[at + 1] && mask[at - width] && mask[at + width]))
                {
                    continue;
                }

                double gx = soft[at + 1] - soft[at - 1] + soft[at + 2] - soft[at - 2];
                double gy = soft[at + width] - soft[at - width] + soft[at + (2 * width)] - soft[at - (2 * width)];
                var length = Math.Sqrt((gx * gx) + (gy * gy));
                if (length < 1)
                {
                    continue;
                }

                for (var r = smallest; r <= largest; r++)
                {
                    Vote(x + (r * gx / length), y + (r * gy / length));
                    Vote(x - (r * gx / length), y - (r * gy / length));
                }
            }
        }

        return Peaks(votes, columns, rows);

        void Vote(double x, double y)
        {
            if (x >= 0 && y >= 0 && x < width && y < height)
            {
                votes[((int)y / 2 * columns) + ((int)x / 2)]++;
            }
        }
    }

    private static List<(double X, double Y)> Peaks(int[] votes, int columns, int rows)
    {
        var smooth = new int[votes.Length];
        for (var y = 1; y < rows - 1; y++)
        {
            for (var x = 1; x < columns - 1; x++)
            {
                for (var dy = -1; dy <= 1; dy++)
                {
                    for (var dx = -1; dx <= 1; dx++)
                    {
                        smooth[(y * columns) + x] += votes[((y + dy) * columns) + x + dx];
                    }
                }
            }
        }

        var peaks = new List<(double X, double Y)>();
        while (peaks.Count < Tried)
        {
            var best = Array.IndexOf(smooth, smooth.Max());
            if (smooth[best] < 40)
            {
                break;
            }

            var (bx, by) = (best % columns, best / columns);
            peaks.Add(((bx * 2) + 1, (by * 2) + 1));
            for (var y = Math.Max(0, by - Apart); y < Math.Min(rows, by + Apart + 1); y++)
            {
                smooth.AsSpan((y * columns) + Math.Max(0, bx - Apart), Math.Min(columns, bx + Apart + 1) - Math.Max(0, bx - Apart)).Clear();
            }
        }

        return peaks;
    }

    /// <summary>The mask blurred over five by five pixels, so that its rim has a direction.</summary>
    private static int[] Soft(bool[] mask, int width, int height)
    {
        var rows = new int[mask.Length];
        var soft = new int[mask.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 2; x < width - 2; x++)
            {
                var at = (y * width) + x;
                rows[at] = (mask[at - 2] ? 1 : 0) + (mask[at - 1] ? 1 : 0) + (mask[at] ? 1 : 0) + (mask[at + 1] ? 1 : 0) + (mask[at + 2] ? 1 : 0);
            }
        }

        for (var y = 2; y < height - 2; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                soft[at] = rows[at - (2 * width)] + rows[at - width] + rows[at] + rows[at + width] + rows[at + (2 * width)];
            }
        }

        return soft;
    }
}
