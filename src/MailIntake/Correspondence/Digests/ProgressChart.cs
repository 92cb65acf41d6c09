using System.Globalization;

using MailIntake.Documents.Pictures;
using MailIntake.Mail.Writing;

namespace MailIntake.Correspondence.Digests;

/// <summary>
/// The progress of each category as a bar (进度图): complete, to be looked at, owing, and what is left has sent nothing and owes
/// nothing yet. A picture for each category, so that its name stands beside it as text and no font is drawn.
/// </summary>
internal static class ProgressChart
{
    /// <summary>Pixels of a bar; shown as wide as the letter allows.</summary>
    public const int Width = 480;

    /// <summary>Pixels of a bar.</summary>
    public const int Height = 14;

    private static readonly (byte, byte, byte) Complete = (0x1b, 0x6e, 0x3c);
    private static readonly (byte, byte, byte) Review = (0xd8, 0x9a, 0x1d);
    private static readonly (byte, byte, byte) Owing = (0xb3, 0x26, 0x1e);
    private static readonly (byte, byte, byte) Rest = (0xe3, 0xdf, 0xd5);

    /// <summary>The Content-ID of the bar of the category at that place, without brackets.</summary>
    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"progress-{index}@mailintake");

    /// <summary>The bars, one for each category, in their order.</summary>
    public static IEnumerable<OutgoingFile> Bars(IReadOnlyList<DigestCategory> categories) =>
        categories.Select((c, i) => new OutgoingFile(
            string.Create(CultureInfo.InvariantCulture, $"progress-{i}.png"), "image/png", Bar(c.Units, c.Complete, c.Review, c.Owing), IdOf(i)));

    /// <summary>One bar; shares that do not add up to the number of units are cut at its end.</summary>
    public static byte[] Bar(int units, int complete, int review, int owing)
    {
        var pixels = new byte[3 * Width * Height];
        var edges = new[] { complete, complete + review, complete + review + owing }
            .Select(sum => units == 0 ? 0 : (int)Math.Round((double)Width * Math.Min(sum, units) / units)).ToArray();
        for (var x = 0; x < Width; x++)
        {
            var (red, green, blue) = x < edges[0] ? Complete : x < edges[1] ? Review : x < edges[2] ? Owing : Rest;
            for (var y = 0; y < Height; y++)
            {
                var at = 3 * ((y * Width) + x);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (red, green, blue);
            }
        }

        return PngWriter.Write(pixels, Width, Height);
    }

    /// <summary>The bar in words, for readers that show no pictures.</summary>
    public static string InWords(DigestCategory category) =>
        $"{category.Name}{category.Units}个单位：材料已齐{category.Complete}个，待核对{category.Review}个，尚缺或需补正{category.Owing}个";
}
