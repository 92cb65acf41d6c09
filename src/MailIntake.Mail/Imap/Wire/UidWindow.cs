namespace MailIntake.Mail.Imap.Wire;

/// <summary>The messages that somebody waits for, and which of them are still to come.</summary>
internal sealed class UidWindow(uint[] rising)
{
    private readonly bool[] _received = new bool[rising.Length];

    public bool Contains(uint uid) => Find(uid) >= 0;

    /// <summary>It has come.</summary>
    public void Remove(uint uid)
    {
        if (Find(uid) is >= 0 and var index)
        {
            _received[index] = true;
        }
    }

    /// <summary>Those still to come from one UID to another, rising.</summary>
    public uint[] Left(uint first, uint last)
    {
        var left = new List<uint>();
        for (var i = From(first); i < rising.Length && rising[i] <= last; i++)
        {
            if (!_received[i])
            {
                left.Add(rising[i]);
            }
        }

        return [.. left];
    }

    private int Find(uint uid) => From(uid) is var index && index < rising.Length && rising[index] == uid && !_received[index] ? index : -1;

    /// <summary>Where a UID stands, or would.</summary>
    private int From(uint uid)
    {
        int low = 0, high = rising.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = rising[middle] < uid ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
