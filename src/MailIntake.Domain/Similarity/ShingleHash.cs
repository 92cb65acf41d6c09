namespace MailIntake.Domain.Similarity;

/// <summary>A hash of a few characters, the same on every machine and in every version: FNV-1a over UTF-16 units with a final mix.</summary>
internal static class ShingleHash
{
    public static ulong Of(ReadOnlySpan<char> shingle)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in shingle)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>Spreads every bit over all (the finaliser of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
