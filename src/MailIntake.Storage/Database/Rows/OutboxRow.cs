using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>A letter that is to be sent, or was.</summary>
public sealed class OutboxRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Unique key, so that nothing is sent twice: <c>receipt:SHA256</c>, <c>reminder:2018:haigang:summary:2018-09-27</c>, <c>digest:2018:2018-09-20</c>.</summary>
    public required string Key { get; set; }

    /// <summary><c>receipt</c>, <c>reminder</c>, <c>digest</c>…</summary>
    public required string Kind { get; set; }

    /// <summary>Lower goes first: receipts 10, reminders 20, digests 30.</summary>
    public int Priority { get; set; }

    /// <summary>The unit it goes to; null for staff.</summary>
    public string? UnitCode { get; set; }

    /// <summary>The recipient.</summary>
    public required string Recipient { get; set; }

    /// <summary>Message-ID with angle brackets, fixed when the row is made.</summary>
    public required string MessageIdHeader { get; set; }

    /// <summary>What the letter is made from when it is sent, JSON.</summary>
    public required string PayloadJson { get; set; }

    /// <summary>Subject as sent; null before.</summary>
    public string? Subject { get; set; }

    /// <summary>When the row was made; the letter's Date.</summary>
    public Instant CreatedAt { get; set; }

    /// <summary>How it stands.</summary>
    public OutboxState State { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Not to be tried before; null for at once.</summary>
    public Instant? NextAttemptAt { get; set; }

    /// <summary>The server's last words; null before the first try.</summary>
    public string? LastReply { get; set; }

    /// <summary>When the server took it; null before.</summary>
    public Instant? SentAt { get; set; }
}

/// <summary>How a letter stands.</summary>
public enum OutboxState
{
    /// <summary>Waits for its turn.</summary>
    Pending,

    /// <summary>Is being sent; after a crash it may have been.</summary>
    Sending,

    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>Given up; staff see it and can retry.</summary>
    Dead,

    /// <summary>Not needed any more when its turn came (nothing is owed).</summary>
    Dropped,
}
