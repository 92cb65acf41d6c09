using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database;

using Xunit;

namespace MailIntake.Storage.Tests.Database;

/// <summary>What a database says of itself, a line for each column, index and foreign key, in the database's own words.</summary>
internal static class Schema
{
    private const string Sqlite = """
        SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || ' null=' || (1 - c."notnull") || ' pk=' || c.pk || ' default=' || coalesce(c.dflt_value, '-') AS "Value"
        FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
        UNION ALL
        SELECT 'autoincrement ' || m.name FROM sqlite_master m WHERE m.type = 'table' AND m.sql LIKE '%AUTOINCREMENT%'
        UNION ALL
        SELECT 'index ' || m.name || '.' || CASE WHEN i.origin = 'c' THEN i.name ELSE i.origin END || ' unique=' || i."unique" || ' '
            || (SELECT group_concat(x.name || CASE x."desc" WHEN 1 THEN ' desc' ELSE '' END) FROM pragma_index_xinfo(i.name) x WHERE x.key = 1)
        FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table'
        UNION ALL
        SELECT 'foreign key ' || m.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' ' || f.on_delete
        FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        """;

    private const string PostgreSql = """
        SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '')
            || ' null=' || is_nullable || ' identity=' || is_identity || ' default=' || coalesce(column_default, '-') AS "Value"
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        """;

    public static async Task<List<string>> ReadAsync(IntakeDatabase database, Engine engine)
    {
        var sql = engine == Engine.Sqlite ? Sqlite : PostgreSql;
        var lines = await database.Database.SqlQueryRaw<string>(sql).ToListAsync(TestContext.Current.CancellationToken);
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
