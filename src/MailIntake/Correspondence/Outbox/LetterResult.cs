using NodaTime;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>What is to be written about one claimed row.</summary>
/// <param name="Row">The row as claimed.</param>
/// <param name="State">Its new state.</param>
/// <param name="Reply">The server's last words, or why.</param>
internal sealed record LetterResult(OutboxRow Row, OutboxState State, string Reply)
{
    /// <summary>Longest reply kept.</summary>
    private const int LongestReply = 1000;

    /// <summary>Reply, cut to what is kept.</summary>
    public string Reply { get; init; } = Reply.Length > LongestReply ? Reply[..LongestReply] : Reply;

    /// <summary>Subject as sent; null where it was not.</summary>
    public string? Subject { get; init; }

    /// <summary>The address it went, or was to go, to.</summary>
    public string Recipient { get; init; } = Row.Recipient;

    /// <summary>When the server took it; null where it did not.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>Not to be tried before; null for at once.</summary>
    public Instant? NextAttemptAt { get; init; }

    /// <summary>The try counts; a pause of the whole or a lost connection does not.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>The address does not exist.</summary>
    public bool AddressIsDead { get; init; }

    /// <summary>The row waits again and the try does not count.</summary>
    public static LetterResult GivenBack(OutboxRow row, string why) => new(row, OutboxState.Pending, why) { Counts = false };
}
