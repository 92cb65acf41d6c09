using System.Buffers;
using System.Numerics;

namespace MailIntake.Domain.Similarity;

/// <summary>
/// Where each seed, so many letters in a row, stands in a key, the first place first. Two seeds of one hash are taken for equal;
/// that is once in billions and costs a walk.
/// </summary>
internal readonly ref struct SeedTable
{
    private readonly int[] _rented;
    private readonly Span<int> _first;
    private readonly Span<int> _next;
    private readonly Span<int> _hashes;

    /// <summary>The table of a key. <see cref="Return"/> gives its memory back.</summary>
    public SeedTable(string key, int length)
    {
        var count = Math.Max(0, key.Length - length + 1);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)count + 1);
        _rented = ArrayPool<int>.Shared.Rent(size + (2 * count));
        _first = _rented.AsSpan(0, size);
        _next = _rented.AsSpan(size, count);
        _hashes = _rented.AsSpan(size + count, count);
        for (var seeds = new Shingles(key, length); seeds.MoveNext();)
        {
            _hashes[seeds.At] = (int)seeds.Hash;
        }

        _first.Fill(-1);
        for (var at = count - 1; at >= 0; at--)
        {
            ref var first = ref _first[_hashes[at] & (size - 1)];
            (_next[at], first) = (first, at);
        }
    }

    /// <summary>The first place of the seed with that hash; -1 where there is none.</summary>
    public int First(ulong hash) => Find(_first[(int)hash & (_first.Length - 1)], (int)hash);

    /// <summary>The next place of the seed at a place; -1 behind the last.</summary>
    public int Next(int place) => Find(_next[place], _hashes[place]);

    /// <summary>Gives the memory back; the table is of no use afterwards.</summary>
    public void Return() => ArrayPool<int>.Shared.Return(_rented);

    private int Find(int place, int hash)
    {
        while (place >= 0 && _hashes[place] != hash)
        {
            place = _next[place];
        }

        return place;
    }
}
