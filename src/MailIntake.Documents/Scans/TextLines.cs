using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Scans;

/// <summary>Cuts a place with text into its lines, which run level on a flat page.</summary>
internal static class TextLines
{
    private const int Ink = 140;
    private const int Lowest = 16;
    private const int Tallest = 92;
    private const int Margin = 5;

    /// <summary>The lines from the top, each as tight as its ink; what cannot be cut (a seal or handwriting between lines) is one tall piece.</summary>
    public static List<TableCell> Of(GrayPicture page, TableCell place)
    {
        var (rows, lines) = (Rows(page, place), new List<TableCell>());
        var top = -1;
        for (var i = 0; i <= rows.Length; i++)
        {
            if (i < rows.Length && rows[i] >= 2)
            {
                top = top < 0 ? i : top;
            }
            else if (top >= 0)
            {
                Add(page, place, place.Top + top, place.Top + i, lines);
                top = -1;
            }
        }

        return Joined(lines);
    }

    /// <summary>A line of the usual height.</summary>
    public static bool IsSingle(TableCell line) => line.Bottom - line.Top <= Tallest + (2 * Margin);

    private static int[] Rows(GrayPicture page, TableCell place)
    {
        var rows = new int[place.Bottom - place.Top];
        for (var y = 0; y < rows.Length; y++)
        {
            foreach (var shade in page.Pixels.AsSpan(((place.Top + y) * page.Width) + place.Left, place.Right - place.Left))
            {
                rows[y] += shade < Ink ? 1 : 0;
            }
        }

        return rows;
    }

    private static void Add(GrayPicture page, TableCell place, int top, int bottom, List<TableCell> lines)
    {
        int left = int.MaxValue, right = -1;
        for (var y = top; y < bottom; y++)
        {
            for (var x = place.Left; x < place.Right; x++)
            {
                if (page.Pixels[(y * page.Width) + x] < Ink)
                {
                    (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
                }
            }
        }

        if (right > left)
        {
            lines.Add(new TableCell(left, top, right, bottom));
        }
    }

    /// <summary>The parts of one character that lie above one another (二, 三, 言) belong to one line.</summary>
    private static List<TableCell> Joined(List<TableCell> parts)
    {
        var lines = new List<TableCell>();
        foreach (var part in parts)
        {
            if (lines.Count > 0 && part.Bottom - lines[^1].Top <= Tallest && (part.Top - lines[^1].Bottom < 9 || part.Bottom - part.Top < Lowest || lines[^1].Bottom - lines[^1].Top < Lowest)
                && part.Top - lines[^1].Bottom < 24)
            {
                var above = lines[^1];
                lines[^1] = new TableCell(Math.Min(above.Left, part.Left), above.Top, Math.Max(above.Right, part.Right), part.Bottom);
            }
            else
            {
                lines.Add(part);
            }
        }

        return [.. lines.Where(line => line.Bottom - line.Top >= Lowest).Select(line => new TableCell(line.Left - Margin, line.Top - Margin, line.Right + Margin, line.Bottom + Margin))];
    }
}
