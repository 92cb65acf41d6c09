using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MailIntake.Domain.Similarity;

/// <summary>
/// A text in 132 bytes: how many shingles of five characters it has, and a sample of 128 of them, the least hash in each of 128 bins
/// (MinHash by one permutation, Li et al. 2012; empty bins borrow from others, Shrivastava 2017), of which eight bits are kept (Li and
/// König 2010). Two texts agree in as great a share of the 128 as the shingles that they share are of all that they have.
/// Shingles that lie in common stretches do not count.
/// </summary>
public sealed class TextSignature
{
    /// <summary>Version of the method; signatures of another are not to be compared.</summary>
    public const int Version = 2;

    /// <summary>Bytes of a signature.</summary>
    public const int Size = Bins + sizeof(int);

    private const int Bins = 128;
    private const int Shingle = 5;

    /// <summary>Shingles below which a text says too little to resemble another.</summary>
    private const int Least = 100;

    /// <summary>Bits of the map by which different shingles are counted: four for each that the longest text may have give or take a percent.</summary>
    private const int MapBits = 1 << 15;

    private readonly byte[] _values;
    private readonly int _count;

    private TextSignature(byte[] values, int count) => (_values, _count) = (values, count);

    /// <summary>Signs a text; null where too little of it is its own: fewer than 100 shingles.</summary>
    public static TextSignature? Of(ComparableText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<uint> least = stackalloc uint[Bins];
        Span<ulong> map = stackalloc ulong[MapBits / 64];
        least.Fill(uint.MaxValue);
        map.Clear();
        for (var shingles = new Shingles(text.Key, Shingle); shingles.MoveNext();)
        {
            if (text.Common is null || text.Common.AsSpan(shingles.At, Shingle).Contains(false))
            {
                var hash = shingles.Hash;
                ref var bin = ref least[(int)(hash >> 57)];
                bin = Math.Min(bin, (uint)hash);
                map[(int)(hash >> 32) & ((MapBits / 64) - 1)] |= 1UL << (int)(hash >> 48);
            }
        }

        var count = Count(map);
        if (count < Least)
        {
            return null;
        }

        var values = new byte[Bins];
        for (var i = 0; i < Bins; i++)
        {
            values[i] = (byte)least[Lender(least, i)];
        }

        return new TextSignature(values, count);
    }

    /// <summary>The signature of <see cref="ToBytes"/>; null where the bytes are none.</summary>
    public static TextSignature? From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size && BinaryPrimitives.ReadInt32LittleEndian(bytes[Bins..]) is >= Least and var count
            ? new TextSignature(bytes[..Bins].ToArray(), count)
            : null;

    /// <summary>The sample, and behind it the number of shingles, least significant byte first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        _values.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Bins), _count);
        return bytes;
    }

    /// <summary>
    /// The share of the smaller text's shingles that the other has too, 0 to 1, give or take a tenth: a small text within a large one
    /// is not like it, and is contained in it.
    /// </summary>
    public double Containment(TextSignature other)
    {
        var likeness = Likeness(other);
        return Math.Min(1, likeness / (1 + likeness) * (_count + other._count) / Math.Min(_count, other._count));
    }

    /// <summary>The share of common shingles among all of both, 0 to 1, give or take 0.04.</summary>
    public double Likeness(TextSignature other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // Vectors of 16 bytes are compiled ahead on every machine; wider ones only once the program runs.
        ref var mine = ref MemoryMarshal.GetArrayDataReference(_values);
        ref var theirs = ref MemoryMarshal.GetArrayDataReference(other._values);
        var equal = Vector128<byte>.Zero;
        for (nuint i = 0; i < Bins; i += (nuint)Vector128<byte>.Count)
        {
            equal -= Vector128.Equals(Vector128.LoadUnsafe(ref mine, i), Vector128.LoadUnsafe(ref theirs, i));
        }

        // One of 256 agrees by chance.
        return Math.Max(0, ((Vector128.Sum(equal) / (double)Bins) - (1 / 256.0)) / (255 / 256.0));
    }

    /// <summary>How many different shingles set the bits of a map, in which some fell on the same bit (linear counting).</summary>
    private static int Count(ReadOnlySpan<ulong> map)
    {
        var set = 0;
        foreach (var bits in map)
        {
            set += BitOperations.PopCount(bits);
        }

        return (int)Math.Round(-MapBits * Math.Log(1 - ((double)set / MapBits)));
    }

    /// <summary>The bin whose value one takes: its own, or where it is empty the first of a row of its own that is not.</summary>
    private static int Lender(ReadOnlySpan<uint> least, int bin)
    {
        var lender = bin;
        for (var attempt = 1UL; least[lender] == uint.MaxValue; attempt++)
        {
            lender = (int)(Shingles.Mix(((ulong)bin << 32) + attempt) % Bins);
        }

        return lender;
    }
}
