namespace MailIntake.Options;

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
