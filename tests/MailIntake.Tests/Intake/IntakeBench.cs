using MailIntake.Correspondence;
using MailIntake.Correspondence.Notices;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Receipts;
using MailIntake.Documents;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Hosting;
using MailIntake.Intake;
using MailIntake.Intake.Fetching;
using MailIntake.Intake.Filing;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Intake.Similarity;
using MailIntake.Mail.Reading;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;
using MailIntake.Storage.Files;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

using NodaTime;
using NodaTime.Testing;

namespace MailIntake.Tests.Intake;

/// <summary>The whole intake in a folder of its own: archive, SQLite, staff tree, a mailbox in memory and a clock that stands.</summary>
internal sealed class IntakeBench : IAsyncDisposable
{
    public static readonly Instant Now = Instant.FromUtc(2018, 9, 20, 2, 0);

    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-test-").FullName;

    private IntakeBench()
    {
        Campaign = CampaignFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "campaigns", "2018-innovation.json"))).Campaign!;
        Archive = OpenArchive();
        Databases = NewDatabase("mail.db");
        Tree = new StaffTree(FilesFolder);
        Inbox = Mailbox.AddFolder("INBOX");
    }

    public Campaign Campaign { get; }

    public FakeClock Clock { get; } = new(Now);

    public FakeMailbox Mailbox { get; } = new();

    public FakeMailbox.Folder Inbox { get; }

    public IMailArchive Archive { get; private set; }

    public IntakeDatabaseFactory Databases { get; private set; }

    public StaffTree Tree { get; }

    public string FilesFolder => Path.Combine(_folder, "files");

    public string ScratchFolder => Path.Combine(_folder, "work");

    public MailboxOptions MailboxOptions { get; } = new();

    public ProcessingOptions Processing { get; } = new() { Parallelism = 2, MaxAttempts = 3 };

    public ReplyTokens Tokens { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], "2018");

    /// <summary>Scans files; null for not at all.</summary>
    public FileScan? Scan { get; set; }

    /// <summary>How sure a seal or signature must be seen.</summary>
    public double MarkConfidence { get; set; } = new DocumentReaderOptions().MarkConfidence;

    public BounceBook Bounces { get; } = new();

    public IntakePipeline Pipeline => Build().Pipeline;

    public static async Task<IntakeBench> OpenAsync()
    {
        var bench = new IntakeBench();
        await bench.PrepareAsync();
        return bench;
    }

    public async Task<IntakeCounts> RunAsync() => await Pipeline.RunOnceAsync(Mailbox, null, Stop);

    /// <summary>Puts a mail into INBOX and runs a round.</summary>
    public async Task<MessageRow> ReceiveAsync(byte[] raw, DateTimeOffset? at = null)
    {
        Inbox.Add(raw, at ?? Clock.GetCurrentInstant().ToDateTimeOffset());
        await RunAsync();
        return (await MessagesAsync()).OrderBy(m => m.Id).Last();
    }

    public async Task<List<MessageRow>> MessagesAsync() => await ReadAsync(d => d.Messages.OrderBy(m => m.Id));

    public async Task<List<EntryRow>> EntriesAsync() =>
        await ReadAsync(d => d.Entries.Include(e => e.Materials).OrderBy(e => e.Code));

    public async Task<List<OutboxRow>> OutboxAsync() => await ReadAsync(d => d.Outbox.OrderBy(o => o.Id));

    public async Task<List<T>> ReadAsync<T>(Func<IntakeDatabase, IQueryable<T>> query)
        where T : class
    {
        await using var database = await Databases.CreateDbContextAsync(Stop);
        return await query(database).AsNoTracking().ToListAsync(Stop);
    }

    public async Task WriteAsync(Action<IntakeDatabase> change)
    {
        await using var database = await Databases.CreateDbContextAsync(Stop);
        change(database);
        await database.SaveChangesAsync(Stop);
    }

    public async Task AssignAsync(MessageRow mail, string? unit, string? entry = null)
    {
        var book = new MailIntake.Decisions.DecisionBook(Databases, Archive, Campaign, Clock);
        Assert.Null(unit is null
            ? await book.IgnoreAsync(mail.Id, "与评选无关", "staff", Stop)
            : await book.AssignAsync(mail.Id, unit, entry, "staff", Stop));
    }

    /// <summary>Loses the database and begins with an empty one.</summary>
    public async Task LoseDatabaseAsync()
    {

        Databases = NewDatabase("second.db");
        await PrepareAsync();
    }

    public string[] TreeFiles() => [.. Directory.EnumerateFiles(FilesFolder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(FilesFolder, f))
        .Where(f => !f.StartsWith(".incoming", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public Parts Build()
    {
        var messages = Connections.MessageReader();
        var recorder = new MessageRecorder(Archive, messages);
        var sending = new SendingOptions();
        var identity = new MailIdentity(Campaign, sending);
        var calendar = WorkCalendar.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "calendars", "cn-workdays.json"))).Calendar!;
        var receipts = new ReceiptWriter(new ReplyPolicy(Campaign, identity), Tokens, identity, new ReceiptModelBuilder(Campaign, calendar));
        var tokens = new TokenReader(Tokens);
        var cache = new DatabaseReadingCache(Databases);
        var reader = new MailReader(
            messages,
            new FileRecognizer(new DocumentReader(new DocumentReaderOptions { WorkFolder = ScratchFolder, MarkConfidence = MarkConfidence }), cache, Campaign, Scan),
            Campaign, MailReaderOptions.Default with { TrustedServers = ["mx.example.com"] });
        var failures = new FailureBook(Databases, Processing, Clock, NullLogger<FailureBook>.Instance);
        var common = new CommonTextFiles(
            Campaign, Path.Combine(AppContext.BaseDirectory, "campaigns"), new DocumentReader(new DocumentReaderOptions { WorkFolder = ScratchFolder }),
            NullLogger<CommonTextFiles>.Instance);
        var filer = new Filer(
            Databases, Campaign, Tree, receipts,
            new UnmatchedWriter(new ReplyPolicy(Campaign, identity), new NoticeWriter(Campaign, Tokens), new NoticeRows(Tokens, identity), Campaign),
            new ProblemWriter(Campaign, new PhaseNotices(Campaign, calendar, Tokens), new NoticeRows(Tokens, identity), new ReplyPolicy(Campaign, identity)),
            Bounces, new OutboxThreads(Databases), new EntryLedger(Archive, Campaign, Clock), common, Clock);
        var similarity = new SimilarityStage(
            Databases, Campaign, common, Clock, NullLogger<SimilarityStage>.Instance);
        var processor = new MailProcessor(
            Databases,
            new MailReadingStage(Archive, reader, cache, Processing, new ScratchRoot(ScratchFolder), TimeProvider.System),
            filer, similarity, failures, new ReadingJournal(ScratchFolder), new Leases(Databases), tokens, Campaign, Processing, Clock, NullLogger<MailProcessor>.Instance);
        var fetcher = new MailFetcher(Archive, recorder, Databases, MailboxOptions, Clock, NullLogger<MailFetcher>.Instance);
        var pipeline = new IntakePipeline(
            new ArchiveCatchUp(Archive, recorder, Databases, NullLogger<ArchiveCatchUp>.Instance),
            fetcher, processor,
            new Tidier(Databases, MailboxOptions, NullLogger<Tidier>.Instance),
            NullLogger<IntakePipeline>.Instance);
        return new Parts(
            pipeline, fetcher, recorder, reader,
            new FileImporter(Archive, recorder, Databases, Clock),
            new Replayer(Databases, pipeline, Campaign),
            new Rebuilder(Archive, recorder, messages, Databases, pipeline, tokens, NullLogger<Rebuilder>.Instance));
    }

    public ValueTask DisposeAsync()
    {
        Archive.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SegmentArchive OpenArchive() => new(Path.Combine(_folder, "archive"), Clock);

    private IntakeDatabaseFactory NewDatabase(string name) => IntakeDatabaseFactory.Sqlite($"Data Source={Path.Combine(_folder, name)}");

    private async Task PrepareAsync()
    {
        await Databases.MigrateAsync(Stop);
        var roster = RosterCsv.Read(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "campaigns", "2018-roster.csv"), Stop)).Roster!;
        await WriteAsync(d => d.Units.AddRange(roster.Units.Select((u, i) => UnitRows.ToRow(u, i))));
    }

    internal sealed record Parts(
        IntakePipeline Pipeline, MailFetcher Fetcher, MessageRecorder Recorder, MailReader Reader, FileImporter Importer, Replayer Replayer, Rebuilder Rebuilder);

    internal sealed class BounceBook : IBounceSink
    {
        public List<DeliveryReport> Reports { get; } = [];

        public Task<OutboxRow?> HandleAsync(IntakeDatabase database, DeliveryReport report, Instant cameAt, CancellationToken cancellation)
        {
            Reports.Add(report);
            return Task.FromResult<OutboxRow?>(null);
        }

        public Task<bool> ReviveAsync(IntakeDatabase database, string address, Instant cameAt, CancellationToken cancellation) =>
            DeadAddresses.ReviveAsync(database, address, cameAt, cancellation);
    }

    private sealed class TokenReader(ReplyTokens tokens) : IReplyTokens
    {
        public string? FindUnit(string text) => tokens.FindUnit(text);
    }
}
