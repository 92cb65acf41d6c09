namespace MailIntake.Mail.Mime;

/// <summary>
/// The boundaries of the multiparts that are open (RFC 2046, 5.1.1). A line belongs to the innermost that it names as a
/// whole word, so that one boundary may begin with another.
/// </summary>
internal sealed class BoundaryStack(Action<int, int>? passedOver)
{
    private const int Window = 1024 * 1024;

    private readonly List<byte[]> _open = [];

    public int Count => _open.Count;

    public void Push(byte[] boundary) => _open.Add(boundary);

    public void Pop() => _open.RemoveAt(_open.Count - 1);

    /// <summary>The next boundary line at or after <paramref name="from"/>, which is the beginning of a line; the end of the bytes where there is none.</summary>
    public BoundaryHit Scan(ReadOnlySpan<byte> span, int from)
    {
        var position = from;
        while (_open.Count > 0 && position < span.Length)
        {
            var window = span[position..Math.Min(position + Window, span.Length)];
            var found = window.IndexOf("--"u8);
            if (found < 0)
            {
                passedOver?.Invoke(position, window.Length);

                // The two dashes may stand on both sides of the end of the window.
                position += Math.Max(window.Length - 1, 1);
                continue;
            }

            var dashes = position + found;
            if ((dashes == from || span[dashes - 1] is (byte)'\n' or (byte)'\r') && TryMatch(span, dashes, out var hit))
            {
                return hit;
            }

            var rest = span[(dashes + 2)..].IndexOfAnyExcept((byte)'-');
            if (rest < 0)
            {
                break;
            }

            position = dashes + 2 + rest;
        }

        return BoundaryHit.End(span.Length);
    }

    /// <summary>Whether the line at <paramref name="lineStart"/> is a boundary line of one of the open multiparts.</summary>
    public bool TryMatch(ReadOnlySpan<byte> span, int lineStart, out BoundaryHit hit)
    {
        hit = default;
        if (!span[lineStart..].StartsWith("--"u8))
        {
            return false;
        }

        var rest = span[(lineStart + 2)..];
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var boundary = _open[i];
            if (!rest.StartsWith(boundary))
            {
                continue;
            }

            var after = lineStart + 2 + boundary.Length;
            if (IsLineEnd(span, after, out var next))
            {
                hit = new BoundaryHit(lineStart, next, i, false);
                return true;
            }

            if (span[after..].StartsWith("--"u8) && IsLineEnd(span, after + 2, out next))
            {
                hit = new BoundaryHit(lineStart, next, i, true);
                return true;
            }
        }

        return false;
    }

    private static bool IsLineEnd(ReadOnlySpan<byte> span, int position, out int next)
    {
        next = position;
        if (position >= span.Length)
        {
            return true;
        }

        // Padding may follow, and behind it what was left by a server (RFC 2046, 5.1.1: the beginning of the line is compared).
        if (span[position] is not ((byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t'))
        {
            return false;
        }

        HeaderScanner.LineEnd(span, position, out next);
        return true;
    }
}

/// <summary>A boundary line: where it stands, where the next line begins, which multipart it belongs to (-1 at the end of the bytes).</summary>
internal readonly record struct BoundaryHit(int LineStart, int Next, int Index, bool IsClose)
{
    public static BoundaryHit End(int length) => new(length, length, -1, false);
}
