using NodaTime;

namespace MailIntake.Correspondence.Outbox;

/// <summary>How long a letter waits before it is tried again.</summary>
internal static class RetryPlan
{
    private static readonly Duration First = Duration.FromMinutes(2);
    private static readonly Duration Longest = Duration.FromHours(6);

    /// <summary>Connections that fail never use up a letter, but time does: RFC 5321 4.5.4.1 gives up after four to five days.</summary>
    public static readonly Duration GiveUpAfter = Duration.FromDays(5);

    /// <summary>The pause where the server asks for one without saying how long.</summary>
    public static readonly Duration DefaultPause = Duration.FromMinutes(15);

    /// <summary>The pause after a letter that may have been sent: long enough that the server has settled.</summary>
    public static readonly Duration AfterUnknown = Duration.FromMinutes(10);

    /// <summary>2, 6, 18, 54, 162 minutes, then 6 hours; at least <paramref name="atLeast"/>.</summary>
    /// <param name="attempts">Tries so far, 1 or more.</param>
    /// <param name="atLeast">What the server asked for.</param>
    public static Duration Wait(int attempts, TimeSpan? atLeast)
    {
        var wait = First;
        for (var i = 1; i < attempts && wait < Longest; i++)
        {
            wait *= 3;
        }

        wait = Duration.Min(wait, Longest);
        return atLeast is { } asked ? Duration.Max(wait, Duration.FromTimeSpan(asked)) : wait;
    }
}
