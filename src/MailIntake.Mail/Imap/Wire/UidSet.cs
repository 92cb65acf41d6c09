using System.Globalization;
using System.Text;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>
/// Writes UIDs as sequence sets (RFC 3501 section 9, sequence-set). UIDs that follow each other in the folder become a range,
/// whatever lies between them, since nothing does; so a window is mostly one range.
/// </summary>
internal static class UidSet
{
    /// <summary>A set's length at most, so that a command stays near the 1,000 octets of RFC 2683 section 3.2.1.5.</summary>
    public const int MaxLength = 900;

    /// <summary>One set and the UIDs that it asks for.</summary>
    public readonly record struct Part(string Set, IReadOnlyList<uint> Uids);

    /// <summary>The wanted UIDs, rising, in as many sets as needed.</summary>
    /// <param name="wanted">UIDs to ask for, in any order; repeats count once.</param>
    /// <param name="folder">All UIDs of the folder, rising.</param>
    /// <param name="maxLength">A set's length at most.</param>
    public static IEnumerable<Part> Split(IReadOnlyList<uint> wanted, IReadOnlyList<uint> folder, int maxLength = MaxLength)
    {
        var rising = wanted.Distinct().Order().ToArray();
        var position = rising.Length == 0 ? 0 : FirstFrom(folder, rising[0]);
        var set = new StringBuilder();
        var asked = new List<uint>();
        for (var i = 0; i < rising.Length;)
        {
            var last = i;
            while (position < folder.Count && folder[position] < rising[i])
            {
                position++;
            }

            if (position < folder.Count && folder[position] == rising[i])
            {
                while (last + 1 < rising.Length && position + 1 < folder.Count && folder[position + 1] == rising[last + 1])
                {
                    last++;
                    position++;
                }
            }

            var range = last == i
                ? rising[i].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{rising[i]}:{rising[last]}");
            if (set.Length + range.Length + 1 > maxLength)
            {
                yield return new Part(set.ToString(), [.. asked]);
                set.Clear();
                asked.Clear();
            }

            set.Append(set.Length > 0 ? "," : "").Append(range);
            asked.AddRange(rising[i..(last + 1)]);
            i = last + 1;
        }

        if (asked.Count > 0)
        {
            yield return new Part(set.ToString(), [.. asked]);
        }
    }

    /// <summary>Where a UID stands in the folder, or would: a window late in a large folder need not walk all that lies before.</summary>
    private static int FirstFrom(IReadOnlyList<uint> folder, uint uid)
    {
        int low = 0, high = folder.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = folder[middle] < uid ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
