using NodaTime;

namespace MailIntake.Hosting;

/// <summary>
/// How long to leave a mailbox alone after it failed: 1, 2, 4 … up to 30 minutes, each stretched by up to a quarter at random, so
/// that a server that recovers is not met by everybody at once. NetEase counts logins.
/// </summary>
internal sealed class PollPace(IClock clock, int seed)
{
    private const int LongestMinutes = 30;

    private readonly Random _random = new(seed);
    private int _failures;
    private Instant _notBefore = Instant.MinValue;

    /// <summary>It may be polled now.</summary>
    public bool MayPoll => clock.GetCurrentInstant() >= _notBefore;

    /// <summary>It was polled.</summary>
    public void Succeeded()
    {
        _failures = 0;
        _notBefore = Instant.MinValue;
    }

    /// <summary>It failed; the pause that follows.</summary>
    public Duration Failed()
    {
        var minutes = Math.Min(LongestMinutes, 1 << Math.Min(_failures, 10));
        _failures++;
        var pause = Duration.FromMinutes(minutes) * (1 + (_random.NextDouble() / 4));
        _notBefore = clock.GetCurrentInstant() + pause;
        return pause;
    }
}
