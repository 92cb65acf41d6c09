using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Scans;

/// <summary>
/// Finds the frame of a form on a page or a photo: its lines hang together and are the largest thing that does and is mostly empty. From
/// its four corners the page is laid flat, however the camera was held.
/// </summary>
internal static class TableFrame
{
    private const int MostTried = 4;
    private const int StraightShare = 16;

    /// <summary>
    /// Corners of what may be a frame: top left, top right, bottom right, bottom left. The smallest comes first: the edge of the paper on a
    /// table top is one too, and holds the form's.
    /// </summary>
    /// <param name="ink">What is printed.</param>
    /// <param name="isRed">Red counts as ink: only straight strokes are looked at, as a seal across the frame would belong to it.</param>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Candidates(GrayPicture ink, bool isRed = false)
    {
        var dark = ink.Dark(Math.Max(8, ink.Width / 100), 18);
        var grown = Blobs.Grown(isRed ? Straight(dark, ink.Width) : dark, ink.Width, 1, 1);
        var map = Blobs.Find(grown, ink.Width, wanted: true, diagonal: true);
        var frames = new List<(long Size, int Number)>();
        for (var i = 0; i < map.Found.Count; i++)
        {
            var blob = map.Found[i];
            if (blob.Width > ink.Width * 0.3 && blob.Height > ink.Height * 0.1 && blob.Area < 0.35 * blob.Width * blob.Height)
            {
                frames.Add(((long)blob.Width * blob.Height, i));
            }
        }

        return [.. frames.Order().Take(MostTried).Select(frame => Fit(ink.Width, map.MaskOf(frame.Number, grown.Length), map.Found[frame.Number])).OfType<IReadOnlyList<(double X, double Y)>>()];
    }

    /// <summary>What belongs to a stroke that runs level or upright for longer than the ring of a seal does.</summary>
    private static bool[] Straight(bool[] dark, int width)
    {
        var (height, least, straight) = (dark.Length / width, width / StraightShare, new bool[dark.Length]);
        var (wide, tall) = (Blobs.Grown(dark, width, 0, 1), Blobs.Grown(dark, width, 1, 0));
        for (var y = 0; y < height; y++)
        {
            Keep(wide, straight, y * width, 1, width, least);
        }

        for (var x = 0; x < width; x++)
        {
            Keep(tall, straight, x, width, height, least);
        }

        return straight;
    }

    private static void Keep(bool[] mask, bool[] kept, int first, int step, int count, int least)
    {
        var start = 0;
        for (var i = 0; i <= count; i++)
        {
            if (i < count && mask[first + (i * step)])
            {
                continue;
            }

            for (var k = start; i - start >= least && k < i; k++)
            {
                kept[first + (k * step)] = true;
            }

            start = i + 1;
        }
    }

    private static List<(double X, double Y)>? Fit(int width, bool[] mask, Blob blob)
    {
        // The outermost pixels towards the four corners give a first guess; lines through the rim make it exact.
        var corners = new (double X, double Y)[4];
        double[] most = [double.MaxValue, double.MinValue, double.MinValue, double.MaxValue];
        for (var y = blob.Top; y < blob.Bottom; y++)
        {
            for (var x = blob.Left; x < blob.Right; x++)
            {
                if (!mask[(y * width) + x])
                {
                    continue;
                }

                var (sum, difference) = (x + y, x - y);
                if (sum < most[0]) { (most[0], corners[0]) = (sum, (x, y)); }
                if (difference > most[1]) { (most[1], corners[1]) = (difference, (x, y)); }
                if (sum > most[2]) { (most[2], corners[2]) = (sum, (x, y)); }
                if (difference < most[3]) { (most[3], corners[3]) = (difference, (x, y)); }
            }
        }

        bool Is(int x, int y) => x >= 0 && y >= blob.Top && x < width && y < blob.Bottom && mask[(y * width) + x];
        var top = Rim(corners[0], corners[1], alongX: true, towards: 1, Is);
        var bottom = Rim(corners[3], corners[2], alongX: true, towards: -1, Is);
        var left = Rim(corners[0], corners[3], alongX: false, towards: 1, Is);
        var right = Rim(corners[1], corners[2], alongX: false, towards: -1, Is);
        if (top is null || bottom is null || left is null || right is null)
        {
            return null;
        }

        List<(double X, double Y)> exact = [Meet(top.Value, left.Value), Meet(top.Value, right.Value), Meet(bottom.Value, right.Value), Meet(bottom.Value, left.Value)];
        var (w, h) = (Distance(exact[0], exact[1]), Distance(exact[0], exact[3]));
        var square = w > 0.3 * width * 0.5 && h > 40 && Math.Abs(Distance(exact[3], exact[2]) - w) < 0.4 * w && Math.Abs(Distance(exact[1], exact[2]) - h) < 0.4 * h;
        return square ? exact : null;
    }

    /// <summary>A line a·t + b through the rim between two corners: the first marked pixel from outside, at every step along.</summary>
    private static (double A, double B)? Rim((double X, double Y) from, (double X, double Y) to, bool alongX, int towards, Func<int, int, bool> isMarked)
    {
        var (start, end) = alongX ? (from.X, to.X) : (from.Y, to.Y);
        var (first, last) = alongX ? (from.Y, to.Y) : (from.X, to.X);
        var reach = (int)Math.Max(12, Math.Abs(end - start) * 0.03);
        var points = new List<(double T, double V)>();
        for (var t = start + 3; t < end - 3; t++)
        {
            var expected = first + ((last - first) * (t - start) / (end - start));
            for (var step = -reach; step <= reach; step++)
            {
                var v = expected + (towards * step);
                if (alongX ? isMarked((int)t, (int)v) : isMarked((int)v, (int)t))
                {
                    points.Add((t, v));
                    break;
                }
            }
        }

        if (points.Count < 20)
        {
            return null;
        }

        // Least squares, then again without what lies far off: letters that touch, a seal across the frame.
        for (var round = 0; round < 4; round++)
        {
            var (a, b) = Line(points);
            var errors = points.Select(p => Math.Abs(p.V - (a * p.T) - b)).Order().ToList();
            var limit = Math.Max(1.5, errors[errors.Count * 6 / 10] * 1.5);
            points = points.FindAll(p => Math.Abs(p.V - (a * p.T) - b) <= limit);
        }

        return Line(points);
    }

    private static (double A, double B) Line(List<(double T, double V)> points)
    {
        var (meanT, meanV) = (points.Average(p => p.T), points.Average(p => p.V));
        var spread = points.Sum(p => (p.T - meanT) * (p.T - meanT));
        var a = spread < 1e-9 ? 0 : points.Sum(p => (p.T - meanT) * (p.V - meanV)) / spread;
        return (a, meanV - (a * meanT));
    }

    /// <summary>Where y = A·x + B of the first meets x = A·y + B of the second.</summary>
    private static (double X, double Y) Meet((double A, double B) flat, (double A, double B) steep)
    {
        var x = ((steep.A * flat.B) + steep.B) / (1 - (steep.A * flat.A));
        return (x, (flat.A * x) + flat.B);
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
