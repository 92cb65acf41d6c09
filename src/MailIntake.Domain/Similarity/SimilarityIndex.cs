namespace MailIntake.Domain.Similarity;

/// <summary>
/// Finds among many signatures those that resemble one, without looking at each: locality-sensitive hashing, 64 bands of two values.
/// Texts that share a quarter of their shingles meet in some band 98 times in 100.
/// </summary>
public sealed class SimilarityIndex
{
    private const int Rows = 2;
    private const int Bands = TextSignature.Length / Rows;

    private readonly IReadOnlyList<TextSignature> _signatures;
    private readonly ulong[][] _keys = new ulong[Bands][];
    private readonly int[][] _positions = new int[Bands][];

    /// <summary>An index over signatures, which are named by their places in the list.</summary>
    public SimilarityIndex(IReadOnlyList<TextSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        _signatures = signatures;
        for (var band = 0; band < Bands; band++)
        {
            _keys[band] = new ulong[signatures.Count];
            _positions[band] = new int[signatures.Count];
            for (var i = 0; i < signatures.Count; i++)
            {
                _keys[band][i] = KeyOf(signatures[i], band);
                _positions[band][i] = i;
            }

            Array.Sort(_keys[band], _positions[band]);
        }
    }

    /// <summary>The places of all signatures that share much with the one, those that share most first, of equals the first in the list first.</summary>
    /// <param name="signature">The one; if it is in the list itself, it is found too.</param>
    /// <param name="least">Least <see cref="TextSignature.Containment"/>, 0 to 1.</param>
    public IReadOnlyList<(int Position, double Containment)> Find(TextSignature signature, double least)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var seen = new HashSet<int>();
        var found = new List<(int Position, double Containment)>();
        for (var band = 0; band < Bands; band++)
        {
            var key = KeyOf(signature, band);
            for (var at = FirstOf(_keys[band], key); at < _keys[band].Length && _keys[band][at] == key; at++)
            {
                var position = _positions[band][at];
                if (seen.Add(position) && _signatures[position].Containment(signature) is var containment && containment >= least)
                {
                    found.Add((position, containment));
                }
            }
        }

        return [.. found.OrderByDescending(f => f.Containment).ThenBy(f => f.Position)];
    }

    private static ulong KeyOf(TextSignature signature, int band) =>
        ((ulong)signature.Values[band * Rows] << 32) | signature.Values[(band * Rows) + 1];

    private static int FirstOf(ulong[] keys, ulong key)
    {
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = keys[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
