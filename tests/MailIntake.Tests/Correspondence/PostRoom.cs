using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Forms;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Receipts;
using MailIntake.Correspondence.Reminders;
using MailIntake.Mail.Transports;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;
using NodaTime.Testing;

namespace MailIntake.Tests.Correspondence;

/// <summary>A database, an archive, and a dispatcher over a transport that does as it is told, on a clock that stands still.</summary>
internal sealed class PostRoom : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailintake");
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();

    private PostRoom(SendingOptions options, Instant now)
    {
        Options = options;
        Clock = new FakeClock(now);
        Databases = IntakeDatabaseFactory.Sqlite($"Data Source={Path.Combine(_folder.FullName, "test.db")};Pooling=False");
        Archive = new FakeArchive();
    }

    public SendingOptions Options { get; }

    public FakeClock Clock { get; }

    public IntakeDatabaseFactory Databases { get; }

    public FakeArchive Archive { get; }

    public ScriptedTransport Transport { get; } = new();

    /// <summary>Takes the place of <see cref="Transport"/> where it is set.</summary>
    public IMailTransport? Other { get; set; }

    /// <summary>What a digest without news is; default as shipped.</summary>
    public EmptyDigest EmptyDigest { get; set; } = EmptyDigest.Line;

    public SendingState Sending { get; private set; } = new();

    public static async Task<PostRoom> OpenAsync(Action<SendingOptions>? set = null, Instant? now = null)
    {
        var options = new SendingOptions { PaceSeconds = 0, MaxPerUnitAndDay = 1000 };
        set?.Invoke(options);
        var room = new PostRoom(options, now ?? Office.At(2018, 9, 20));
        await room.Databases.MigrateAsync(default);
        await using var database = room.Databases.CreateDbContext();
        database.Units.AddRange(new[] { Office.Haigang, Office.Jiaoyu, Office.Mute }.Select(UnitRows.ToRow));
        await database.SaveChangesAsync();
        return room;
    }

    /// <summary>A dispatcher as a fresh process would make it.</summary>
    public Dispatcher Restart()
    {
        Sending = new SendingState();
        var renderer = Office.Renderer();
        var reminders = new ReminderComposer(
            Office.Campaign, new ReminderModelBuilder(Office.Campaign, Office.Calendar), Office.Policy, Office.Tokens, new BlankForm(Office.Campaign, null), renderer, Clock);
        var digests = new DigestComposer(new DigestLoader(Office.Campaign, Office.Calendar), renderer, new ScheduleOptions { EmptyDigest = EmptyDigest }, Clock);
        var sender = new LetterSender(
            Other ?? Transport, Archive, [new ReceiptComposer(renderer), reminders, digests], new LetterAddresser(Office.Campaign, Office.Identity),
            Office.Identity, Sending, Options, Clock, TimeProvider.System, NullLogger<LetterSender>.Instance);
        return new Dispatcher(Databases, sender, Archive, Sending, Options, Office.Campaign, Clock, NullLogger<Dispatcher>.Instance);
    }

    public async Task<DispatchReport> DispatchAsync()
    {
        using var dispatcher = Restart();
        return await dispatcher.RunAsync(default);
    }

    /// <summary>Puts receipts into the outbox, each for a mail of its own.</summary>
    public async Task AddReceiptsAsync(int count, string? to = null)
    {
        await using var database = Databases.CreateDbContext();
        var known = await database.Outbox.CountAsync();
        for (var i = known; i < known + count; i++)
        {
            var now = Clock.GetCurrentInstant();
            var entry = Office.Entry(Office.Jiaoyu, 1, "甲", Office.Material("brief", now));
            var outcome = Office.Outcome(Office.Jiaoyu, now, [Office.File("甲.docx", "brief", entry)], Office.Completeness(Office.Jiaoyu, now, entry));
            outcome.Message.Sha256 = i.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
            database.Outbox.Add(Office.Receipts.Write(outcome with { SenderAddress = to ?? $"unit{i}@example.com" })!);
        }

        await database.SaveChangesAsync();
    }

    public async Task<List<OutboxRow>> RowsAsync()
    {
        await using var database = Databases.CreateDbContext();
        return await database.Outbox.AsNoTracking().OrderBy(r => r.Id).ToListAsync();
    }

    public async Task<T> WithDatabaseAsync<T>(Func<IntakeDatabase, Task<T>> use)
    {
        await using var database = Databases.CreateDbContext();
        return await use(database);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A transport that answers as scripted, then takes everything.</summary>
internal sealed class ScriptedTransport : IMailTransport
{
    public Queue<SendOutcome> Answers { get; } = new();

    public List<(string Recipient, string Message)> Taken { get; } = [];

    public int Calls { get; private set; }

    /// <summary>Is run when the server has taken a message and its answer is on the way.</summary>
    public Action? AfterTaking { get; set; }

    public IEnumerable<string> MessageIds => Taken.Select(t => Header(t.Message, "Message-ID"));

    public Task<SendOutcome> SendAsync(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        Calls++;
        var answer = Answers.Count > 0 ? Answers.Dequeue() : new SendOutcome(SendStatus.Sent, "250 OK");
        if (answer.Status is SendStatus.Sent or SendStatus.Unknown)
        {
            Taken.Add((recipients.Single(), System.Text.Encoding.ASCII.GetString(message.Span)));
            AfterTaking?.Invoke();
        }

        return Task.FromResult(answer);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static string Header(string message, string name) =>
        message.Split("\r\n").First(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
}

/// <summary>An archive that remembers keys and flushes.</summary>
internal sealed class FakeArchive : IMailArchive
{
    public List<string?> Keys { get; } = [];

    public int Flushed { get; private set; }

    public bool IsFull { get; set; }

    public Task<ArchivePlace> AppendAsync(ArchiveRecordKind kind, ArchiveMetadata metadata, Stream content, CancellationToken cancellation)
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }

        Xunit.Assert.Equal(ArchiveRecordKind.Sent, kind);
        Keys.Add(metadata.Key);
        return Task.FromResult(new ArchivePlace("x", 0, content.Length, ""));
    }

    public Task FlushAsync(CancellationToken cancellation)
    {
        Flushed = Keys.Count;
        return Task.CompletedTask;
    }

    public ArchivedBytes Open(ArchivePlace place) => throw new NotSupportedException();

    public IEnumerable<ArchiveRecord> ReadAll(Action<ArchiveDamage>? damaged = null) => [];

    public IEnumerable<ArchiveRecord> ReadAllAfter(string segment, long offset, Action<ArchiveDamage>? damaged = null) => [];

    public IEnumerable<ArchiveDamage> Verify(CancellationToken cancellation) => [];

    public void Dispose()
    {
    }
}
