namespace MailIntake.Storage.Archive;

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
