using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>Where things are kept: section <c>Storage</c>. Relative paths are relative to the settings file.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of everything; default <c>var</c>.</summary>
    public string DataFolder { get; set; } = "var";

    /// <summary>Archive; default <c>archive</c> in the data folder.</summary>
    public string? ArchiveFolder { get; set; }

    /// <summary>Staff tree; default <c>files</c> in the data folder.</summary>
    public string? FilesFolder { get; set; }

    /// <summary>Scratch space, emptied at start; default <c>work</c> in the data folder.</summary>
    public string? WorkFolder { get; set; }

    /// <summary>Bytes at which a segment is sealed; default 256 MiB.</summary>
    [Range(1 << 20, 1L << 40)]
    public long SegmentBytes { get; set; } = 256L << 20;
}

/// <summary>Which database: section <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>Sqlite</c> (default) or <c>PostgreSql</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Connection string; default for SQLite: <c>mailintake.db</c> in the data folder.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>File with the connection string, so that its password stands in no settings file.</summary>
    public string? ConnectionStringFile { get; set; }
}

/// <summary>Kind of database.</summary>
internal enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Which campaign: section <c>Campaign</c>. Relative paths are relative to the settings file.</summary>
internal sealed class CampaignOptions
{
    public const string Section = "Campaign";

    /// <summary>Campaign file; default the shipped one.</summary>
    public string? File { get; set; }

    /// <summary>Roster file (CSV or Excel) that fills an empty database; default the shipped sample.</summary>
    public string? Roster { get; set; }

    /// <summary>File of days off; default the shipped one.</summary>
    public string? Calendar { get; set; }
}

/// <summary>How mail is processed: section <c>Processing</c>.</summary>
internal sealed class ProcessingOptions
{
    public const string Section = "Processing";

    /// <summary>Mails read at the same time, 1 to 64; default the number of cores.</summary>
    [Range(1, 64)]
    public int Parallelism { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Mails filed in one transaction, 1 to 500; default 50.</summary>
    [Range(1, 500)]
    public int BatchSize { get; set; } = 50;

    /// <summary>Tries before a mail that fails waits for staff, 1 to 20; default 3.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds that reading one mail may take, 10 to 3600; default 300.</summary>
    [Range(10, 3600)]
    public int MessageTimeoutSeconds { get; set; } = 300;

    /// <summary>Below this confidence (0 to 1) a unit is not believed and the mail waits for staff; default 0.6.</summary>
    [Range(0.0, 1.0)]
    public double MinimumConfidence { get; set; } = 0.6;
}

/// <summary>When things happen: section <c>Schedules</c>.</summary>
internal sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    /// <summary>Seconds between two polls, 10 to 3600; default 120 (NetEase has no IDLE and counts logins).</summary>
    [Range(10, 3600)]
    public int PollSeconds { get; set; } = 120;

    /// <summary>Seconds between two looks at the outbox, 1 to 3600; default 15.</summary>
    [Range(1, 3600)]
    public int DispatchSeconds { get; set; } = 15;

    /// <summary>Local time of the digest on workdays, in the campaign's zone; default 08:30.</summary>
    public TimeOnly DigestAt { get; set; } = new(8, 30);
}

/// <summary>The page that tells whether all is well: section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>Where to listen; default <c>http://127.0.0.1:8025</c>; empty for not at all.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8025";

    /// <summary>Minutes without a successful poll after which a mailbox is red, 5 to 1440; default 60.</summary>
    [Range(5, 1440)]
    public int RedAfterMinutes { get; set; } = 60;
}
