namespace MailIntake.Mail.Imap.Wire;

/// <summary>The messages that one command asks for, and which of them are still to come.</summary>
internal sealed class UidWindow(uint[] rising)
{
    private readonly bool[] received = new bool[rising.Length];

    /// <summary>Messages still to come.</summary>
    public int Count { get; private set; } = rising.Length;

    public bool Contains(uint uid) => Find(uid) >= 0;

    /// <summary>It has come.</summary>
    public void Remove(uint uid)
    {
        if (Find(uid) is >= 0 and var index)
        {
            received[index] = true;
            Count--;
        }
    }

    /// <summary>Those still to come, rising.</summary>
    public uint[] Left()
    {
        var left = new uint[Count];
        for (int from = 0, to = 0; from < rising.Length; from++)
        {
            if (!received[from])
            {
                left[to++] = rising[from];
            }
        }

        return left;
    }

    private int Find(uint uid)
    {
        int low = 0, high = rising.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = rising[middle] < uid ? (middle + 1, high) : (low, middle);
        }

        return low < rising.Length && rising[low] == uid && !received[low] ? low : -1;
    }
}
