namespace MailIntake.Storage.Database.Rows;

/// <summary>What reading a file gave, so that the same bytes are read once.</summary>
public sealed class ReadingRow
{
    /// <summary>SHA-256 of the file.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Version of the reader and of the labels it looked for; key together with the hash.</summary>
    public required string ReaderVersion { get; set; }

    /// <summary>The reading, JSON.</summary>
    public required string Json { get; set; }
}
