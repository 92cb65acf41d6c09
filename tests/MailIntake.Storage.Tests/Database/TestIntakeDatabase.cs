using System.Reflection;

using MailIntake.Servers;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace MailIntake.Storage.Tests.Database;

public enum Engine
{
    Sqlite,
    PostgreSql,
}

/// <summary>Runs a theory on both databases; the one that is not there shows as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Engine>().Select(engine => new TheoryDataRow<Engine>(engine))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>A database of its own for one test, gone afterwards.</summary>
internal sealed class TestIntakeDatabase : IAsyncDisposable
{
    public static readonly Instant Now = Instant.FromUtc(2018, 9, 20, 1, 2, 3);

    private readonly TempFolder? _folder;
    private readonly TestDatabase? _database;

    private TestIntakeDatabase(IntakeDatabaseFactory factory, TempFolder? folder, TestDatabase? database) =>
        (Factory, _folder, _database) = (factory, folder, database);

    public IntakeDatabaseFactory Factory { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An empty database, without tables.</summary>
    public static async Task<TestIntakeDatabase> CreateEmptyAsync(Engine engine)
    {
        if (engine == Engine.Sqlite)
        {
            var folder = new TempFolder();
            return new TestIntakeDatabase(IntakeDatabaseFactory.Sqlite("Data Source=" + folder["data/intake.db"]), folder, null);
        }

        var database = await TestServers.PostgreSql.CreateDatabaseAsync(Stop);
        return new TestIntakeDatabase(IntakeDatabaseFactory.PostgreSql(database.ConnectionString), null, database);
    }

    /// <summary>A database with the newest schema.</summary>
    public static async Task<TestIntakeDatabase> CreateAsync(Engine engine)
    {
        var database = await CreateEmptyAsync(engine);
        await database.Factory.MigrateAsync(Stop);
        return database;
    }

    public async Task SaveAsync(params object[] rows)
    {
        await using var database = Factory.CreateDbContext();
        database.AddRange(rows);
        await database.SaveChangesAsync(Stop);
    }

    public async Task<T> ReadAsync<T>(Func<IntakeDatabase, Task<T>> read)
    {
        await using var database = Factory.CreateDbContext();
        return await read(database);
    }

    public static MessageRow Message(char hash = 'a') => new()
    {
        Sha256 = new string(hash, 64),
        Segment = "2018-09/000001.seg",
        Offset = 100,
        Length = 5,
        ReceivedAt = Now,
        ArchivedAt = Now,
    };

    public static EntryRow Entry(string unit = "haigang", int number = 1, string campaign = "2018") => new()
    {
        Campaign = campaign,
        Code = $"{campaign}-{unit}-{number:D2}",
        UnitCode = unit,
        Number = number,
        CreatedAt = Now,
    };

    public static MaterialRow Material(long messageId, string kind = "form", int version = 1) => new()
    {
        MessageId = messageId,
        Kind = kind,
        Version = version,
        FileName = $"{kind}.docx",
        PathInMail = $"附件.zip/{kind}.{version}.docx",
        Sha256 = new string('b', 64),
        MediaType = "application/octet-stream",
        ReceivedAt = Now,
        TreePath = $"2018/{kind}.v{version}.docx",
        FindingsJson = "[]",
    };

    public static OutboxRow Letter(string key, int priority = 10) => new()
    {
        Key = key,
        Kind = "receipt",
        Priority = priority,
        Recipient = "unit@example.com",
        MessageIdHeader = $"<{key}@example.com>",
        PayloadJson = "{}",
        CreatedAt = Now,
    };

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_folder is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new Microsoft.Data.Sqlite.SqliteConnection(Factory.ConnectionString));
            _folder.Dispose();
        }
    }
}
