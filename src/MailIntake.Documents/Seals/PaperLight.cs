using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Seals;

/// <summary>
/// Tells the paper from the desk it lies on, and takes its light away: from the table, which is on the paper, the paper goes on as far as
/// its shade and colour change slowly.
/// </summary>
internal static class PaperLight
{
    private const int Block = 12;
    private const double BrightShare = 0.15;
    private const double Darker = 0.74;
    private const double OtherColour = 0.13;
    private const int White = 250;
    private const int InkOfPrint = 120;

    /// <summary>The picture with its paper white, and the pixels that are paper and not covered by print.</summary>
    /// <param name="picture">A page of about four pixels to the millimetre.</param>
    /// <param name="inside">Pixels that the camera saw.</param>
    /// <param name="known">A box that lies on the paper.</param>
    public static (Raster Picture, bool[] Visible) Of(Raster picture, bool[] inside, (int Left, int Top, int Right, int Bottom) known)
    {
        var (columns, rows) = ((picture.Width + Block - 1) / Block, (picture.Height + Block - 1) / Block);
        var blocks = new Shade[columns * rows];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = BrightOf(picture, inside, i % columns * Block, i / columns * Block);
        }

        var isPaper = Paper(blocks, columns, rows, known);
        var white = WhiteOf(blocks, isPaper);
        var light = Light(blocks, isPaper, columns, rows);
        return Flattened(picture, inside, columns, isPaper, light, white);
    }

    /// <summary>The mean of the brightest pixels of a block.</summary>
    private static Shade BrightOf(Raster picture, bool[] inside, int left, int top)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        var total = 0;
        var (right, bottom) = (Math.Min(picture.Width, left + Block), Math.Min(picture.Height, top + Block));
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                if (inside[(y * picture.Width) + x])
                {
                    counts[Brightness(picture, (y * picture.Width) + x)]++;
                    total++;
                }
            }
        }

        if (total < Block)
        {
            return default;
        }

        var (limit, left2) = (255, (int)(total * BrightShare));
        while (limit > 0 && left2 >= counts[limit])
        {
            left2 -= counts[limit--];
        }

        double r = 0, g = 0, b = 0, n = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var at = (y * picture.Width) + x;
                if (inside[at] && Brightness(picture, at) >= limit)
                {
                    (r, g, b, n) = (r + picture.Rgb[3 * at], g + picture.Rgb[(3 * at) + 1], b + picture.Rgb[(3 * at) + 2], n + 1);
                }
            }
        }

        return new Shade(r / n, g / n, b / n);
    }

    private static bool[] Paper(Shade[] blocks, int columns, int rows, (int Left, int Top, int Right, int Bottom) known)
    {
        var isPaper = new bool[blocks.Length];
        var open = new Queue<int>();
        for (var i = 0; i < blocks.Length; i++)
        {
            var (x, y) = (((i % columns) + 0.5) * Block, ((i / columns) + 0.5) * Block);
            if (x > known.Left && x < known.Right && y > known.Top && y < known.Bottom && blocks[i].Level > 0)
            {
                isPaper[i] = true;
                open.Enqueue(i);
            }
        }

        var white = WhiteOf(blocks, isPaper);
        while (open.TryDequeue(out var from))
        {
            foreach (var to in Beside(from, columns, rows))
            {
                if (!isPaper[to] && blocks[to].Level > Darker * blocks[from].Level && IsOfColour(blocks[to], white))
                {
                    isPaper[to] = true;
                    open.Enqueue(to);
                }
            }
        }

        FillHoles(isPaper, columns, rows);
        return isPaper;
    }

    /// <summary>What lies within the paper is on it: a picture, a block full of ink.</summary>
    private static void FillHoles(bool[] isPaper, int columns, int rows)
    {
        var isAround = new bool[isPaper.Length];
        var open = new Queue<int>();
        for (var i = 0; i < isPaper.Length; i++)
        {
            if (!isPaper[i] && (i % columns == 0 || i % columns == columns - 1 || i < columns || i >= isPaper.Length - columns))
            {
                isAround[i] = true;
                open.Enqueue(i);
            }
        }

        while (open.TryDequeue(out var from))
        {
            foreach (var to in Beside(from, columns, rows))
            {
                if (!isPaper[to] && !isAround[to])
                {
                    isAround[to] = true;
                    open.Enqueue(to);
                }
            }
        }

        for (var i = 0; i < isPaper.Length; i++)
        {
            isPaper[i] = !isAround[i];
        }
    }

    private static IEnumerable<int> Beside(int at, int columns, int rows)
    {
        var (x, y) = (at % columns, at / columns);
        if (x > 0) { yield return at - 1; }
        if (x < columns - 1) { yield return at + 1; }
        if (y > 0) { yield return at - columns; }
        if (y < rows - 1) { yield return at + columns; }
    }

    /// <summary>The colour of the paper: the median of its brighter half.</summary>
    private static Shade WhiteOf(Shade[] blocks, bool[] isPaper)
    {
        var bright = blocks.Where((block, i) => isPaper[i] && block.Level > 0).OrderByDescending(block => block.Level).ToList();
        if (bright.Count == 0)
        {
            return new Shade(255, 255, 255);
        }

        bright = bright[..((bright.Count + 1) / 2)];
        double Middle(Func<Shade, double> channel) => bright.Select(block => channel(block) / block.Level).Order().ElementAt(bright.Count / 2);
        return new Shade(Middle(s => s.R), Middle(s => s.G), Middle(s => s.B));
    }

    private static bool IsOfColour(Shade block, Shade white) =>
        Math.Abs((block.R / block.Level) - white.R) < OtherColour && Math.Abs((block.G / block.Level) - white.G) < OtherColour && Math.Abs((block.B / block.Level) - white.B) < 1.6 * OtherColour;

    /// <summary>How bright the paper is in each block: the brightest of its neighbours, since a block full of ink says nothing of it.</summary>
    private static double[] Light(Shade[] blocks, bool[] isPaper, int columns, int rows)
    {
        var light = new double[blocks.Length];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                double most = 60;
                for (var dy = -1; dy <= 1; dy++)
                {
                    for (var dx = -1; dx <= 1; dx++)
                    {
                        if (x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows && isPaper[((y + dy) * columns) + x + dx])
                        {
                            most = Math.Max(most, blocks[((y + dy) * columns) + x + dx].Level);
                        }
                    }
                }

                light[(y * columns) + x] = most;
            }
        }

        return light;
    }

    private static (Raster Picture, bool[] Visible) Flattened(Raster picture, bool[] inside, int columns, bool[] isPaper, double[] light, Shade white)
    {
        var rgb = new byte[picture.Rgb.Length];
        var visible = new bool[inside.Length];
        for (var i = 0; i < inside.Length; i++)
        {
            var block = (i / picture.Width / Block * columns) + (i % picture.Width / Block);
            if (!inside[i] || !isPaper[block])
            {
                rgb.AsSpan(3 * i, 3).Fill(255);
                continue;
            }

            var factor = White / light[block];
            var r = (int)Math.Min(255, picture.Rgb[3 * i] * factor / white.R);
            var g = (int)Math.Min(255, picture.Rgb[(3 * i) + 1] * factor / white.G);
            var b = (int)Math.Min(255, picture.Rgb[(3 * i) + 2] * factor / white.B);
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)r, (byte)g, (byte)b);
            visible[i] = Math.Max(r, Math.Max(g, b)) >= InkOfPrint;
        }

        return (new Raster(picture.Width, picture.Height, rgb), visible);
    }

    private static int Brightness(Raster picture, int at) => (picture.Rgb[3 * at] + (2 * picture.Rgb[(3 * at) + 1]) + picture.Rgb[(3 * at) + 2]) / 4;

    private readonly record struct Shade(double R, double G, double B)
    {
        public double Level => (R + (2 * G) + B) / 4;
    }
}
