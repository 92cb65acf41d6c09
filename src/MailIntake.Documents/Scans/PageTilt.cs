using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Scans;

/// <summary>How far the lines of a page without a table run up or down: the turn at which they lie best one above the other.</summary>
internal static class PageTilt
{
    private const int Side = 1_000;
    private const int MostTenths = 45;
    private const int Dark = 150;

    /// <summary>Degrees, positive where the lines fall to the right; at most 4.5 to either side.</summary>
    public static double Of(GrayPicture ink)
    {
        var scale = Math.Max(1, Math.Max(ink.Width, ink.Height) / (double)Side);
        var small = scale > 1 ? ink.Scaled(1 / scale) : ink;
        var marks = new List<(int X, int Y)>();
        for (var i = 0; i < small.Pixels.Length; i++)
        {
            if (small.Pixels[i] < Dark)
            {
                marks.Add((i % small.Width, i / small.Width));
            }
        }

        var rows = new int[small.Height + (2 * small.Width)];
        return Enumerable.Range(-MostTenths, (2 * MostTenths) + 1)
            .Select(tenths => (Angle: tenths / 10.0, Sharp: Sharpness(marks, Math.Tan(tenths * Math.PI / 1_800), small.Width, rows)))
            .OrderByDescending(turn => turn.Sharp).ThenBy(turn => Math.Abs(turn.Angle))
            .First().Angle;
    }

    /// <summary>Rows that are full beside rows that are empty.</summary>
    private static long Sharpness(List<(int X, int Y)> marks, double slope, int width, int[] rows)
    {
        Array.Clear(rows);
        foreach (var (x, y) in marks)
        {
            rows[(int)(y - (slope * x)) + width]++;
        }

        long sharp = 0;
        foreach (var row in rows)
        {
            sharp += (long)row * row;
        }

        return sharp;
    }
}
