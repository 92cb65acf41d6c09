using NodaTime;

namespace MailIntake.Correspondence.Outbox;

/// <summary>What was sent in the last 24 hours, held against the caps for the day, for each address and hour, and for each unit and day.</summary>
internal sealed class SendWindow(int maxPerDay, int maxPerAddressAndHour, int maxPerUnitAndDay = int.MaxValue)
{
    private static readonly Duration Day = Duration.FromHours(24);
    private static readonly Duration Hour = Duration.FromHours(1);

    private readonly Queue<(Instant At, string Address)> _day = new();
    private readonly Dictionary<string, Queue<Instant>> _hours = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<Instant>> _units = new(StringComparer.Ordinal);

    /// <summary>Notes a letter that was sent; calls come in the order of time.</summary>
    public void Add(string address, Instant at, string? unit = null)
    {
        _day.Enqueue((at, address));
        Note(_hours, address, at);
        if (unit is not null)
        {
            Note(_units, unit, at);
        }
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

    /// <summary>From when one more letter may go to an address, and to the unit it belongs to; null for at once.</summary>
    public Instant? NextFor(string address, Instant now, string? unit = null)
    {
        var byAddress = Next(_hours.GetValueOrDefault(address), Hour, maxPerAddressAndHour, now);
        var byUnit = unit is null ? null : Next(_units.GetValueOrDefault(unit), Day, maxPerUnitAndDay, now);
        return byAddress is { } first && byUnit is { } second ? Instant.Max(first, second) : byAddress ?? byUnit;
    }

    private static Instant? Next(Queue<Instant>? sent, Duration span, int most, Instant now)
    {
        if (sent is null)
        {
            return null;
        }

        while (sent.TryPeek(out var oldest) && oldest <= now - span)
        {
            sent.Dequeue();
        }

        return sent.Count < most ? null : sent.ElementAt(sent.Count - most) + span;
    }

    private static void Note(Dictionary<string, Queue<Instant>> sent, string key, Instant at)
    {
        if (!sent.TryGetValue(key, out var times))
        {
            sent.Add(key, times = new Queue<Instant>());
        }

        times.Enqueue(at);
    }
}
