using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>A mail that was received, once for each different sequence of bytes.</summary>
public sealed class MessageRow
{
    /// <summary>Number, rising in the order of archiving; staff write it as the mail's name.</summary>
    public long Id { get; set; }

    /// <summary>SHA-256 of the raw bytes, lower-case hex; unique.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Segment of the archive.</summary>
    public required string Segment { get; set; }

    /// <summary>Offset in the segment.</summary>
    public long Offset { get; set; }

    /// <summary>Bytes.</summary>
    public long Length { get; set; }

    /// <summary>When the mailbox took it in: INTERNALDATE, else the top Received, else the time of archiving. Deadlines are held against this.</summary>
    public Instant ReceivedAt { get; set; }

    /// <summary>When it was archived.</summary>
    public Instant ArchivedAt { get; set; }

    /// <summary>What is to be done with it.</summary>
    public MessageState State { get; set; }

    /// <summary>How often processing failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Not to be tried before; null for at once.</summary>
    public Instant? NextAttemptAt { get; set; }

    /// <summary>What went wrong last; null where nothing did.</summary>
    public string? LastError { get; set; }

    /// <summary>When it was filed, held, or ignored; null before.</summary>
    public Instant? ProcessedAt { get; set; }

    /// <summary>Kind of the contract (<c>submission</c>, <c>bounce</c>…); null before it is read.</summary>
    public string? Kind { get; set; }

    /// <summary>The unit it was filed under; null for none.</summary>
    public string? UnitCode { get; set; }

    /// <summary>Confidence of the match, 0 to 1.</summary>
    public double? Confidence { get; set; }

    /// <summary>Why that unit, or why held: codes and a sentence, JSON.</summary>
    public string? BecauseJson { get; set; }

    /// <summary>Findings of the mail as a whole, JSON.</summary>
    public string? FindingsJson { get; set; }

    /// <summary>Message-ID with angle brackets, cut at 500 characters; null where missing. Not unique.</summary>
    public string? MessageIdHeader { get; set; }

    /// <summary>Address in From, cut at 320 characters; null where there is none.</summary>
    public string? FromAddress { get; set; }

    /// <summary>Decoded subject, cut at 500 characters.</summary>
    public string? Subject { get; set; }
}

/// <summary>What is to be done with a message.</summary>
public enum MessageState
{
    /// <summary>Archived, not processed yet.</summary>
    Archived,

    /// <summary>Filed under its unit.</summary>
    Filed,

    /// <summary>Waits for staff.</summary>
    Held,

    /// <summary>Nothing to do: automatic mail, own mail, or staff said so.</summary>
    Ignored,

    /// <summary>Processing failed; tried again until the attempts are used up, then staff are told.</summary>
    Failed,
}
