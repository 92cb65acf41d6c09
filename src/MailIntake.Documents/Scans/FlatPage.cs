using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Scans;

/// <summary>A page laid flat by the frame of its table: lines run level and upright, the table is always of the same width.</summary>
/// <param name="Picture">The table with a margin around it.</param>
/// <param name="Ink">The same without colour and light.</param>
/// <param name="Left">Left edge of the table.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
internal sealed record FlatPage(Raster Picture, GrayPicture Ink, int Left, int Top, int Right, int Bottom)
{
    /// <summary>Width of the table in pixels: of the usual 160 mm of a form some 300 dots an inch, which the OCR likes.</summary>
    public const int TableWidth = 1_900;

    /// <summary>The picture that was laid flat, upright.</summary>
    public required Raster Source { get; init; }

    /// <summary>Where a point stands in <see cref="Source"/>, counted from the upper left corner of the table; null for a page without one.</summary>
    public Homography? Place { get; init; }

    private const double Sides = 0.10;
    private const double Above = 0.22;
    private const double Below = 0.22;
    private const int Step = 10;
    private const int Tallest = 3_400;
    private const int WholePage = 3_400;

    /// <summary>Lays it flat; null where the corners are those of no table.</summary>
    public static FlatPage? Of(Raster page, IReadOnlyList<(double X, double Y)> corners)
    {
        var scale = TableWidth / ((Distance(corners[0], corners[1]) + Distance(corners[3], corners[2])) / 2);
        var height = (int)(scale * (Distance(corners[0], corners[3]) + Distance(corners[1], corners[2])) / 2);
        if (height is < 100 or > Tallest || Homography.Of(TableWidth, height, corners) is not { } place)
        {
            return null;
        }

        var (left, top) = ((int)(TableWidth * Sides), (int)(TableWidth * Above));
        var (width, whole) = (TableWidth + (2 * left), top + height + Beneath(page, place, height));
        var flat = new byte[3 * width * whole];
        for (var y = 0; y < whole; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (px, py) = place.Map(x - left, y - top);
                Sample(page, px, py, flat.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        var picture = new Raster(width, whole, flat).Balanced();
        return new FlatPage(picture, GrayPicture.InkOf(picture), left, top, left + TableWidth, top + height) { Source = page, Place = place };
    }

    /// <summary>A page without a table, as it is.</summary>
    public static FlatPage Whole(Raster page)
    {
        var picture = page.Balanced();
        return new FlatPage(picture, GrayPicture.InkOf(picture), 0, 0, 0, 0) { Source = picture };
    }

    /// <summary>A page without a table, its lines level, as large as if an A4 page were read at the same size as a table.</summary>
    public static FlatPage Level(Raster page)
    {
        var angle = PageTilt.Of(GrayPicture.InkOf(page)) * Math.PI / 180;
        var scale = WholePage / (double)Math.Max(page.Width, page.Height);
        var (width, height) = ((int)(page.Width * scale), (int)(page.Height * scale));
        var (sin, cos) = (Math.Sin(angle) / scale, Math.Cos(angle) / scale);
        var level = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = (x - (width / 2.0), y - (height / 2.0));
                Sample(page, (fromX * cos) - (fromY * sin) + (page.Width / 2.0), (fromX * sin) + (fromY * cos) + (page.Height / 2.0), level.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        var picture = new Raster(width, height, level).Balanced();
        return new FlatPage(picture, GrayPicture.InkOf(picture), 0, 0, 0, 0) { Source = picture };
    }

    /// <summary>
    /// How far the page goes on beneath the table, as far as an A4 page may: a form may be signed and stamped there. A photo of a page that
    /// is cut off at the table's end still gets a margin.
    /// </summary>
    private static int Beneath(Raster page, Homography place, int height)
    {
        var (least, most) = ((int)(TableWidth * Below), Math.Max((int)(TableWidth * Below), Tallest - height - (int)(TableWidth * Above)));
        var beneath = 0;
        while (beneath < most && place.Map(TableWidth / 2.0, height + beneath) is var (x, y) && x >= 0 && y >= 0 && x < page.Width && y < page.Height)
        {
            beneath += Step;
        }

        return Math.Max(least, Math.Min(beneath, most));
    }

    private static void Sample(Raster page, double x, double y, Span<byte> pixel)
    {
        if (x < 0 || y < 0 || x >= page.Width - 1 || y >= page.Height - 1)
        {
            pixel.Fill(255);
            return;
        }

        var (x0, y0) = ((int)x, (int)y);
        var (wx, wy) = (x - x0, y - y0);
        var at = ((y0 * page.Width) + x0) * 3;
        var below = at + (page.Width * 3);
        for (var c = 0; c < 3; c++)
        {
            pixel[c] = (byte)((((page.Rgb[at + c] * (1 - wx)) + (page.Rgb[at + 3 + c] * wx)) * (1 - wy)) + (((page.Rgb[below + c] * (1 - wx)) + (page.Rgb[below + 3 + c] * wx)) * wy) + 0.5);
        }
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
