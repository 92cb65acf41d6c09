using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Seals;

/// <summary>Unwinds the letters along the ring of a seal to a straight line, dark on white, that begins in the widest gap between them.</summary>
internal static class RingStrip
{
    private const int Angles = 360;
    private const int Width = 840;
    private const int Tall = 72;
    private const int Margin = 14;
    private const int Rim = 2;
    private const int Samples = 2;
    private const double Outer = 0.90;
    private const double Inner = 0.50;
    private const int WholeRing = 22;

    /// <summary>The line; null where the seal is cut: half a name is none.</summary>
    public static GrayPicture? Of(FoundSeal seal)
    {
        if (seal.Circle.Seen < WholeRing)
        {
            return null;
        }

        var (seen, radii) = Centred(seal);
        var paper = PaperOf(seen);
        var strip = new double[Width * Tall];
        for (var column = 0; column < Width; column++)
        {
            var radius = radii[column * Angles / Width];
            for (var row = 0; row < Tall; row++)
            {
                for (var sample = 0; sample < Samples * Samples; sample++)
                {
                    var turn = (column + (((sample % Samples) + 0.5) / Samples)) * 2 * Math.PI / Width;
                    var far = Outer - ((Outer - Inner) * (row + (((sample / Samples) + 0.5) / Samples)) / Tall);
                    strip[(row * Width) + column] += Ink(seen, paper, turn, radius * far) / (Samples * Samples);
                }
            }
        }

        var ink = Shades(strip);
        var start = WidestGap(ink);
        var (width, height) = (Width + (2 * Margin), Tall + (2 * Margin));
        var pixels = new byte[width * height];
        Array.Fill(pixels, (byte)255);
        for (var row = 0; row < Tall; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                pixels[((row + Margin) * width) + column + Margin] = ink[(row * Width) + ((column + start) % Width)];
            }
        }

        return new GrayPicture(width, height, pixels);
    }

    /// <summary>The seal with its middle where the ring has it, and where the ring runs from there.</summary>
    private static (FoundSeal Seal, double[] Radii) Centred(FoundSeal seal)
    {
        var radii = Radii(seal);
        for (var round = 0; round < 2; round++)
        {
            double dx = 0, dy = 0;
            for (var angle = 0; angle < Angles; angle++)
            {
                dx += radii[angle] * Math.Cos(angle * 2 * Math.PI / Angles) * 2 / Angles;
                dy += radii[angle] * Math.Sin(angle * 2 * Math.PI / Angles) * 2 / Angles;
            }

            seal = seal with { Circle = seal.Circle with { X = seal.Circle.X + dx, Y = seal.Circle.Y + dy, Radius = radii.Average() } };
            radii = Radii(seal);
        }

        return (seal, radii);
    }

    /// <summary>Where the ring runs in each direction: seen from a slant it is no circle.</summary>
    private static double[] Radii(FoundSeal seal)
    {
        var (radius, found) = (seal.Circle.Radius, new double[Angles]);
        for (var angle = 0; angle < Angles; angle++)
        {
            var (best, most) = (radius, 0.0);
            for (var r = radius * 0.92; r <= radius * 1.08; r += 0.4)
            {
                var turn = angle * 2 * Math.PI / Angles;
                var red = Redness(seal, turn, r - 0.4) + Redness(seal, turn, r) + Redness(seal, turn, r + 0.4);
                (best, most) = red > most ? (r, red) : (best, most);
            }

            found[angle] = best;
        }

        const int Around = 12;
        return [.. Enumerable.Range(0, Angles).Select(angle => Enumerable.Range(angle - Around, (2 * Around) + 1).Select(a => found[(a + Angles) % Angles]).Order().ElementAt(Around))];
    }

    private static double Redness(FoundSeal seal, double turn, double radius)
    {
        var source = seal.Sheet.Source;
        var (x, y) = seal.Sheet.Place(seal.Circle.X + (radius * Math.Cos(turn)), seal.Circle.Y + (radius * Math.Sin(turn)));
        if (x < 0 || y < 0 || x >= source.Width || y >= source.Height)
        {
            return 0;
        }

        var at = (((int)y * source.Width) + (int)x) * 3;
        return source.Rgb[at] - ((source.Rgb[at + 1] + source.Rgb[at + 2]) / 2.0);
    }

    /// <summary>Red and green of the paper: bright, and nowhere in the ring brighter for long.</summary>
    private static (double R, double G) PaperOf(FoundSeal seal)
    {
        var source = seal.Sheet.Source;
        var (reds, greens) = (new List<byte>(), new List<byte>());
        for (var turn = 0.0; turn < 2 * Math.PI; turn += 0.05)
        {
            for (var far = 0.1; far < 1.2; far += 0.03)
            {
                var (x, y) = seal.Sheet.Place(seal.Circle.X + (far * seal.Circle.Radius * Math.Cos(turn)), seal.Circle.Y + (far * seal.Circle.Radius * Math.Sin(turn)));
                if (x >= 0 && y >= 0 && x < source.Width && y < source.Height)
                {
                    var at = (((int)y * source.Width) + (int)x) * 3;
                    reds.Add(source.Rgb[at]);
                    greens.Add(source.Rgb[at + 1]);
                }
            }
        }

        return (Math.Max(1, (double)reds.Order().ElementAt(reds.Count * 7 / 10)), Math.Max(1, (double)greens.Order().ElementAt(greens.Count * 7 / 10)));
    }

    /// <summary>
    /// How dark green is: a picture file keeps brightness sharper than colour. What is dark in red as well is print, and none of the seal's.
    /// </summary>
    private static double Ink(FoundSeal seal, (double R, double G) paper, double turn, double radius)
    {
        var source = seal.Sheet.Source;
        var (x, y) = seal.Sheet.Place(seal.Circle.X + (radius * Math.Cos(turn)), seal.Circle.Y + (radius * Math.Sin(turn)));
        if (x < 0.5 || y < 0.5 || x >= source.Width - 0.5 || y >= source.Height - 0.5)
        {
            return 0;
        }

        return (1 - (Green(source, x - 0.5, y - 0.5) / paper.G)) * Math.Clamp(((DarkestRed(source, (int)x, (int)y) / paper.R) - 0.5) / 0.2, 0, 1);
    }

    /// <summary>Green between four pixels: letters of a coarse picture are drawn larger here, and steps at their rims are read as strokes.</summary>
    private static double Green(Raster source, double x, double y)
    {
        var (left, top) = (Math.Min((int)x, source.Width - 2), Math.Min((int)y, source.Height - 2));
        var (right, down) = (x - left, y - top);
        var at = (((top * source.Width) + left) * 3) + 1;
        var below = at + (3 * source.Width);
        return (((source.Rgb[at] * (1 - right)) + (source.Rgb[at + 3] * right)) * (1 - down)) + (((source.Rgb[below] * (1 - right)) + (source.Rgb[below + 3] * right)) * down);
    }

    /// <summary>The least red nearby: the rim of print is half as dark as print.</summary>
    private static int DarkestRed(Raster source, int x, int y)
    {
        var least = 255;
        for (var py = Math.Max(0, y - Rim); py <= Math.Min(source.Height - 1, y + Rim); py++)
        {
            for (var px = Math.Max(0, x - Rim); px <= Math.Min(source.Width - 1, x + Rim); px++)
            {
                least = Math.Min(least, source.Rgb[((py * source.Width) + px) * 3]);
            }
        }

        return least;
    }

    private static byte[] Shades(double[] ink)
    {
        var order = ink.Order().ToList();
        var paper = order[order.Count / 2];
        var full = Math.Max(paper + 0.05, order[order.Count * 95 / 100]);
        return [.. ink.Select(dark => (byte)(255 - (Math.Clamp((dark - paper) / (full - paper), 0, 1) * 255)))];
    }

    private static int WidestGap(byte[] ink)
    {
        const int From = Tall * 15 / 100, Until = Tall * 75 / 100, LeastInk = (Until - From) / 14;
        var isEmpty = new bool[Width];
        for (var column = 0; column < Width; column++)
        {
            var dark = 0;
            for (var row = From; row < Until; row++)
            {
                dark += ink[(row * Width) + column] < 128 ? 1 : 0;
            }

            isEmpty[column] = dark <= LeastInk;
        }

        int run = 0, longest = 0, end = 0;
        for (var i = 0; i < 2 * Width; i++)
        {
            run = isEmpty[i % Width] ? run + 1 : 0;
            (longest, end) = run > longest && run <= Width ? (run, i) : (longest, end);
        }

        return ((end - (longest / 2)) % Width + Width) % Width;
    }
}
