using MailIntake.Documents.Text;

namespace MailIntake.Documents.Forms;

/// <summary>A label in its place on the page; it may have been broken over several lines or spaced apart.</summary>
/// <param name="Field">The field, or null for a box that ends the form (意见、签字、盖章).</param>
/// <param name="Parts">Its pieces.</param>
internal sealed record PlacedLabel(string? Field, IReadOnlyList<PlacedText> Parts)
{
    /// <summary>Labels of many pieces that are looked for in one document: each looks through all pieces, and a page of nothing but beginnings of labels is no form.</summary>
    private const int MostSearches = 400;

    /// <summary>Left edge.</summary>
    public double X0 { get; } = Parts.Min(part => part.X0);

    /// <summary>Right edge.</summary>
    public double X1 { get; } = Parts.Max(part => part.X1);

    /// <summary>Top edge.</summary>
    public double Y0 { get; } = Parts.Min(part => part.Y0);

    /// <summary>Bottom edge.</summary>
    public double Y1 { get; } = Parts.Max(part => part.Y1);

    /// <summary>Middle between top and bottom.</summary>
    public double MiddleY => (Y0 + Y1) / 2;

    /// <summary>Finds the labels among pieces of text; pieces of a label are taken out of the list.</summary>
    public static List<PlacedLabel> FindAll(List<PlacedText> pieces, FormLabel labels)
    {
        var found = new List<PlacedLabel>();
        var used = new HashSet<PlacedText>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<string>();
        var plain = pieces.ConvertAll(piece => FormLabel.Plain(piece.Text));
        var searches = MostSearches;
        foreach (var (label, field) in labels.All)
        {
            if (taken.Contains(field))
            {
                continue;
            }

            for (var i = 0; i < pieces.Count; i++)
            {
                if (!used.Contains(pieces[i]) && Assemble(label, i, pieces, plain, used, ref searches) is { } parts)
                {
                    found.Add(new PlacedLabel(field, parts));
                    used.UnionWith(parts);
                    taken.Add(field);
                    break;
                }
            }
        }

        foreach (var piece in pieces)
        {
            if (!used.Contains(piece) && FormLabel.IsStop(piece.Text))
            {
                found.Add(new PlacedLabel(null, [piece]));
                used.Add(piece);
            }
        }

        pieces.RemoveAll(used.Contains);
        return found;
    }

    private static List<PlacedText>? Assemble(string label, int start, List<PlacedText> pieces, List<string> plain, HashSet<PlacedText> used, ref int searches)
    {
        var parts = new List<PlacedText>();
        var next = start;
        var rest = label.AsSpan();
        while (true)
        {
            if (plain[next].Length == 0 || !rest.StartsWith(plain[next], StringComparison.Ordinal))
            {
                return null;
            }

            parts.Add(pieces[next]);
            rest = rest[plain[next].Length..];
            if (rest.IsEmpty)
            {
                return parts;
            }

            if (--searches < 0)
            {
                return null;
            }

            var last = pieces[next];
            var first = parts[0];
            var best = -1;
            for (var i = 0; i < pieces.Count; i++)
            {
                var piece = pieces[i];
                if (plain[i].Length == 0 || !rest.StartsWith(plain[i], StringComparison.Ordinal) || used.Contains(piece) || parts.Contains(piece))
                {
                    continue;
                }

                var beside = Math.Abs(piece.MiddleY - last.MiddleY) < last.Height * 0.4 && piece.X0 >= last.X1 - 1 && piece.X0 - last.X1 < last.Height * 3;
                var below = piece.Y0 > last.MiddleY && piece.Y0 - last.Y1 < last.Height && piece.X0 < first.X1 + 1 && piece.X1 > first.X0 - 1;
                if ((beside || below) && (best < 0 || piece.Y0 < pieces[best].Y0))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return null;
            }

            next = best;
        }
    }
}
