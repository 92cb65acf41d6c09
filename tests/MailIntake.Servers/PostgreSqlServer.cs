using Npgsql;

namespace MailIntake.Servers;

/// <summary>The PostgreSQL server of the tests.</summary>
/// <param name="AdministratorConnectionString">Npgsql connection string of a user who may create databases.</param>
public sealed record PostgreSqlServer(string AdministratorConnectionString)
{
    /// <summary>Makes an empty database of an unused name; disposing it drops it, open connections and all.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellation = default)
    {
        string name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}", cancellation);
        var settings = new NpgsqlConnectionStringBuilder(AdministratorConnectionString) { Database = name };
        return new TestDatabase(this, name, settings.ConnectionString);
    }

    internal async Task ExecuteAsync(string sql, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(AdministratorConnectionString);
        await connection.OpenAsync(cancellation);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>A database for one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;

    internal TestDatabase(PostgreSqlServer server, string name, string connectionString) =>
        (_server, Name, ConnectionString) = (server, name, connectionString);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Npgsql connection string.</summary>
    public string ConnectionString { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await _server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }
}
