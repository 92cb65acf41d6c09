using System.Data.Common;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailIntake.Storage.Database;

/// <summary>Tells whether a row was there already, which is expected and no fault.</summary>
public static class UniqueViolation
{
    private const string PostgreSqlUniqueViolation = "23505";
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;

    /// <summary>True where a unique index or a primary key refused the change.</summary>
    public static bool Is(Exception exception) => (exception is DbUpdateException ? exception.InnerException : exception) switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqlitePrimaryKey or SqliteUnique,
        DbException other => other.SqlState == PostgreSqlUniqueViolation,
        _ => false,
    };
}
