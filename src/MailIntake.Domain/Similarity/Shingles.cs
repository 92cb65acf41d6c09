namespace MailIntake.Domain.Similarity;

/// <summary>
/// The hashes of all stretches (shingles) of so many characters in a row, one after the other, each worked out from the one before: what falls
/// out in front is taken away and what comes in is added. The same on every machine and in every version.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="length">Characters of a stretch.</param>
internal ref struct Shingles(ReadOnlySpan<char> text, int length)
{
    /// <summary>Odd, so that no bit of a character is lost by multiplying.</summary>
    private const ulong Factor = 0x9E3779B97F4A7C15UL;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ulong _leaving = Power(length);
    private ulong _sum = Begin(text, length);

    /// <summary>Where the stretch begins; -1 before the first.</summary>
    public int At { get; private set; } = -1;

    /// <summary>Its hash, every bit of which depends on all its characters.</summary>
    public readonly ulong Hash => Mix(_sum);

    /// <summary>Goes on to the next; false behind the last.</summary>
    public bool MoveNext()
    {
        var last = At + length;
        if (last >= _text.Length)
        {
            return false;
        }

        _sum = (_sum * Factor) + _text[last] - (At < 0 ? 0 : _leaving * _text[At]);
        At++;
        return true;
    }

    /// <summary>Spreads every bit over all (the finaliser of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private static ulong Begin(ReadOnlySpan<char> text, int length)
    {
        var sum = 0UL;
        foreach (var c in text[..Math.Min(text.Length, length - 1)])
        {
            sum = (sum * Factor) + c;
        }

        return sum;
    }

    private static ulong Power(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
        {
            power *= Factor;
        }

        return power;
    }
}
