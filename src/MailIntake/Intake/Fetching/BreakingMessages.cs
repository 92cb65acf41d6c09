using MailIntake.Mail.Mailboxes;

using NodaTime;

namespace MailIntake.Intake.Fetching;

/// <summary>
/// Messages at which the connection broke. A server that falls over one message would otherwise keep all behind it from ever
/// being fetched. Such a message is tried again alone and last: at the next poll, then after 1, 2, 4 … minutes up to 6 hours,
/// since each try may cost a login.
/// </summary>
internal sealed class BreakingMessages(IClock clock)
{
    private static readonly Duration Longest = Duration.FromHours(6);
    private readonly Dictionary<(string Folder, uint Validity, uint Uid), (int Times, Instant NotBefore)> _known = [];

    /// <summary>The UIDs at which nothing ever broke, and the others; both in the given order.</summary>
    public (List<uint> Smooth, List<uint> Breaking) Part(FolderListing listing, IReadOnlyCollection<uint> uids) =>
        ([.. uids.Where(u => !_known.ContainsKey(Key(listing, u)))], [.. uids.Where(u => _known.ContainsKey(Key(listing, u)))]);

    /// <summary>It may be tried in this round.</summary>
    public bool MayTry(FolderListing listing, uint uid) =>
        !_known.TryGetValue(Key(listing, uid), out var known) || known.NotBefore <= clock.GetCurrentInstant();

    /// <summary>Notes that the connection broke at it; gives how often by now.</summary>
    public int Broke(FolderListing listing, uint uid)
    {
        var key = Key(listing, uid);
        var times = (_known.TryGetValue(key, out var known) ? known.Times : 0) + 1;
        var pause = times == 1 ? Duration.Zero : Duration.Min(Longest, Duration.FromMinutes(1 << Math.Min(times - 2, 10)));
        _known[key] = (times, clock.GetCurrentInstant() + pause);
        return times;
    }

    /// <summary>It was received.</summary>
    public void Forget(FolderListing listing, uint uid) => _known.Remove(Key(listing, uid));

    private static (string Folder, uint Validity, uint Uid) Key(FolderListing listing, uint uid) => (listing.Folder.Name, listing.UidValidity, uid);
}
