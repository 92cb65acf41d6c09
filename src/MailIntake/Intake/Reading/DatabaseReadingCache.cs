using System.Text.Json;

using MailIntake.Documents;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Reading;

/// <summary>Keeps readings in the database.</summary>
internal sealed class DatabaseReadingCache(IDbContextFactory<IntakeDatabase> databases) : IReadingCache
{
    private static readonly JsonSerializerOptions _json = new() { IncludeFields = true };

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<ReadingKey, DocumentReading>> FindAsync(
        IReadOnlyCollection<ReadingKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return new Dictionary<ReadingKey, DocumentReading>();
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var hashes = keys.Select(k => k.Sha256).Distinct().ToList();
        var rows = await database.Readings.AsNoTracking().Where(r => hashes.Contains(r.Sha256)).ToListAsync(cancellation);
        return rows
            .Select(r => (Key: new ReadingKey(r.Sha256, r.ReaderVersion), r.Json))
            .Where(r => keys.Contains(r.Key))
            .ToDictionary(r => r.Key, r => JsonSerializer.Deserialize<DocumentReading>(r.Json, _json)!);
    }

    /// <inheritdoc/>
    public async Task StoreAsync(
        IReadOnlyCollection<KeyValuePair<ReadingKey, DocumentReading>> readings, CancellationToken cancellation)
    {
        if (readings.Count == 0)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var hashes = readings.Select(r => r.Key.Sha256).Distinct().ToList();
        var known = (await database.Readings
            .Where(r => hashes.Contains(r.Sha256))
            .Select(r => new { r.Sha256, r.ReaderVersion })
            .ToListAsync(cancellation)).Select(r => new ReadingKey(r.Sha256, r.ReaderVersion)).ToHashSet();
        foreach (var (key, reading) in readings)
        {
            if (known.Add(key))
            {
                database.Readings.Add(new ReadingRow
                {
                    Sha256 = key.Sha256,
                    ReaderVersion = key.Reader,
                    Json = JsonSerializer.Serialize(reading, _json),
                });
            }
        }

        await database.SaveChangesAsync(cancellation);
    }
}
