using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>When things happen: section <c>Schedules</c>.</summary>
internal sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    /// <summary>Seconds between two polls, 10 to 3600; default 120 (NetEase has no IDLE and counts logins). Where the server has IDLE, see <c>Mailbox:Idle</c>.</summary>
    [Range(10, 3600)]
    public int PollSeconds { get; set; } = 120;

    /// <summary>Seconds between two looks at the outbox, 1 to 3600; default 15.</summary>
    [Range(1, 3600)]
    public int DispatchSeconds { get; set; } = 15;

    /// <summary>Local time of the digest on workdays, in the campaign's zone; default 08:30.</summary>
    public TimeOnly DigestAt { get; set; } = new(8, 30);

    /// <summary>What staff get on a day without tasks and news: <c>None</c>, <c>Line</c> (default: one line), or <c>Full</c>.</summary>
    public EmptyDigest EmptyDigest { get; set; } = EmptyDigest.Line;
}

/// <summary>The digest of a day on which nothing happened.</summary>
internal enum EmptyDigest
{
    /// <summary>No letter.</summary>
    None,

    /// <summary>One line.</summary>
    Line,

    /// <summary>As on any other day.</summary>
    Full,
}
