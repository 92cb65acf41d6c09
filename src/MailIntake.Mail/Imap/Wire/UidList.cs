namespace MailIntake.Mail.Imap.Wire;

/// <summary>UIDs as a server names them, in any order and perhaps twice.</summary>
internal sealed class UidList
{
    private uint[] _uids = new uint[64];

    public int Count { get; private set; }

    public void Add(uint uid)
    {
        if (Count == _uids.Length)
        {
            var larger = new uint[Count * 2];
            Array.Copy(_uids, larger, Count);
            _uids = larger;
        }

        _uids[Count++] = uid;
    }

    /// <summary>Rising, each once, and none that is 0.</summary>
    public uint[] Rising()
    {
        var given = new uint[Count];
        Array.Copy(_uids, given, Count);
        return Rising(given);
    }

    /// <summary>The array itself where it is rising already; else another one, rising, each once, and none that is 0.</summary>
    public static uint[] Rising(uint[] given)
    {
        if (IsRising(given))
        {
            return given;
        }

        var sorted = new uint[given.Length];
        Array.Copy(given, sorted, given.Length);
        Array.Sort(sorted);
        var kept = 0;
        foreach (var uid in sorted)
        {
            if (uid != 0 && (kept == 0 || sorted[kept - 1] != uid))
            {
                sorted[kept++] = uid;
            }
        }

        var rising = new uint[kept];
        Array.Copy(sorted, rising, kept);
        return rising;
    }

    private static bool IsRising(uint[] given)
    {
        var last = 0u;
        foreach (var uid in given)
        {
            if (uid <= last)
            {
                return false;
            }

            last = uid;
        }

        return true;
    }
}
