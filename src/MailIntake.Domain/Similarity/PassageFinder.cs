namespace MailIntake.Domain.Similarity;

/// <summary>
/// Finds the passages that two texts share. A passage goes on over a changed name or number of up to <see cref="Gap"/> letters;
/// stretches of the notice and of templates do not count as shared.
/// </summary>
public static class PassageFinder
{
    /// <summary>Equal letters in a row with which a passage begins.</summary>
    private const int Seed = 12;

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

        var seeds = new Seeds(other.Key);
        var passages = new List<SharedPassage>();
        var (covered, otherCovered) = (new bool[text.Key.Length], new bool[other.Key.Length]);
        for (int at = 0, begun = 0; at + Seed <= text.Key.Length;)
        {
            var best = Longest(text, other, seeds, at, begun);
            if (best.Own < Least)
            {
                at++;
                continue;
            }

            Walk(text, other.Key, at, best.Start, covered, otherCovered);
            passages.Add(new SharedPassage(
                text.Places[at], text.Places[best.End - 1] + 1 - text.Places[at],
                other.Places[best.Start], other.Places[best.OtherEnd - 1] + 1 - other.Places[best.Start]));
            at = begun = best.End;
        }

        return new Resemblance(
            text.OwnLength <= other.OwnLength ? ShareOf(text, covered) : ShareOf(other, otherCovered),
            passages);
    }

    private static Match Longest(ComparableText text, ComparableText other, Seeds seeds, int at, int begun)
    {
        var best = default(Match);
        var tried = 0;
        for (var place = seeds.First(text.Key.AsSpan(at, Seed)); place >= 0 && tried < MostPlaces; place = seeds.Next(place), tried++)
        {
            // One letter earlier the same walk was too short already.
            if (at == begun || place == 0 || text.Key[at - 1] != other.Key[place - 1])
            {
                var match = Walk(text, other.Key, at, place, null, null);
                best = match.Own > best.Own ? match : best;
            }
        }

        return best;
    }

    /// <summary>Walks along two keys as long as they agree or a small change is behind; marks equal letters where it is given marks.</summary>
    private static Match Walk(ComparableText text, string other, int i, int j, bool[]? covered, bool[]? otherCovered)
    {
        var (key, start, own) = (text.Key, j, 0);
        while (true)
        {
            for (; i < key.Length && j < other.Length && key[i] == other[j]; i++, j++)
            {
                own += text.IsCommon[i] ? 0 : 1;
                if (covered is not null)
                {
                    (covered[i], otherCovered![j]) = (true, true);
                }
            }

            if (Behind(key, other, i, j) is not var (nextI, nextJ))
            {
                return new Match(start, i, j, own);
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

    /// <summary>Where each seed stands in a key, the first place first; without an object for each.</summary>
    private sealed class Seeds
    {
        private readonly Dictionary<ulong, int> _first;
        private readonly int[] _next;

        public Seeds(string key)
        {
            var count = Math.Max(0, key.Length - Seed + 1);
            _first = new Dictionary<ulong, int>(count);
            _next = new int[count];
            for (var at = count - 1; at >= 0; at--)
            {
                var hash = ShingleHash.Of(key.AsSpan(at, Seed));
                _next[at] = _first.TryGetValue(hash, out var later) ? later : -1;
                _first[hash] = at;
            }
        }

        public int First(ReadOnlySpan<char> seed) => _first.TryGetValue(ShingleHash.Of(seed), out var at) ? at : -1;

        public int Next(int place) => _next[place];
    }
}
