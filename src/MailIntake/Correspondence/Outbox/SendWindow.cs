using NodaTime;

namespace MailIntake.Correspondence.Outbox;

/// <summary>What was sent in the last 24 hours, held against the caps for the day and for each address and hour.</summary>
internal sealed class SendWindow(int maxPerDay, int maxPerAddressAndHour)
{
    private static readonly Duration Day = Duration.FromHours(24);
    private static readonly Duration Hour = Duration.FromHours(1);

    private readonly Queue<(Instant At, string Address)> _day = new();
    private readonly Dictionary<string, Queue<Instant>> _hours = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes a letter that was sent; calls come in the order of time.</summary>
    public void Add(string address, Instant at)
    {
        _day.Enqueue((at, address));
        if (!_hours.TryGetValue(address, out var hour))
        {
            _hours.Add(address, hour = new Queue<Instant>());
        }

        hour.Enqueue(at);
    }

    /// <summary>How many more letters may go now.</summary>
    public int RoomAt(Instant now)
    {
        while (_day.TryPeek(out var oldest) && oldest.At <= now - Day)
        {
            _day.Dequeue();
        }

        return Math.Max(0, maxPerDay - _day.Count);
    }

    /// <summary>From when there is room again where there is none at <paramref name="now"/>.</summary>
    public Instant RoomFrom(Instant now) => _day.TryPeek(out var oldest) ? oldest.At + Day : now;

    /// <summary>From when one more letter may go to an address; null for at once.</summary>
    public Instant? NextFor(string address, Instant now)
    {
        if (!_hours.TryGetValue(address, out var hour))
        {
            return null;
        }

        while (hour.TryPeek(out var oldest) && oldest <= now - Hour)
        {
            hour.Dequeue();
        }

        return hour.Count < maxPerAddressAndHour ? null : hour.ElementAt(hour.Count - maxPerAddressAndHour) + Hour;
    }
}
