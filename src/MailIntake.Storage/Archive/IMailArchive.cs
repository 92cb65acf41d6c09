using NodaTime;

namespace MailIntake.Storage.Archive;

/// <summary>
/// The append-only archive of everything that cannot be derived again: raw mail as it came, mail as it was sent, and
/// what staff decided. Segments (<c>archive/2018-05/000007.seg</c>) are sealed at a set size; each record stands behind a
/// short self-describing header with kind, length, SHA-256 and metadata. The database can be rebuilt from it alone.
/// One writer process at a time (a lock file in the archive folder, tied to the living process); any number of readers.
/// </summary>
public interface IMailArchive : IDisposable
{
    /// <summary>Appends one record, hashing it on the way. Durable only after <see cref="FlushAsync"/>. Several callers take turns.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="metadata">Where it came from.</param>
    /// <param name="content">The bytes; read to the end.</param>
    /// <param name="cancellation">Stops; what was written so far is cut off again.</param>
    Task<ArchivePlace> AppendAsync(ArchiveRecordKind kind, ArchiveMetadata metadata, Stream content, CancellationToken cancellation);

    /// <summary>Makes all that was appended durable (one fsync for all of it).</summary>
    Task FlushAsync(CancellationToken cancellation);

    /// <summary>The bytes of one record, mapped, not copied. Throws <see cref="ArchiveDamagedException"/> where they are not there.</summary>
    ArchivedBytes Open(ArchivePlace place);

    /// <summary>All records in the order they were appended; a damaged one is reported through <paramref name="damaged"/> and passed over.</summary>
    IEnumerable<ArchiveRecord> ReadAll(Action<ArchiveDamage>? damaged = null);

    /// <summary>
    /// The records behind a known one, in the order they were appended: what a crash left between the archive and the database.
    /// Reads the tail alone. A segment that is not there gives everything.
    /// </summary>
    /// <param name="segment">Segment of the known record, <see cref="ArchivePlace.Segment"/>.</param>
    /// <param name="offset">Offset of its content, <see cref="ArchivePlace.Offset"/>.</param>
    /// <param name="damaged">Is told of records that were passed over.</param>
    IEnumerable<ArchiveRecord> ReadAllAfter(string segment, long offset, Action<ArchiveDamage>? damaged = null);

    /// <summary>Reads every record and compares its hash.</summary>
    IEnumerable<ArchiveDamage> Verify(CancellationToken cancellation);
}

/// <summary>What a record is; the numbers are on disk.</summary>
public enum ArchiveRecordKind
{
    /// <summary>A raw message as received.</summary>
    Mail = 1,

    /// <summary>A message as sent; <see cref="ArchiveMetadata.Key"/> is the key of the outbox row.</summary>
    Sent = 2,

    /// <summary>A decision of staff (assign, ignore, extend, shortlist) as JSON.</summary>
    Decision = 3,
}

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

/// <summary>Where a record's content lies.</summary>
/// <param name="Segment">Relative name with <c>/</c>: <c>2018-05/000007.seg</c>.</param>
/// <param name="Offset">Offset of the first content byte.</param>
/// <param name="Length">Content bytes.</param>
/// <param name="Sha256">Lower-case hex of the content.</param>
public sealed record ArchivePlace(string Segment, long Offset, long Length, string Sha256);

/// <summary>One record as found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Metadata">Where it came from.</param>
/// <param name="Place">Where it lies.</param>
public sealed record ArchiveRecord(ArchiveRecordKind Kind, ArchiveMetadata Metadata, ArchivePlace Place);

/// <summary>A place where the archive is not what it was.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">The offset.</param>
/// <param name="What">What is wrong.</param>
public sealed record ArchiveDamage(string Segment, long Offset, string What);

/// <summary>The bytes of a record; valid until disposed.</summary>
public abstract class ArchivedBytes : IDisposable
{
    /// <summary>The bytes.</summary>
    public abstract ReadOnlyMemory<byte> Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the mapping go.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>The archive lacks what the database says it holds. Ask a person: restore the archive from a copy.</summary>
public sealed class ArchiveDamagedException(string message) : IOException(message);
