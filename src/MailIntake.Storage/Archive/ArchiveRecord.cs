namespace MailIntake.Storage.Archive;

/// <summary>One record as found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Metadata">Where it came from.</param>
/// <param name="Place">Where it lies.</param>
public sealed record ArchiveRecord(ArchiveRecordKind Kind, ArchiveMetadata Metadata, ArchivePlace Place);
