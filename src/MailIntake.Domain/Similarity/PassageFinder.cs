namespace MailIntake.Domain.Similarity;

/// <summary>
/// Finds the passages that two texts share. A passage goes on over a changed name or number of up to <see cref="Gap"/> letters;
/// stretches of the notice and of templates do not count as shared.
/// </summary>
public static class PassageFinder
{
    /// <summary>Equal letters in a row with which a passage begins.</summary>
    private const int Seed = 8;

    /// <summary>Equal letters in a row behind a change.</summary>
    private const int Sync = 3;

    /// <summary>Letters that a change may take, on either side.</summary>
    private const int Gap = 4;

    /// <summary>Equal letters of its own below which a passage is a turn of phrase.</summary>
    private const int Least = 20;

    /// <summary>Places of one seed that are tried: a text that repeats itself must not cost the square of its length.</summary>
    private const int MostPlaces = 8;

    /// <summary>Compares two texts.</summary>
    public static Resemblance Compare(ComparableText text, ComparableText other)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(other);
        if (text.OwnLength >= Least && text.Key == other.Key)
        {
            var (start, otherStart) = (text.Places[0], other.Places[0]);
            return new Resemblance(1, [new SharedPassage(start, text.Places[^1] + 1 - start, otherStart, other.Places[^1] + 1 - otherStart)]);
        }

        var seeds = SeedsOf(other.Key);
        var passages = new List<SharedPassage>();
        var (covered, otherCovered) = (new bool[text.Key.Length], new bool[other.Key.Length]);
        for (var at = 0; at + Seed <= text.Key.Length;)
        {
            var best = Longest(text, other, seeds, at);
            if (best.Own < Least)
            {
                at++;
                continue;
            }

            Cover(text.Key, other.Key, at, best.Start, covered, otherCovered);
            passages.Add(new SharedPassage(
                text.Places[at], text.Places[best.End - 1] + 1 - text.Places[at],
                other.Places[best.Start], other.Places[best.OtherEnd - 1] + 1 - other.Places[best.Start]));
            at = best.End;
        }

        return new Resemblance(
            text.OwnLength <= other.OwnLength ? ShareOf(text, covered) : ShareOf(other, otherCovered),
            passages);
    }

    private static Dictionary<ulong, List<int>> SeedsOf(string key)
    {
        var seeds = new Dictionary<ulong, List<int>>(key.Length);
        for (var at = 0; at + Seed <= key.Length; at++)
        {
            var hash = ShingleHash.Of(key.AsSpan(at, Seed));
            if (!seeds.TryGetValue(hash, out var places))
            {
                seeds.Add(hash, places = []);
            }

            if (places.Count < MostPlaces)
            {
                places.Add(at);
            }
        }

        return seeds;
    }

    private static Match Longest(ComparableText text, ComparableText other, Dictionary<ulong, List<int>> seeds, int at)
    {
        var best = default(Match);
        foreach (var place in seeds.GetValueOrDefault(ShingleHash.Of(text.Key.AsSpan(at, Seed)), []))
        {
            var own = 0;
            var (end, otherEnd) = Walk(text.Key, other.Key, at, place, (i, _) => own += text.IsCommon[i] ? 0 : 1);
            if (own > best.Own)
            {
                best = new Match(place, end, otherEnd, own);
            }
        }

        return best;
    }

    private static void Cover(string key, string other, int at, int start, bool[] covered, bool[] otherCovered) =>
        Walk(key, other, at, start, (i, j) => (covered[i], otherCovered[j]) = (true, true));

    /// <summary>Walks along two keys as long as they agree or a small change is behind; tells each pair of equal letters, and gives the ends.</summary>
    private static (int End, int OtherEnd) Walk(string key, string other, int i, int j, Action<int, int> equal)
    {
        while (true)
        {
            while (i < key.Length && j < other.Length && key[i] == other[j])
            {
                equal(i++, j++);
            }

            if (Behind(key, other, i, j) is not var (nextI, nextJ))
            {
                return (i, j);
            }

            (i, j) = (nextI, nextJ);
        }
    }

    /// <summary>Where the keys agree again behind the least change; null where they do not.</summary>
    private static (int I, int J)? Behind(string key, string other, int i, int j)
    {
        for (var sum = 1; sum <= 2 * Gap; sum++)
        {
            for (var skip = Math.Max(0, sum - Gap); skip <= Math.Min(sum, Gap); skip++)
            {
                var (a, b) = (i + skip, j + sum - skip);
                if (a + Sync <= key.Length && b + Sync <= other.Length && key.AsSpan(a, Sync).SequenceEqual(other.AsSpan(b, Sync)))
                {
                    return (a, b);
                }
            }
        }

        return null;
    }

    private static double ShareOf(ComparableText text, bool[] covered)
    {
        var shared = 0;
        for (var i = 0; i < covered.Length; i++)
        {
            shared += covered[i] && !text.IsCommon[i] ? 1 : 0;
        }

        return text.OwnLength == 0 ? 0 : (double)shared / text.OwnLength;
    }

    /// <param name="Start">Where it begins in the other key.</param>
    /// <param name="End">Behind its last equal letter.</param>
    /// <param name="OtherEnd">The same in the other key.</param>
    /// <param name="Own">Equal letters that are not common.</param>
    private readonly record struct Match(int Start, int End, int OtherEnd, int Own);
}
