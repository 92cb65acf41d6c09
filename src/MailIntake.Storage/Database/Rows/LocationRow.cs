namespace MailIntake.Storage.Database.Rows;

/// <summary>Where a message was seen on a server.</summary>
public sealed class LocationRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>The message.</summary>
    public long MessageId { get; set; }

    /// <summary>Mailbox; unique together with folder, UIDVALIDITY and UID.</summary>
    public required string Mailbox { get; set; }

    /// <summary>Folder.</summary>
    public required string Folder { get; set; }

    /// <summary>UIDVALIDITY.</summary>
    public long UidValidity { get; set; }

    /// <summary>UID.</summary>
    public long Uid { get; set; }
}
