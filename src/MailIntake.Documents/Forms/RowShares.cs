using MailIntake.Documents.Text;

namespace MailIntake.Documents.Forms;

/// <summary>Shares the lines of the values among the labels at their left, from the top to the bottom.</summary>
internal static class RowShares
{
    /// <summary>For each label the lines that are its own: the split at which values stand best beside their labels.</summary>
    /// <param name="lines">Lines from the top, each as its pieces.</param>
    /// <param name="labels">Labels from the top.</param>
    public static IReadOnlyList<(int From, int To)> Split(List<List<PlacedText>> lines, List<PlacedLabel> labels)
    {
        var count = lines.Count;
        var height = count == 0 ? 1 : lines.Average(line => line[0].Height);

        // best[i, j]: the lowest cost at which the first i labels have the first j lines. Lines above the first label may be nobody's.
        var best = new double[labels.Count + 1, count + 1];
        var from = new int[labels.Count + 1, count + 1];
        for (var j = 0; j <= count; j++)
        {
            best[0, j] = j * height * 0.5;
        }

        for (var i = 1; i <= labels.Count; i++)
        {
            for (var j = 0; j <= count; j++)
            {
                best[i, j] = double.MaxValue;
                for (var k = 0; k <= j; k++)
                {
                    var cost = best[i - 1, k] + Cost(lines, k, j, labels[i - 1], height);
                    if (cost < best[i, j])
                    {
                        best[i, j] = cost;
                        from[i, j] = k;
                    }
                }
            }
        }

        var shares = new (int From, int To)[labels.Count];
        var to = count;
        for (var i = labels.Count; i >= 1; i--)
        {
            shares[i - 1] = (from[i, to], to);
            to = from[i, to];
        }

        return shares;
    }

    private static double Cost(List<List<PlacedText>> lines, int from, int to, PlacedLabel label, double height)
    {
        if (from == to)
        {
            return height * 1.5;
        }

        var top = lines[from].Min(piece => piece.Y0);
        var bottom = lines[to - 1].Max(piece => piece.Y1);
        return Math.Min(Math.Abs(((top + bottom) / 2) - label.MiddleY), Math.Abs(top - label.Y0) + (height * 0.2));
    }
}
