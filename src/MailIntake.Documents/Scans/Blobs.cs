namespace MailIntake.Documents.Scans;

/// <summary>Pixels that hang together, and the box around them; edges are inclusive left and top, exclusive right and bottom.</summary>
internal sealed class Blob
{
    public int Left { get; set; } = int.MaxValue;

    public int Top { get; set; } = int.MaxValue;

    public int Right { get; set; }

    public int Bottom { get; set; }

    /// <summary>How many pixels.</summary>
    public int Area { get; set; }

    public int Width => Right - Left;

    public int Height => Bottom - Top;
}

/// <summary>Finds what hangs together in a mask.</summary>
internal static class Blobs
{
    /// <summary>The blobs of a mask (of its unmarked pixels where <paramref name="wanted"/> is false), ordered by their first pixels.</summary>
    /// <param name="mask">Marks, row by row.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="wanted">Which pixels hang together.</param>
    /// <param name="diagonal">Also across corners.</param>
    public static BlobMap Find(bool[] mask, int width, bool wanted, bool diagonal)
    {
        // Runs of pixels are joined, and not pixels: a page has a hundredth as many, and a number for each pixel would be as large as the picture.
        var (runs, parents, corner) = (new List<PixelRun>(), new List<int>(), diagonal ? 1 : 0);
        var (above, here) = (0, 0);
        for (var row = 0; row < mask.Length; row += width)
        {
            Append(mask.AsSpan(row, width), row, wanted, runs, parents);
            var from = above;
            for (var run = here; run < runs.Count; run++)
            {
                var (start, end) = (runs[run].Start - width, runs[run].End - width);
                while (from < here && runs[from].End + corner <= start)
                {
                    from++;
                }

                for (var touching = from; touching < here && runs[touching].Start < end + corner; touching++)
                {
                    Join(parents, touching, run);
                }
            }

            (above, here) = (here, runs.Count);
        }

        return Numbered(runs, parents, width);
    }

    /// <summary>A mask grown by so many pixels to all sides (a square).</summary>
    public static bool[] Grown(bool[] mask, int width, int byX, int byY)
    {
        var height = mask.Length / width;
        var wide = new bool[mask.Length];
        for (var y = 0; y < height; y++)
        {
            var until = -1;
            for (var x = 0; x < width + byX; x++)
            {
                if (x < width && mask[(y * width) + x])
                {
                    until = x + byX;
                    for (var back = Math.Max(0, x - byX); back < x; back++)
                    {
                        wide[(y * width) + back] = true;
                    }
                }

                if (x < width && x <= until)
                {
                    wide[(y * width) + x] = true;
                }
            }
        }

        if (byY == 0)
        {
            return wide;
        }

        var grown = new bool[mask.Length];
        for (var y = 0; y < height; y++)
        {
            for (var from = Math.Max(0, y - byY); from <= Math.Min(height - 1, y + byY); from++)
            {
                for (var x = 0; x < width; x++)
                {
                    grown[(y * width) + x] |= wide[(from * width) + x];
                }
            }
        }

        return grown;
    }

    private static void Append(ReadOnlySpan<bool> row, int first, bool wanted, List<PixelRun> runs, List<int> parents)
    {
        for (var at = 0; at < row.Length;)
        {
            var start = row[at..].IndexOf(wanted);
            if (start < 0)
            {
                return;
            }

            start += at;
            var length = row[start..].IndexOf(!wanted);
            at = length < 0 ? row.Length : start + length;
            parents.Add(runs.Count);
            runs.Add(new PixelRun(first + start, first + at));
        }
    }

    /// <summary>The earlier run stands for both.</summary>
    private static void Join(List<int> parents, int a, int b)
    {
        (a, b) = (Root(parents, a), Root(parents, b));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(List<int> parents, int run)
    {
        while (parents[run] != run)
        {
            run = parents[run] = parents[parents[run]];
        }

        return run;
    }

    private static BlobMap Numbered(List<PixelRun> runs, List<int> parents, int width)
    {
        // A root comes before all that it stands for: what is behind its place is a blob's number already.
        var found = new List<Blob>();
        var numbers = new int[runs.Count];
        for (var run = 0; run < numbers.Length; run++)
        {
            var root = Root(parents, run);
            if (root == run)
            {
                numbers[run] = found.Count;
                found.Add(new Blob());
            }

            numbers[run] = numbers[root];
            var (blob, row, start) = (found[numbers[run]], runs[run].Start / width, runs[run].Start % width);
            var length = runs[run].End - runs[run].Start;
            blob.Area += length;
            (blob.Left, blob.Right) = (Math.Min(blob.Left, start), Math.Max(blob.Right, start + length));
            (blob.Top, blob.Bottom) = (Math.Min(blob.Top, row), row + 1);
        }

        return new BlobMap(found, runs, numbers);
    }
}

/// <summary>Marked pixels side by side in one row.</summary>
/// <param name="Start">Number of the first in the picture.</param>
/// <param name="End">One past the last.</param>
internal readonly record struct PixelRun(int Start, int End);

/// <summary>What hangs together in a mask, and which pixels are of which blob.</summary>
/// <param name="Found">The blobs.</param>
/// <param name="Runs">All marked pixels, in order.</param>
/// <param name="Numbers">For each run the number of its blob.</param>
internal sealed record BlobMap(List<Blob> Found, List<PixelRun> Runs, int[] Numbers)
{
    /// <summary>The pixels of those blobs.</summary>
    public IEnumerable<PixelRun> RunsOf(Func<Blob, bool> isWanted) => Runs.Where((_, run) => isWanted(Found[Numbers[run]]));

    /// <summary>The mask with that blob alone.</summary>
    /// <param name="number">Its place in <see cref="Found"/>.</param>
    /// <param name="pixels">Length of the mask.</param>
    public bool[] MaskOf(int number, int pixels)
    {
        var mask = new bool[pixels];
        for (var run = 0; run < Numbers.Length; run++)
        {
            if (Numbers[run] == number)
            {
                mask.AsSpan(Runs[run].Start, Runs[run].End - Runs[run].Start).Fill(true);
            }
        }

        return mask;
    }
}
