using MailIntake.Documents.Pictures;
using MailIntake.Documents.Scans;

namespace MailIntake.Documents.Seals;

/// <summary>
/// A page as seals are looked for on it: about four pixels to the millimetre, as far as the picture reaches, its paper white wherever the
/// light falls, and known which of its pixels are paper: a seal may lie across the edge of the paper, or of the picture.
/// </summary>
/// <param name="Picture">The page.</param>
/// <param name="Visible">Pixels on which a seal's ink would be seen: not the desk, not beyond the picture, not under print.</param>
/// <param name="Source">The picture that it was sampled from.</param>
/// <param name="Place">Where a point of the page stands in the source.</param>
internal sealed record SealSheet(Raster Picture, bool[] Visible, Raster Source, Func<double, double, (double X, double Y)> Place)
{
    /// <summary>Pixels of a millimetre where the table is as wide as usual.</summary>
    public const int PixelsOfMillimetre = 4;

    private const int TableMillimetres = 160;
    private const int PageSide = 1_200;
    private const int Sideways = 45 * PixelsOfMillimetre;
    private const int Upwards = 60 * PixelsOfMillimetre;
    private const int Downwards = 120 * PixelsOfMillimetre;
    private const int Samples = 2;

    /// <summary>A picture that is looked at as it is, all of it visible.</summary>
    public static SealSheet Plain(Raster picture)
    {
        var visible = new bool[picture.Width * picture.Height];
        Array.Fill(visible, true);
        return new SealSheet(picture, visible, picture, (x, y) => (x, y));
    }

    /// <summary>A page that was laid flat by its table, which is some 160 mm wide; one without is taken to be of A4.</summary>
    public static SealSheet Of(FlatPage page)
    {
        if (page.Place is not { } place)
        {
            var shrunk = page.Source.Shrunk(PageSide);
            var factor = (double)page.Source.Width / shrunk.Width;
            var all = new bool[shrunk.Width * shrunk.Height];
            Array.Fill(all, true);
            return Lit(shrunk, all, (shrunk.Width / 4, shrunk.Height / 4, shrunk.Width * 3 / 4, shrunk.Height * 3 / 4), page.Source, (x, y) => (x * factor, y * factor));
        }

        var step = (double)FlatPage.TableWidth / (TableMillimetres * PixelsOfMillimetre);
        var tall = (int)((page.Bottom - page.Top) / step);
        var (width, height) = ((TableMillimetres * PixelsOfMillimetre) + (2 * Sideways), tall + Upwards + Downwards);
        (double X, double Y) Map(double x, double y) => place.Map((x - Sideways) * step, (y - Upwards) * step);
        var (picture, inside) = Sampled(page.Source, width, height, Map);
        return Lit(picture, inside, (Sideways, Upwards, width - Sideways, height - Downwards), page.Source, Map);
    }

    /// <summary>The same, made taller or lower: what the camera saw from a slant is an ellipse.</summary>
    public SealSheet Stretched(double factor)
    {
        var (width, height) = (Picture.Width, (int)(Picture.Height * factor));
        var rgb = new byte[3 * width * height];
        var visible = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            var from = Math.Min((int)((y + 0.5) / factor), Picture.Height - 1) * width;
            Picture.Rgb.AsSpan(from * 3, width * 3).CopyTo(rgb.AsSpan(y * width * 3));
            Visible.AsSpan(from, width).CopyTo(visible.AsSpan(y * width));
        }

        var place = Place;
        return new SealSheet(new Raster(width, height, rgb), visible, Source, (x, y) => place(x, y / factor));
    }

    /// <summary>A square piece in the source's own sharpness, what lies beyond the source left white.</summary>
    /// <param name="x">Its middle.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="reach">Half its side, in pixels of the sheet.</param>
    /// <param name="side">Pixels of the piece.</param>
    public Raster Piece(double x, double y, double reach, int side)
    {
        var rgb = new byte[3 * side * side];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var (sx, sy) = Place(x - reach + (2 * reach * (column + 0.5) / side), y - reach + (2 * reach * (row + 0.5) / side));
                var pixel = rgb.AsSpan(((row * side) + column) * 3, 3);
                if (sx >= 0 && sy >= 0 && sx < Source.Width && sy < Source.Height)
                {
                    Source.Rgb.AsSpan((((int)sy * Source.Width) + (int)sx) * 3, 3).CopyTo(pixel);
                }
                else
                {
                    pixel.Fill(255);
                }
            }
        }

        return new Raster(side, side, rgb);
    }

    private static (Raster Picture, bool[] Inside) Sampled(Raster source, int width, int height, Func<double, double, (double X, double Y)> map)
    {
        var rgb = new byte[3 * width * height];
        var inside = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                int r = 0, g = 0, b = 0, count = 0;
                for (var sample = 0; sample < Samples * Samples; sample++)
                {
                    var (sx, sy) = map(x + (((sample % Samples) + 0.5) / Samples), y + (((sample / Samples) + 0.5) / Samples));
                    if (sx >= 0 && sy >= 0 && sx < source.Width && sy < source.Height)
                    {
                        var at = (((int)sy * source.Width) + (int)sx) * 3;
                        (r, g, b, count) = (r + source.Rgb[at], g + source.Rgb[at + 1], b + source.Rgb[at + 2], count + 1);
                    }
                }

                var here = (y * width) + x;
                inside[here] = count == Samples * Samples;
                (rgb[3 * here], rgb[(3 * here) + 1], rgb[(3 * here) + 2]) = inside[here] ? ((byte)(r / count), (byte)(g / count), (byte)(b / count)) : ((byte)255, (byte)255, (byte)255);
            }
        }

        return (new Raster(width, height, rgb), inside);
    }

    private static SealSheet Lit(
        Raster picture, bool[] inside, (int Left, int Top, int Right, int Bottom) paper, Raster source, Func<double, double, (double X, double Y)> place)
    {
        var (white, visible) = PaperLight.Of(picture, inside, paper);
        return new SealSheet(white, visible, source, place);
    }
}
