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
