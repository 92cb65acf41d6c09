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
    /// <summary>The blobs of a mask (of its unmarked pixels where <paramref name="wanted"/> is false), and for each pixel the number of its blob, -1 for none.</summary>
    /// <param name="mask">Marks, row by row.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="wanted">Which pixels hang together.</param>
    /// <param name="diagonal">Also across corners.</param>
    public static (List<Blob> Found, int[] Labels) Find(bool[] mask, int width, bool wanted, bool diagonal)
    {
        var height = mask.Length / width;
        var labels = new int[mask.Length];
        Array.Fill(labels, -1);
        var found = new List<Blob>();
        var open = new Stack<int>();
        for (var start = 0; start < mask.Length; start++)
        {
            if (mask[start] != wanted || labels[start] >= 0)
            {
                continue;
            }

            var blob = new Blob();
            labels[start] = found.Count;
            open.Push(start);
            while (open.TryPop(out var at))
            {
                var (x, y) = (at % width, at / width);
                blob.Area++;
                (blob.Left, blob.Right) = (Math.Min(blob.Left, x), Math.Max(blob.Right, x + 1));
                (blob.Top, blob.Bottom) = (Math.Min(blob.Top, y), Math.Max(blob.Bottom, y + 1));
                for (var dy = -1; dy <= 1; dy++)
                {
                    for (var dx = -1; dx <= 1; dx++)
                    {
                        var (nx, ny) = (x + dx, y + dy);
                        if ((dx == 0) == (dy == 0) && (!diagonal || dx == 0))
                        {
                            continue;
                        }

                        var next = (ny * width) + nx;
                        if (nx >= 0 && nx < width && ny >= 0 && ny < height && mask[next] == wanted && labels[next] < 0)
                        {
                            labels[next] = found.Count;
                            open.Push(next);
                        }
                    }
                }
            }

            found.Add(blob);
        }

        return (found, labels);
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
}
