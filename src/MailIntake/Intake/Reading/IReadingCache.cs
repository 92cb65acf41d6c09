using MailIntake.Documents;

namespace MailIntake.Intake.Reading;

/// <summary>Keeps what reading a file gave, so that the same bytes are read once.</summary>
internal interface IReadingCache
{
    /// <summary>The readings that are known among those keys.</summary>
    Task<IReadOnlyDictionary<ReadingKey, DocumentReading>> FindAsync(IReadOnlyCollection<ReadingKey> keys, CancellationToken cancellation);

    /// <summary>Keeps readings; what is there already stays.</summary>
    Task StoreAsync(IReadOnlyCollection<KeyValuePair<ReadingKey, DocumentReading>> readings, CancellationToken cancellation);
}

/// <summary>What a reading depends on.</summary>
/// <param name="Sha256">The bytes.</param>
/// <param name="Reader">Version of the reader, the labels it looked for, and the file's extension, which is a hint to it.</param>
internal readonly record struct ReadingKey(string Sha256, string Reader);

/// <summary>Keeps nothing: for <c>inspect</c>, which has no database.</summary>
internal sealed class NoReadingCache : IReadingCache
{
    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ReadingKey, DocumentReading>> FindAsync(
        IReadOnlyCollection<ReadingKey> keys, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<ReadingKey, DocumentReading>>(new Dictionary<ReadingKey, DocumentReading>());

    /// <inheritdoc/>
    public Task StoreAsync(IReadOnlyCollection<KeyValuePair<ReadingKey, DocumentReading>> readings, CancellationToken cancellation) =>
        Task.CompletedTask;
}
