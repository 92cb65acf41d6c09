using MailIntake.Documents.Pictures;
using MailIntake.Documents.Scans;

namespace MailIntake.Documents.Seals;

/// <summary>
/// The circle of a seal on a gray page. Whether it is red nobody can tell, so it proves nothing; but where it lies over the place of the
/// signature, its ring and letters must not be taken for handwriting.
/// </summary>
internal static class GraySeal
{
    private const int Smaller = 3;
    private const int Dark = 190;

    /// <summary>The circle in pixels of the flat page; null where there is none.</summary>
    public static SealCircle? Find(FlatPage page)
    {
        var ink = page.Ink.Scaled(1.0 / Smaller);
        var rgb = new byte[3 * ink.Pixels.Length];
        for (var i = 0; i < ink.Pixels.Length; i++)
        {
            // Ink is painted red on white, and the finder for red seals looks at it.
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ink.Pixels[i] < Dark ? ((byte)220, (byte)40, (byte)40) : ((byte)255, (byte)255, (byte)255);
        }

        var (_, seal) = SealFinder.Find(SealSheet.Plain(new Raster(ink.Width, ink.Height, rgb)));
        return seal?.Circle is { } circle
            ? circle with { X = circle.X * Smaller, Y = circle.Y * Smaller * ink.Height / seal.Sheet.Picture.Height, Radius = circle.Radius * Smaller }
            : null;
    }
}
