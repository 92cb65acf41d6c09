using MailIntake.Hosting;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.Extensions.Logging.Abstractions;

using NodaTime;
using NodaTime.Testing;

namespace MailIntake.Tests.Hosting;

/// <summary>When the worker is not well.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-health-").FullName;
    private readonly FakeClock _clock = new(Instant.FromUtc(2018, 9, 20, 1, 0));
    private readonly IntakeDatabaseFactory _databases;
    private readonly Health _health;

    public HealthTests()
    {
        _databases = IntakeDatabaseFactory.Sqlite($"Data Source={Path.Combine(_folder, "test.db")};Pooling=False");
        _health = Open(_databases);
    }

    public async ValueTask InitializeAsync() => await _databases.MigrateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_is_green_until_the_mailbox_was_silent_for_too_long()
    {
        _health.Polled();
        _clock.Advance(Duration.FromMinutes(60));
        Assert.Empty(await FaultsAsync());

        _clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(["the mailbox has not been polled for 61 minutes"], await FaultsAsync());

        _health.Polled();
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_worker_that_never_polled_is_red_after_the_same_time()
    {
        _clock.Advance(Duration.FromMinutes(61));

        Assert.Single(await FaultsAsync());
    }

    [Fact]
    public async Task A_worker_is_well_while_another_one_polls()
    {
        _clock.Advance(Duration.FromMinutes(70));
        await AddAsync(new CursorRow { Mailbox = "box", Folder = "INBOX", UidValidity = 1, LastUid = 1, PolledAt = _clock.GetCurrentInstant() });

        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_failed_mail_and_a_dead_letter_are_red()
    {
        await AddAsync(Mail(MessageState.Held), Mail(MessageState.Filed), Letter(OutboxState.Pending));
        Assert.Empty(await FaultsAsync());

        await AddAsync(Mail(MessageState.Failed), Letter(OutboxState.Dead));

        Assert.Equal(["1 mails failed", "1 letters could not be sent"], await FaultsAsync());
    }

    [Fact]
    public async Task Refused_credentials_are_red_until_they_work()
    {
        _health.MailboxNeedsPerson("NO LOGIN Login error or password error");
        _health.SendingNeedsPerson("535 Error: authentication failed");
        Assert.Equal(["NO LOGIN Login error or password error", "535 Error: authentication failed"], await FaultsAsync());

        _health.Polled();
        _health.SendingNeedsPerson(null);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_part_of_the_round_that_breaks_off_is_red_until_it_is_done_again()
    {
        _health.Failed(HealthPart.Processing, new IOException("/data/work: No space left on device"));
        Assert.Equal(["processing breaks off (IOException); see the log"], await FaultsAsync());

        _health.Worked(HealthPart.Fetching);
        Assert.Single(await FaultsAsync());
        _health.Worked(HealthPart.Processing);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_red_and_not_a_fault_of_the_page()
    {
        var health = Open(IntakeDatabaseFactory.PostgreSql("Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d"));

        var report = await health.CheckAsync(TestContext.Current.CancellationToken);

        Assert.Equal("red", report.Status);
        Assert.Equal(["the database does not answer"], report.Faults);
    }

    private Health Open(IntakeDatabaseFactory databases) =>
        new(databases, new HealthOptions { RedAfterMinutes = 60 }, new MailboxOptions { Name = "box" }, _clock, NullLogger<Health>.Instance);

    private async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var report = await _health.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(report.Faults.Count == 0 ? "green" : "red", report.Status);
        return report.Faults;
    }

    private async Task AddAsync(params object[] rows)
    {
        await using var database = _databases.CreateDbContext();
        database.AddRange(rows);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private MessageRow Mail(MessageState state) => new()
    {
        Sha256 = $"{state}", Segment = "2018-09/000001", ReceivedAt = _clock.GetCurrentInstant(), ArchivedAt = _clock.GetCurrentInstant(), State = state,
    };

    private OutboxRow Letter(OutboxState state) => new()
    {
        Key = $"{state}", Kind = "receipt", Recipient = "u@example.com", MessageIdHeader = $"<{state}@example.com>", PayloadJson = "{}",
        CreatedAt = _clock.GetCurrentInstant(), State = state,
    };
}
