namespace MailIntake.Documents.Seals;

/// <summary>What stands around a point that may be the middle of a round seal, ring by ring; shares are 0 to 1 of what can be seen.</summary>
/// <param name="X">The middle.</param>
/// <param name="Y">The middle.</param>
/// <param name="Radius">Of the ring, in pixels.</param>
internal sealed record SealCircle(double X, double Y, double Radius)
{
    private const int Rays = 144;
    private const int Sectors = 24;
    private const int RaysOfSector = Rays / Sectors;

    /// <summary>How many of 24 sectors lie on the paper.</summary>
    public int Seen { get; private init; }

    /// <summary>How many of those have their ring.</summary>
    public int Covered { get; private init; }

    /// <summary>How many sectors in a row have it.</summary>
    public int Run { get; private init; }

    /// <summary>Red just outside the ring.</summary>
    public double Outside { get; private init; }

    /// <summary>Thickness of the ring, as a share of the radius.</summary>
    public double Thickness { get; private init; }

    /// <summary>Red just inside the ring, where paper parts it from the letters.</summary>
    public double Gap { get; private init; }

    /// <summary>Red where the letters stand.</summary>
    public double Letters { get; private init; }

    /// <summary>Sectors with letters in them.</summary>
    public int Lettered { get; private init; }

    /// <summary>Strokes that a walk through the letters meets, over the sectors seen, as if all 24 were.</summary>
    public double Strokes { get; private init; }

    /// <summary>Red in the middle.</summary>
    public double Star { get; private init; }

    /// <summary>Red in the very middle.</summary>
    public double Core { get; private init; }

    /// <summary>Red between the star and the letters.</summary>
    public double Moat { get; private init; }

    private double Cover => (double)Covered / Math.Max(Seen, 1);

    /// <summary>Many short strokes side by side, as a name along the ring makes them; a sign in the middle of a logo makes few.</summary>
    private bool HasLetters => Letters is >= 0.03 and < 0.62 && Lettered >= Math.Max(4, Seen * 0.3) && Strokes >= 12;

    /// <summary>A star is solid in its middle, as a date or other writing there is not, and stands apart.</summary>
    private bool HasStar => Core >= 0.65 && Star is >= 0.2 and < 0.95 && Star > Moat * 1.3;

    /// <summary>A thin line around white: neither a disc nor the edge of something larger.</summary>
    private bool IsRing => Outside < 0.16 && Thickness < 0.17 && Gap < 0.55 && Gap < (HasStar ? 0.45 : 0.3) + Letters;

    /// <summary>It lies across the edge of the paper or the picture.</summary>
    private bool IsCut => Seen <= 21;

    /// <summary>
    /// It is a seal: a ring as far as the paper reaches, or a long part of one (where the paper ends is not always to be seen), with the
    /// letters of a name along it, and a star in the middle or nothing but letters.
    /// </summary>
    public bool IsSeal => IsRing && HasLetters
        && (HasStar ? (Seen >= 10 && Cover >= 0.66) || (IsCut && Run >= 9 && Cover >= 0.5)
            : Seen >= 10 && Cover >= 0.88 && Lettered >= Math.Max(6, Seen * 0.37) && Strokes >= 15 && Outside < 0.08 && Gap < 0.3 && Star < 0.2 && Moat < 0.2);

    /// <summary>It may be one: people should look.</summary>
    public bool MayBeSeal => IsRing && Seen >= 9 && Cover >= 0.6 && (HasLetters || HasStar);

    /// <summary>How good it is, to compare; above 0.8 it is beyond doubt.</summary>
    public double Score => Math.Clamp(
        0.42 + (0.3 * Math.Max(Cover, Run / 24.0)) + (HasLetters ? 0.15 : -0.1) + (HasStar ? 0.12 : 0) + (Seen >= 14 ? 0.04 : 0) - (0.8 * Outside) - Math.Max(0, Thickness - 0.12) - (0.15 * Gap), 0, 0.99);

    /// <summary>The radius at which a ring around a point is the fullest, and how full that is, to compare.</summary>
    /// <param name="mask">What is red.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="x">The middle.</param>
    /// <param name="y">The middle.</param>
    /// <param name="smallest">Radius in pixels.</param>
    /// <param name="largest">Radius in pixels.</param>
    public static (int Radius, double Fullness) Ring(bool[] mask, int width, double x, double y, int smallest, int largest)
    {
        var view = new View(mask, mask, width);
        var cover = new double[largest + 2];
        for (var ray = 0; ray < Rays; ray++)
        {
            var (dx, dy) = Direction(ray, Rays);
            for (var r = smallest; r <= largest; r++)
            {
                cover[r] += view.IsRed(x + (r * dx), y + (r * dy)) ? 1 : 0;
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

        return (best, most);
    }

    /// <summary>Looks at what stands around a point, ring by ring.</summary>
    /// <param name="mask">What is red.</param>
    /// <param name="visible">Where red would be seen.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="x">The middle.</param>
    /// <param name="y">The middle.</param>
    /// <param name="radius">Of the ring.</param>
    public static SealCircle At(bool[] mask, bool[] visible, int width, double x, double y, int radius)
    {
        var view = new View(mask, visible, width);
        int seen = 0, covered = 0, thick = 0, rings = 0;
        var isCovered = new bool[Sectors];
        var slack = Math.Max(2.5, radius * 0.07);
        for (var sector = 0; sector < Sectors; sector++)
        {
            int hit = 0, able = 0;
            for (var ray = sector * RaysOfSector; ray < (sector + 1) * RaysOfSector; ray++)
            {
                var (dx, dy) = Direction(ray, Rays);
                var on = 0;
                for (var r = radius - slack; r <= radius + slack; r += 0.5)
                {
                    on += view.IsRed(x + (r * dx), y + (r * dy)) ? 1 : 0;
                }

                able += on > 0 || view.IsVisible(x + (radius * dx), y + (radius * dy)) ? 1 : 0;
                hit += on > 0 ? 1 : 0;
                (thick, rings) = on > 0 ? (thick + on, rings + 1) : (thick, rings);
            }

            isCovered[sector] = able >= RaysOfSector / 2 && hit >= 0.55 * able;
            seen += able >= RaysOfSector / 2 ? 1 : 0;
            covered += isCovered[sector] ? 1 : 0;
        }

        var (lettered, strokes) = LettersOf(view, x, y, radius);
        return new SealCircle(x, y, radius)
        {
            Seen = seen,
            Covered = covered,
            Run = LongestRun(isCovered),
            Outside = view.Density(x, y, radius * 1.12, radius * 1.3),
            Thickness = rings == 0 ? 1 : thick * 0.5 / rings / radius,
            Gap = view.Density(x, y, radius * 0.88, radius * 0.93),
            Letters = view.Density(x, y, radius * 0.58, radius * 0.88),
            Lettered = lettered,
            Strokes = strokes * Sectors / Math.Max(seen, 1.0),
            Star = view.Density(x, y, 0, radius * 0.2),
            Core = view.Density(x, y, 0, radius * 0.09),
            Moat = view.Density(x, y, radius * 0.42, radius * 0.54),
        };
    }

    /// <summary>Sectors with red in the letters' band, and how often a walk along its middle enters red.</summary>
    private static (int Lettered, int Strokes) LettersOf(View view, double x, double y, double radius)
    {
        const int Steps = 360;
        var share = new double[Sectors];
        var strokes = 0;
        foreach (var at in (double[])[0.66, 0.72, 0.78, 0.84])
        {
            var was = false;
            var entered = 0;
            for (var step = 0; step <= Steps; step++)
            {
                var (dx, dy) = Direction(step, Steps);
                var isRed = view.IsRed(x + (at * radius * dx), y + (at * radius * dy));
                entered += isRed && !was ? 1 : 0;
                share[step % Steps * Sectors / Steps] += isRed ? 1 : 0;
                was = isRed;
            }

            strokes = Math.Max(strokes, entered);
        }

        return (share.Count(s => s >= 0.08 * 3 * Steps / Sectors), strokes);
    }

    private static int LongestRun(bool[] isCovered)
    {
        int run = 0, longest = 0;
        for (var i = 0; i < 2 * Sectors; i++)
        {
            run = isCovered[i % Sectors] ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return Math.Min(longest, Sectors);
    }

    private static (double X, double Y) Direction(int step, int steps) => (Math.Cos(step * 2 * Math.PI / steps), Math.Sin(step * 2 * Math.PI / steps));

    private readonly record struct View(bool[] Mask, bool[] Visible, int Width)
    {
        private int Height => Mask.Length / Width;

        public bool IsRed(double x, double y) => IsInside(x, y) && Mask[((int)y * Width) + (int)x];

        public bool IsVisible(double x, double y) => IsInside(x, y) && Visible[((int)y * Width) + (int)x];

        /// <summary>Share of red among what can be seen between two circles.</summary>
        public double Density(double x, double y, double from, double to)
        {
            int red = 0, all = 0;
            for (var py = (int)(y - to); py <= y + to; py++)
            {
                for (var px = (int)(x - to); px <= x + to; px++)
                {
                    var far = ((px - x) * (px - x)) + ((py - y) * (py - y));
                    if (far >= from * from && far <= to * to && IsInside(px, py) && (Visible[(py * Width) + px] || Mask[(py * Width) + px]))
                    {
                        all++;
                        red += Mask[(py * Width) + px] ? 1 : 0;
                    }
                }
            }

            return all == 0 ? 0 : (double)red / all;
        }

        private bool IsInside(double x, double y) => x >= 0 && y >= 0 && x < Width && y < Height;
    }
}
