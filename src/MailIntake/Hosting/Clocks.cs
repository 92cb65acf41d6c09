using System.Diagnostics.CodeAnalysis;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Hosting;

/// <summary>The system's clock, moved: it starts at a given instant and runs on (<c>--now</c>).</summary>
internal sealed class ShiftedClock(IClock inner, Instant start) : IClock
{
    private readonly Duration _shift = start - inner.GetCurrentInstant();

    /// <inheritdoc/>
    public Instant GetCurrentInstant() => inner.GetCurrentInstant() + _shift;
}

/// <summary>Makes the clock that a verb works by.</summary>
internal static class Clocks
{
    /// <summary>The system's clock, or one that starts at <c>--now</c>.</summary>
    /// <param name="now">The option's text; null where it was not given.</param>
    /// <param name="zone">The campaign's zone. A time that it skips is the moment after the gap.</param>
    public static IClock Create(string? now, DateTimeZone zone) =>
        now is not null && NowOption.TryParse(now, out var local)
            ? new ShiftedClock(SystemClock.Instance, local.Value.InZoneLeniently(zone).ToInstant())
            : SystemClock.Instance;
}

/// <summary>The time of day by a clock that may be moved, for what asks a <see cref="TimeProvider"/>; spans are still measured by the system.</summary>
internal sealed class ClockTimeProvider(IClock clock) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
}

/// <summary>Reads <c>--now</c>: an instant in the campaign's zone.</summary>
internal static class NowOption
{
    private static readonly LocalDateTimePattern[] _patterns =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
    ];

    /// <summary>The local time that the text means.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LocalDateTime? value)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Parse(text) is { Success: true } parsed)
            {
                value = parsed.Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}
