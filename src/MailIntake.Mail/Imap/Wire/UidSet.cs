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

    /// <summary>One set and the UIDs that it asks for, rising.</summary>
    public sealed record Part(string Set, uint[] Uids);

    /// <summary>The wanted UIDs, rising, in as many sets as needed.</summary>
    /// <param name="wanted">UIDs to ask for, in any order; repeats count once.</param>
    /// <param name="folder">All UIDs of the folder, rising.</param>
    /// <param name="maxLength">A set's length at most.</param>
    public static IEnumerable<Part> Split(IReadOnlyList<uint> wanted, IReadOnlyList<uint> folder, int maxLength = MaxLength)
    {
        var rising = UidList.Rising(Array(wanted));
        var all = Array(folder);
        var position = rising.Length == 0 ? 0 : FirstFrom(all, rising[0]);
        var set = new StringBuilder();
        var asked = 0;
        for (var i = 0; i < rising.Length;)
        {
            var last = LastOfRange(rising, i, all, ref position);
            var range = rising[i].ToString(CultureInfo.InvariantCulture);
            if (last > i)
            {
                range = range + ":" + rising[last].ToString(CultureInfo.InvariantCulture);
            }

            if (set.Length + range.Length + 1 > maxLength)
            {
                yield return new Part(set.ToString(), Slice(rising, asked, i));
                set.Clear();
                asked = i;
            }

            set.Append(set.Length > 0 ? "," : "").Append(range);
            i = last + 1;
        }

        if (asked < rising.Length)
        {
            yield return new Part(set.ToString(), Slice(rising, asked, rising.Length));
        }
    }

    /// <summary>The last of the wanted UIDs that follow each other in the folder, from the first on.</summary>
    private static int LastOfRange(uint[] rising, int first, uint[] folder, ref int position)
    {
        while (position < folder.Length && folder[position] < rising[first])
        {
            position++;
        }

        var last = first;
        if (position < folder.Length && folder[position] == rising[first])
        {
            while (last + 1 < rising.Length && position + 1 < folder.Length && folder[position + 1] == rising[last + 1])
            {
                last++;
                position++;
            }
        }

        return last;
    }

    /// <summary>Where a UID stands in the folder, or would: a window late in a large folder need not walk all that lies before.</summary>
    private static int FirstFrom(uint[] folder, uint uid)
    {
        int low = 0, high = folder.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = folder[middle] < uid ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static uint[] Array(IReadOnlyList<uint> list) => list as uint[] ?? [.. list];

    private static uint[] Slice(uint[] uids, int from, int to)
    {
        if (from == 0 && to == uids.Length)
        {
            return uids;
        }

        var slice = new uint[to - from];
        System.Array.Copy(uids, from, slice, 0, slice.Length);
        return slice;
    }
}
