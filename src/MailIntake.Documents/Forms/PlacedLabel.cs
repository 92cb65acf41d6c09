using MailIntake.Documents.Text;

namespace MailIntake.Documents.Forms;

/// <summary>A label in its place on the page; it may have been broken over several lines or spaced apart.</summary>
/// <param name="Field">The field, or null for a box that ends the form (意见、签字、盖章).</param>
/// <param name="Parts">Its pieces.</param>
internal sealed record PlacedLabel(string? Field, IReadOnlyList<PlacedText> Parts)
{
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
        foreach (var (label, field) in labels.All)
        {
            if (taken.Contains(field))
            {
                continue;
            }

            foreach (var start in pieces)
            {
                if (!used.Contains(start) && Assemble(label, start, pieces, used) is { } parts)
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

    private static List<PlacedText>? Assemble(string label, PlacedText start, List<PlacedText> pieces, HashSet<PlacedText> used)
    {
        var parts = new List<PlacedText>();
        var next = start;
        var rest = label.AsSpan();
        while (true)
        {
            var plain = FormLabel.Plain(next.Text);
            if (plain.Length == 0 || !rest.StartsWith(plain, StringComparison.Ordinal))
            {
                return null;
            }

            parts.Add(next);
            rest = rest[plain.Length..];
            if (rest.IsEmpty)
            {
                return parts;
            }

            var last = next;
            var first = parts[0];
            PlacedText? best = null;
            foreach (var piece in pieces)
            {
                if (used.Contains(piece) || parts.Contains(piece) || !rest.StartsWith(FormLabel.Plain(piece.Text), StringComparison.Ordinal) || FormLabel.Plain(piece.Text).Length == 0)
                {
                    continue;
                }

                var beside = Math.Abs(piece.MiddleY - last.MiddleY) < last.Height * 0.4 && piece.X0 >= last.X1 - 1 && piece.X0 - last.X1 < last.Height * 3;
                var below = piece.Y0 > last.MiddleY && piece.Y0 - last.Y1 < last.Height && piece.X0 < first.X1 + 1 && piece.X1 > first.X0 - 1;
                if ((beside || below) && (best is null || piece.Y0 < best.Y0))
                {
                    best = piece;
                }
            }

            if (best is null)
            {
                return null;
            }

            next = best;
        }
    }
}
