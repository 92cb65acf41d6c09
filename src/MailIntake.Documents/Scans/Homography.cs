namespace MailIntake.Documents.Scans;

/// <summary>A flat paper seen from somewhere: where a point of the upright paper stands in the picture.</summary>
internal sealed class Homography
{
    private readonly double[] _h;

    private Homography(double[] h) => _h = h;

    /// <summary>Maps the rectangle from (0, 0) to (width, height) onto four corners: top left, top right, bottom right, bottom left.</summary>
    public static Homography? Of(double width, double height, IReadOnlyList<(double X, double Y)> corners)
    {
        (double X, double Y)[] upright = [(0, 0), (width, 0), (width, height), (0, height)];
        var rows = new double[8, 9];
        for (var i = 0; i < 4; i++)
        {
            var ((x, y), (u, v)) = (upright[i], corners[i]);
            double[] first = [x, y, 1, 0, 0, 0, -u * x, -u * y, u];
            double[] second = [0, 0, 0, x, y, 1, -v * x, -v * y, v];
            for (var j = 0; j < 9; j++)
            {
                (rows[2 * i, j], rows[(2 * i) + 1, j]) = (first[j], second[j]);
            }
        }

        return Solve(rows) is { } h ? new Homography(h) : null;
    }

    /// <summary>Where the point stands in the picture.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        var w = (_h[6] * x) + (_h[7] * y) + 1;
        return (((_h[0] * x) + (_h[1] * y) + _h[2]) / w, ((_h[3] * x) + (_h[4] * y) + _h[5]) / w);
    }

    private static double[]? Solve(double[,] rows)
    {
        for (var column = 0; column < 8; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < 8; row++)
            {
                pivot = Math.Abs(rows[row, column]) > Math.Abs(rows[pivot, column]) ? row : pivot;
            }

            if (Math.Abs(rows[pivot, column]) < 1e-9)
            {
                return null;
            }

            for (var j = 0; j < 9; j++)
            {
                (rows[column, j], rows[pivot, j]) = (rows[pivot, j], rows[column, j]);
            }

            for (var row = 0; row < 8; row++)
            {
                var factor = row == column ? 0 : rows[row, column] / rows[column, column];
                for (var j = column; factor != 0 && j < 9; j++)
                {
                    rows[row, j] -= factor * rows[column, j];
                }
            }
        }

        var h = new double[8];
        for (var i = 0; i < 8; i++)
        {
            h[i] = rows[i, 8] / rows[i, i];
        }

        return h;
    }
}
