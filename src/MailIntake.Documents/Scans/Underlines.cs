using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Scans;

/// <summary>Finds the lines that a form without a table is filled in on (下划线).</summary>
internal static class Underlines
{
    // Strokes of characters are shorter: at most 70 pixels on a flat page, and 一 is one of them.
    private const int Long = 220;
    private const int Short = 24;
    private const int Step = 2;
    private const int Break = 6;
    private const double Full = 0.85;

    /// <summary>The marks of level lines on a flat page.</summary>
    public static bool[] Of(GrayPicture ink)
    {
        var dark = Blobs.Grown(ink.Dark(20, 14), ink.Width, 0, 1);
        var lines = new bool[dark.Length];
        var rows = Enumerable.Range(0, ink.Height).Select(y => Runs(dark, y * ink.Width, ink.Width)).ToList();
        foreach (var (y, start, end) in rows.SelectMany((runs, y) => runs.Where(run => run.End - run.Start >= Long).Select(run => (y, run.Start, run.End))))
        {
            Array.Fill(lines, true, (y * ink.Width) + start, end - start);
        }

        // A line that is not quite level goes on a row or two higher or lower: down the page, and up again.
        foreach (var y in Enumerable.Range(0, ink.Height).Concat(Enumerable.Range(0, ink.Height).Reverse()))
        {
            foreach (var (start, end) in rows[y])
            {
                if (Meets(lines, ink.Width, y, start) || Meets(lines, ink.Width, y, end - 1))
                {
                    Array.Fill(lines, true, (y * ink.Width) + start, end - start);
                }
            }
        }

        return lines;
    }

    private static bool Meets(bool[] lines, int width, int y, int x)
    {
        for (var row = Math.Max(0, y - Step); row <= y + Step && row < lines.Length / width; row++)
        {
            var (from, to) = (Math.Max(0, x - Break), Math.Min(width, x + Break + 1));
            if (lines.AsSpan((row * width) + from, to - from).Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Stretches of a row, end exclusive, across breaks where most of it is marked; without what is as short as strokes are.</summary>
    private static List<(int Start, int End)> Runs(bool[] dark, int row, int width)
    {
        var runs = new List<(int Start, int End)>();
        int start = -1, last = -1, marked = 0;
        for (var x = 0; x <= width; x++)
        {
            if (x < width && dark[row + x])
            {
                (start, last, marked) = (start < 0 ? x : start, x, marked + 1);
            }
            else if (start >= 0 && (x - last > Break || x == width))
            {
                if (last + 1 - start >= Short && marked > Full * (last + 1 - start))
                {
                    runs.Add((start, last + 1));
                }

                (start, marked) = (-1, 0);
            }
        }

        return runs;
    }
}
