namespace MailIntake.Documents.Seals;

/// <summary>Finds the middles of circles: the rim of everything red votes for the points it may curve around.</summary>
internal static class CircleVotes
{
    private const int Tried = 10;
    private const int Apart = 10;
    private const int Fewest = 40;

    /// <summary>The likeliest middles, best first.</summary>
    /// <param name="mask">What is red.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="smallest">Radius in pixels.</param>
    /// <param name="largest">Radius in pixels.</param>
    public static List<(double X, double Y)> Middles(bool[] mask, int width, int smallest, int largest)
    {
        var height = mask.Length / width;
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
            if (smooth[best] < Fewest)
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
