using NodaTime;

namespace MailIntake.Storage.Archive;

/// <summary>Where a record came from; written beside it as JSON.</summary>
public sealed record ArchiveMetadata
{
    /// <summary>When it was appended.</summary>
    public required Instant ArchivedAt { get; init; }

    /// <summary>Mail: INTERNALDATE or the time of delivery; Sent: when the server took it.</summary>
    public Instant? At { get; init; }

    /// <summary>Mail: the mailbox; <c>import</c> for imported files.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Mail: the folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Mail: UIDVALIDITY.</summary>
    public uint? UidValidity { get; init; }

    /// <summary>Mail: UID.</summary>
    public uint? Uid { get; init; }

    /// <summary>Sent: the key of the outbox row; Decision: what was decided upon.</summary>
    public string? Key { get; init; }
}
