using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Seals;

/// <summary>Which pixels of a page are red as a stamp is: clearly redder than anything else, neither orange nor magenta, nor dark as wood.</summary>
internal static class RedMask
{
    private const int SlightColour = 2;
    private const int Darkest = 110;

    /// <summary>The mask.</summary>
    /// <param name="page">A page with white paper.</param>
    /// <param name="ratio">Red over the larger of the two others.</param>
    /// <param name="step">The same as a difference, in shades.</param>
    public static bool[] Of(Raster page, double ratio, int step)
    {
        var mask = new bool[page.Width * page.Height];
        for (int i = 0, at = 0; i < mask.Length; i++, at += 3)
        {
            int r = page.Rgb[at], g = page.Rgb[at + 1], b = page.Rgb[at + 2];
            var most = Math.Max(g, b);
            mask[i] = r >= Darkest && r - most >= step && r >= ratio * most && Math.Abs(g - b) < 0.55 * (r - Math.Min(g, b));
        }

        return mask;
    }

    /// <summary>The page has no colour at all: a gray scan, on which a red seal would be gray too.</summary>
    public static bool IsGray(Raster page)
    {
        var coloured = 0;
        for (var at = 0; at < page.Rgb.Length; at += 3)
        {
            int r = page.Rgb[at], g = page.Rgb[at + 1], b = page.Rgb[at + 2];
            coloured += Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) > SlightColour ? 1 : 0;
        }

        return coloured < page.Width * page.Height / 2_000;
    }
}
