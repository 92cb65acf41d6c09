using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>How far a folder was read.</summary>
public sealed class CursorRow
{
    /// <summary>Mailbox; key together with the folder.</summary>
    public required string Mailbox { get; set; }

    /// <summary>Folder.</summary>
    public required string Folder { get; set; }

    /// <summary>UIDVALIDITY that the UID belongs to.</summary>
    public long UidValidity { get; set; }

    /// <summary>Highest UID archived.</summary>
    public long LastUid { get; set; }

    /// <summary>When the folder was last compared whole.</summary>
    public Instant PolledAt { get; set; }
}
