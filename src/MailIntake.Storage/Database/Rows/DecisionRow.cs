using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>What staff decided about a mail; it outlives every replay.</summary>
public sealed class DecisionRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>SHA-256 of the mail.</summary>
    public required string MessageSha256 { get; set; }

    /// <summary><c>assign</c> or <c>ignore</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Unit; null for ignore.</summary>
    public string? UnitCode { get; set; }

    /// <summary>Entry code; null where the worker finds it.</summary>
    public string? EntryCode { get; set; }

    /// <summary>Reason; null where none was given.</summary>
    public string? Why { get; set; }

    /// <summary>Who.</summary>
    public required string By { get; set; }

    /// <summary>When; the latest for a mail counts.</summary>
    public Instant At { get; set; }
}
