namespace MailIntake.Documents.Seals;

/// <summary>What stands around a point that may be the middle of a round seal, ring by ring.</summary>
/// <param name="X">The middle.</param>
/// <param name="Y">The middle.</param>
/// <param name="Radius">Of the ring, in pixels.</param>
/// <param name="Sectors">How many of twelve sectors have their ring.</param>
/// <param name="Seen">How many of twelve lie on the page.</param>
/// <param name="Outside">Share of red just outside the ring.</param>
/// <param name="Thickness">Of the ring, as a share of the radius.</param>
/// <param name="Letters">Share of red where the letters stand.</param>
/// <param name="Star">Share of red in the middle.</param>
internal sealed record SealCircle(double X, double Y, double Radius, int Sectors, int Seen, double Outside, double Thickness, double Letters, double Star)
{
    private const int Rays = 144;
    private const int RaysOfSector = Rays / 12;

    /// <summary>It is a seal: nearly a whole ring, thin, little red around it, and letters or a star inside.</summary>
    public bool IsSeal =>
        Seen >= 6 && Sectors >= Math.Min(8, (Seen * 3) / 4) && Outside < 0.16 && Thickness < 0.17 && (Letters is >= 0.03 and < 0.62 || Star >= 0.12) && Star < 0.9 && Letters < 0.7;

    /// <summary>How good it is, to compare; above 0.8 it is beyond doubt.</summary>
    public double Score =>
        Math.Clamp(0.35 + (0.045 * Sectors * 12 / Math.Max(Seen, 1)) + (Letters is >= 0.05 and < 0.5 ? 0.08 : -0.1) + (Star >= 0.12 ? 0.08 : 0) - (1.5 * Outside) - Math.Max(0, Thickness - 0.1), 0, 0.99);

    /// <summary>Looks around a point; the best radius between the bounds.</summary>
    public static SealCircle At(bool[] mask, int width, double x, double y, int smallest, int largest)
    {
        var height = mask.Length / width;
        var cover = new double[largest + 2];
        for (var ray = 0; ray < Rays; ray++)
        {
            var (dx, dy) = (Math.Cos(ray * 2 * Math.PI / Rays), Math.Sin(ray * 2 * Math.PI / Rays));
            for (var r = smallest; r <= largest; r++)
            {
                cover[r] += Is(mask, width, height, x + (r * dx), y + (r * dy)) ? 1 : 0;
            }
        }

        var best = smallest + 1;
        double most = -1;
        for (var r = smallest + 1; r < largest; r++)
        {
            // The ring is the outermost: letters inside cover less, and what is around it is white.
            var value = cover[r - 1] + cover[r] + cover[r + 1] + (0.15 * r / largest * Rays);
            (best, most) = value > most ? (r, value) : (best, most);
        }

        return Judge(mask, width, height, x, y, best);
    }

    private static SealCircle Judge(bool[] mask, int width, int height, double x, double y, int radius)
    {
        int sectors = 0, seen = 0, thick = 0, rings = 0;
        var slack = Math.Max(2.5, radius * 0.07);
        for (var sector = 0; sector < 12; sector++)
        {
            int hit = 0, visible = 0;
            for (var ray = sector * RaysOfSector; ray < (sector + 1) * RaysOfSector; ray++)
            {
                var (dx, dy) = (Math.Cos(ray * 2 * Math.PI / Rays), Math.Sin(ray * 2 * Math.PI / Rays));
                if (!IsInside(width, height, x + (radius * dx), y + (radius * dy)))
                {
                    continue;
                }

                visible++;
                var on = 0;
                for (var r = radius - slack; r <= radius + slack; r += 0.5)
                {
                    on += Is(mask, width, height, x + (r * dx), y + (r * dy)) ? 1 : 0;
                }

                hit += on > 0 ? 1 : 0;
                (thick, rings) = on > 0 ? (thick + on, rings + 1) : (thick, rings);
            }

            seen += visible >= RaysOfSector / 2 ? 1 : 0;
            sectors += visible >= RaysOfSector / 2 && hit >= 0.55 * visible ? 1 : 0;
        }

        return new SealCircle(
            x, y, radius, sectors, seen,
            Density(mask, width, height, x, y, radius * 1.12, radius * 1.35),
            rings == 0 ? 1 : thick * 0.5 / rings / radius,
            Density(mask, width, height, x, y, radius * 0.58, radius * 0.88),
            Density(mask, width, height, x, y, 0, radius * 0.26));
    }

    private static double Density(bool[] mask, int width, int height, double x, double y, double from, double to)
    {
        int red = 0, all = 0;
        for (var py = (int)(y - to); py <= y + to; py++)
        {
            for (var px = (int)(x - to); px <= x + to; px++)
            {
                var far = ((px - x) * (px - x)) + ((py - y) * (py - y));
                if (far >= from * from && far <= to * to && IsInside(width, height, px, py))
                {
                    all++;
                    red += mask[(py * width) + px] ? 1 : 0;
                }
            }
        }

        return all == 0 ? 0 : (double)red / all;
    }

    private static bool IsInside(int width, int height, double x, double y) => x >= 0 && y >= 0 && x < width && y < height;

    private static bool Is(bool[] mask, int width, int height, double x, double y) => IsInside(width, height, x, y) && mask[((int)y * width) + (int)x];
}
