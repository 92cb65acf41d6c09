using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MailIntake.Domain.Similarity;

/// <summary>
/// A text in 512 bytes (MinHash, Broder 1997): of each of 128 hash functions the least value over the text's shingles of five
/// characters. Two texts agree in as great a share of the 128 as the shingles that they share are of all that they have.
/// Shingles that lie in common stretches do not count.
/// </summary>
public sealed class TextSignature
{
    /// <summary>Version of the method; signatures of another are not to be compared.</summary>
    public const int Version = 1;

    /// <summary>Hash functions.</summary>
    internal const int Length = 128;

    private const int Shingle = 5;

    /// <summary>Shingles below which a text says too little to resemble another.</summary>
    private const int Least = 100;

    // One function each: (shingle xor mask) times an odd factor, its upper bits folded down. Lanes of a vector work side by side.
    private static readonly uint[] _masks = [.. Enumerable.Range(1, Length).Select(i => (uint)(ShingleHash.Mix((ulong)i * 0x9E3779B97F4A7C15UL) >> 32))];
    private static readonly uint[] _factors = [.. Enumerable.Range(1, Length).Select(i => (uint)ShingleHash.Mix((ulong)i * 0xD1B54A32D192ED03UL) | 1)];

    private readonly uint[] _values;

    private TextSignature(uint[] values) => _values = values;

    /// <summary>The values.</summary>
    internal ReadOnlySpan<uint> Values => _values;

    /// <summary>Signs a text; null where too little of it is its own: fewer than 100 shingles.</summary>
    public static TextSignature? Of(ComparableText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shingles = new HashSet<ulong>(text.Key.Length);
        for (var at = 0; at + Shingle <= text.Key.Length; at++)
        {
            if (text.IsCommon.AsSpan(at, Shingle).Contains(false))
            {
                shingles.Add(ShingleHash.Of(text.Key.AsSpan(at, Shingle)));
            }
        }

        if (shingles.Count < Least)
        {
            return null;
        }

        var values = new uint[Length];
        Array.Fill(values, uint.MaxValue);
        var least = MemoryMarshal.Cast<uint, Vector<uint>>(values.AsSpan());
        var masks = MemoryMarshal.Cast<uint, Vector<uint>>(_masks);
        var factors = MemoryMarshal.Cast<uint, Vector<uint>>(_factors);
        foreach (var shingle in shingles)
        {
            var folded = new Vector<uint>((uint)(shingle >> 32));
            for (var i = 0; i < least.Length; i++)
            {
                var value = (folded ^ masks[i]) * factors[i];
                least[i] = Vector.Min(least[i], value ^ (value >>> 16));
            }
        }

        return new TextSignature(values);
    }

    /// <summary>The signature of <see cref="ToBytes"/>; null where the bytes are none.</summary>
    public static TextSignature? From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length * sizeof(uint))
        {
            return null;
        }

        var values = new uint[Length];
        for (var i = 0; i < Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
        }

        return new TextSignature(values);
    }

    /// <summary>512 bytes, least significant first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length * sizeof(uint)];
        for (var i = 0; i < Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), _values[i]);
        }

        return bytes;
    }

    /// <summary>
    /// The share of the smaller text's shingles that the other has too, 0 to 1, give or take a tenth: a small text within a large one
    /// is not like it, and is contained in it.
    /// </summary>
    public double Containment(TextSignature other)
    {
        var likeness = Likeness(other);
        var (mine, theirs) = (Count(), other.Count());
        return Math.Min(1, likeness / (1 + likeness) * (mine + theirs) / Math.Min(mine, theirs));
    }

    /// <summary>How many shingles the text has: the least of n values spread evenly lies at one part in n + 1 of all.</summary>
    private double Count()
    {
        var sum = 0.0;
        foreach (var value in _values)
        {
            sum += value / (double)uint.MaxValue;
        }

        return Math.Max(1, (Length / Math.Max(sum, 1e-9)) - 1);
    }

    /// <summary>The share of common shingles among all of both, 0 to 1, give or take 0.04.</summary>
    public double Likeness(TextSignature other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var mine = MemoryMarshal.Cast<uint, Vector<uint>>(_values);
        var theirs = MemoryMarshal.Cast<uint, Vector<uint>>(other._values);
        var equal = Vector<uint>.Zero;
        for (var i = 0; i < mine.Length; i++)
        {
            equal -= Vector.Equals(mine[i], theirs[i]);
        }

        return (double)Vector.Sum(equal) / Length;
    }
}
