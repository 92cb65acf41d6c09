using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Scans;

/// <summary>A cell of a table on a flat page, in pixels; edges are inside its lines.</summary>
internal sealed record TableCell(int Left, int Top, int Right, int Bottom);

/// <summary>Finds the cells of the table: what the long lines leave between them.</summary>
internal static class TableCells
{
    // Characters are at most 70 pixels on a flat page: what is longer than two of them is no stroke.
    private const int LongAcross = 150;
    private const int LongDown = 170;
    private const int ShortDown = 36;
    private const int Touches = 1;
    private const int Gap = 14;
    private const int Smallest = 28;
    private const int Rim = 10;

    /// <summary>The cells in reading order, and the lines, which are to be taken out before text is read.</summary>
    public static (List<TableCell> Cells, bool[] Lines) Find(FlatPage page)
    {
        var dark = GrayPicture.PrintOf(page.Picture).Dark(20, 14);
        var lines = WithUpright(Level(dark, page), dark, page);
        var cells = Blobs.Find(lines, page.Ink.Width, wanted: false, diagonal: false).Found
            .Where(blob => blob.Width >= Smallest && blob.Height >= Smallest && blob.Left >= page.Left - Rim && blob.Top >= page.Top - Rim
                && blob.Right <= page.Right + Rim && blob.Bottom <= page.Bottom + Rim && blob.Area > 0.5 * blob.Width * blob.Height)
            .Select(blob => new TableCell(blob.Left, blob.Top, blob.Right, blob.Bottom))
            .OrderBy(cell => cell.Top / 20).ThenBy(cell => cell.Left)
            .ToList();
        return (cells, lines);
    }

    /// <summary>The lines that run across. What each step needs is let go with it: a page is looked at beside others.</summary>
    private static bool[] Level(bool[] dark, FlatPage page)
    {
        var (width, height) = (page.Ink.Width, page.Ink.Height);
        var level = new bool[dark.Length];
        var across = Blobs.Grown(dark, width, 0, 1);
        for (var y = Math.Max(0, page.Top - Rim); y < Math.Min(height, page.Bottom + Rim); y++)
        {
            foreach (var (start, end) in Runs(page.Left - Rim, page.Right + Rim, x => across[(y * width) + x]))
            {
                Mark(end - start >= LongAcross, start - Gap, end + Gap, x => level[(y * width) + x] = true, page.Left - Rim, page.Right + Rim);
            }
        }

        // The frame itself closes whatever the print left open.
        for (var x = page.Left; x <= page.Right; x++)
        {
            Frame(level, width, x, page.Top, 0, 1);
            Frame(level, width, x, page.Bottom, 0, 1);
        }

        return level;
    }

    /// <summary>All lines, those that run down from line to line as well.</summary>
    private static bool[] WithUpright(bool[] level, bool[] dark, FlatPage page)
    {
        var (width, height) = (page.Ink.Width, page.Ink.Height);
        var lines = (bool[])level.Clone();
        var down = Blobs.Grown(dark, width, 1, 0);
        for (var x = Math.Max(0, page.Left - Rim); x < Math.Min(width, page.Right + Rim); x++)
        {
            bool IsLevel(int y) => y >= 0 && y < height && level[(y * width) + x];
            foreach (var (start, end) in Runs(page.Top - Rim, page.Bottom + Rim, y => down[(y * width) + x]))
            {
                // A stroke of a character does not reach from line to line; a line of the table does.
                var meets = Near(IsLevel, start, page) && Near(IsLevel, end - 1, page);
                Mark(end - start >= LongDown || (end - start >= ShortDown && meets), start, end, y => lines[(y * width) + x] = true, page.Top - Rim, page.Bottom + Rim);
            }
        }

        for (var y = page.Top; y <= page.Bottom; y++)
        {
            Frame(lines, width, page.Left, y, 1, 0);
            Frame(lines, width, page.Right, y, 1, 0);
        }

        return lines;
    }

    private static void Frame(bool[] mask, int width, int x, int y, int byX, int byY)
    {
        for (var step = -1; step <= 1; step++)
        {
            mask[((y + (step * byY)) * width) + x + (step * byX)] = true;
        }
    }

    private static bool Near(Func<int, bool> isLevel, int y, FlatPage page)
    {
        if (Math.Abs(y - page.Top) <= Touches || Math.Abs(y - page.Bottom) <= Touches)
        {
            return true;
        }

        for (var step = -Touches; step <= Touches; step++)
        {
            if (isLevel(y + step))
            {
                return true;
            }
        }

        return false;
    }

    private static void Mark(bool isLine, int from, int to, Action<int> mark, int first, int last)
    {
        for (var t = Math.Max(from, first); isLine && t < Math.Min(to, last); t++)
        {
            mark(t);
        }
    }

    /// <summary>Stretches of marks, end exclusive; short breaks inside one are closed where most of it is marked.</summary>
    private static List<(int Start, int End)> Runs(int from, int to, Func<int, bool> isMarked)
    {
        var runs = new List<(int Start, int End)>();
        int start = -1, last = -1, marked = 0;
        for (var t = from; t <= to; t++)
        {
            if (t < to && isMarked(t))
            {
                start = start < 0 ? t : start;
                last = t;
                marked++;
            }
            else if (start >= 0 && (t - last > 4 || t == to))
            {
                if (marked > 0.9 * (last - start + 1))
                {
                    runs.Add((start, last + 1));
                }

                (start, marked) = (-1, 0);
            }
        }

        return runs;
    }
}
