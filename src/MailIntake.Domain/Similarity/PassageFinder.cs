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
    public static Resemblance Compare(ComparableText text, ComparableText other) => Compare(text, other, 0)!;

    /// <summary>Compares two texts, of which those are wanted that are near-identical; null for others, most of which are known before their end.</summary>
    public static Resemblance? CompareNear(ComparableText text, ComparableText other) =>
        Compare(text, other, Resemblance.NearIdentical) is { IsNearIdentical: true } near ? near : null;

    /// <summary>Compares two texts; null where it was clear before the end that they share less than that.</summary>
    private static Resemblance? Compare(ComparableText text, ComparableText other, double least)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(other);
        if (text.OwnLength >= Least && text.Key == other.Key)
        {
            var (start, otherStart) = (text.Places[0], other.Places[0]);
            return new Resemblance(1, [new SharedPassage(start, text.Places[^1] + 1 - start, otherStart, other.Places[^1] + 1 - otherStart)]);
        }

        var seeds = new SeedTable(other.Key, Seed);
        try
        {
            return Compare(text, other, in seeds, least);
        }
        finally
        {
            seeds.Return();
        }
    }

    private static Resemblance? Compare(ComparableText text, ComparableText other, in SeedTable seeds, double least)
    {
        var matches = new List<(int At, Match Match)>();
        // No passage is counted twice in the first text; in the other it may be.
        var (shared, otherShared, otherCovered) = (0, 0, new bool[other.Key.Length]);
        var (isShorter, wanted) = (text.OwnLength <= other.OwnLength, (int)(least * Math.Min(text.OwnLength, other.OwnLength)));
        var begun = 0;
        for (var starts = new Shingles(text.Key, Seed); starts.MoveNext();)
        {
            var at = starts.At;
            if (at < begun)
            {
                continue;
            }

            // What is left of the first text is all that can still be shared.
            if ((isShorter ? shared : otherShared) + text.Key.Length - at < wanted)
            {
                return null;
            }

            var best = Longest(text, other, in seeds, starts.Hash, at, begun);
            if (best.Own >= Least)
            {
                matches.Add((at, best));
                shared += best.Own;
                otherShared += Cover(text, other, at, best.Start, otherCovered);
                begun = best.End;
            }
        }

        var (length, part) = isShorter ? (text.OwnLength, shared) : (other.OwnLength, otherShared);
        return new Resemblance(length == 0 ? 0 : (double)part / length, [.. matches.Select(m => Passage(text, other, m.At, m.Match))]);
    }

    private static SharedPassage Passage(ComparableText text, ComparableText other, int at, Match match) => new(
        text.Places[at], text.Places[match.End - 1] + 1 - text.Places[at],
        other.Places[match.Start], other.Places[match.OtherEnd - 1] + 1 - other.Places[match.Start]);

    private static Match Longest(ComparableText text, ComparableText other, in SeedTable seeds, ulong seed, int at, int begun)
    {
        var best = default(Match);
        var tried = 0;
        for (var place = seeds.First(seed); place >= 0 && tried < MostPlaces; place = seeds.Next(place), tried++)
        {
            // One letter earlier the same walk was too short already.
            if (at == begun || place == 0 || text.Key[at - 1] != other.Key[place - 1])
            {
                var match = Walk(text, other, at, place);
                best = match.Own > best.Own ? match : best;
            }
        }

        return best;
    }

    /// <summary>Walks along two keys as long as they agree or a small change is behind.</summary>
    private static Match Walk(ComparableText text, ComparableText other, int i, int j)
    {
        var (start, own) = (j, 0);
        while (true)
        {
            var run = text.Key.AsSpan(i).CommonPrefixLength(other.Key.AsSpan(j));
            own += text.Own(i, run);
            (i, j) = (i + run, j + run);
            if (Behind(text.Key, other.Key, i, j) is not var (nextI, nextJ))
            {
                return new Match(start, i, j, own);
            }

            (i, j) = (nextI, nextJ);
        }
    }

    /// <summary>Walks once more and marks the equal letters of the other; gives how many of its own were not marked before.</summary>
    private static int Cover(ComparableText text, ComparableText other, int i, int j, bool[] covered)
    {
        var fresh = 0;
        while (true)
        {
            for (; i < text.Key.Length && j < other.Key.Length && text.Key[i] == other.Key[j]; i++, j++)
            {
                fresh += covered[j] || other.Common?[j] == true ? 0 : 1;
                covered[j] = true;
            }

            if (Behind(text.Key, other.Key, i, j) is not var (nextI, nextJ))
            {
                return fresh;
            }

            (i, j) = (nextI, nextJ);
        }
    }

    /// <summary>Where the keys agree again behind the least change; null where they do not.</summary>
    private static (int I, int J)? Behind(string key, string other, int i, int j)
    {
        Span<ulong> mine = stackalloc ulong[Gap + 1];
        Span<ulong> theirs = stackalloc ulong[Gap + 1];
        var (mineCount, theirCount) = (Syncs(key, i, mine), Syncs(other, j, theirs));
        for (var sum = 1; sum <= 2 * Gap; sum++)
        {
            for (var skip = Math.Max(0, sum - Gap); skip <= Math.Min(sum, Gap); skip++)
            {
                if (skip < mineCount && sum - skip < theirCount && mine[skip] == theirs[sum - skip])
                {
                    return (i + skip, j + sum - skip);
                }
            }
        }

        return null;
    }

    /// <summary>The letters in a row from each place of a gap on, as one number each; gives how many there are before the end.</summary>
    private static int Syncs(string key, int at, Span<ulong> syncs)
    {
        var count = Math.Clamp(key.Length - at - Sync + 1, 0, syncs.Length);
        for (var i = 0; i < count; i++)
        {
            syncs[i] = ((ulong)key[at + i] << 32) | ((ulong)key[at + i + 1] << 16) | key[at + i + 2];
        }

        return count;
    }

    /// <param name="Start">Where it begins in the other key.</param>
    /// <param name="End">Behind its last equal letter.</param>
    /// <param name="OtherEnd">The same in the other key.</param>
    /// <param name="Own">Equal letters that are not common.</param>
    private readonly record struct Match(int Start, int End, int OtherEnd, int Own);
}
