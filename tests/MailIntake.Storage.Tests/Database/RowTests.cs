using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

using Xunit;

namespace MailIntake.Storage.Tests.Database;

public class RowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Instants_keep_their_microseconds_and_compare_in_the_database(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var received = Instant.FromUtc(2018, 9, 30, 15, 59, 59) + Duration.FromNanoseconds(999_999_900);
        var message = TestIntakeDatabase.Message();
        message.ReceivedAt = received;
        await database.SaveAsync(message);

        var kept = await database.ReadAsync(d => d.Messages.Select(m => m.ReceivedAt).SingleAsync(Stop));
        Assert.Equal(Instant.FromUtc(2018, 9, 30, 15, 59, 59) + Duration.FromNanoseconds(999_999_000), kept);
        var deadline = Instant.FromUtc(2018, 9, 30, 16, 0);
        Assert.True(await database.ReadAsync(d => d.Messages.AnyAsync(m => m.ReceivedAt < deadline, Stop)));
        Assert.False(await database.ReadAsync(d => d.Messages.AnyAsync(m => m.ReceivedAt >= deadline, Stop)));
        var second = Instant.FromUtc(2018, 9, 30, 15, 59, 59);
        Assert.True(await database.ReadAsync(d => d.Messages.AnyAsync(m => m.ReceivedAt > second, Stop)));
    }

    [Theory, EveryDatabase]
    public async Task States_are_words_in_the_database(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var message = TestIntakeDatabase.Message();
        message.State = MessageState.Held;
        await database.SaveAsync(message);
        Assert.Equal("held", await database.ReadAsync(
            d => d.Database.SqlQueryRaw<string>("SELECT state AS \"Value\" FROM messages").SingleAsync(Stop)));
        Assert.Equal(MessageState.Held, (await database.ReadAsync(d => d.Messages.SingleAsync(m => m.State == MessageState.Held, Stop))).State);
    }

    [Theory, EveryDatabase]
    public async Task The_same_bytes_twice_are_a_unique_violation_and_the_transaction_goes_on(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        await database.SaveAsync(TestIntakeDatabase.Message('a'));
        await using var context = database.Factory.CreateDbContext();
        await using (var transaction = await context.Database.BeginTransactionAsync(Stop))
        {
            context.Messages.Add(TestIntakeDatabase.Message('a'));
            var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Stop));
            Assert.True(UniqueViolation.Is(refusal));
            context.ChangeTracker.Clear();
            context.Messages.Add(TestIntakeDatabase.Message('c'));
            await context.SaveChangesAsync(Stop);
            await transaction.CommitAsync(Stop);
        }

        Assert.Equal(2, await context.Messages.CountAsync(Stop));
    }

    [Theory, EveryDatabase]
    public async Task Another_fault_is_no_unique_violation(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var location = new LocationRow { MessageId = 404, Mailbox = "m", Folder = "INBOX", UidValidity = 1, Uid = 1 };
        var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveAsync(location));
        Assert.False(UniqueViolation.Is(refusal));
        Assert.False(UniqueViolation.Is(new InvalidOperationException()));
    }

    [Theory, EveryDatabase]
    public async Task Twins_of_every_unique_key_are_refused(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var message = TestIntakeDatabase.Message();
        var entry = TestIntakeDatabase.Entry();
        await database.SaveAsync(message, entry);
        MaterialRow Material(int version, string path)
        {
            var row = TestIntakeDatabase.Material(message.Id, version: version);
            row.EntryId = entry.Id;
            row.PathInMail = path;
            return row;
        }

        Func<object>[] twins =
        [
            () => new LocationRow { MessageId = message.Id, Mailbox = "m", Folder = "INBOX", UidValidity = 1, Uid = 1_400_000_000 },
            () => new CursorRow { Mailbox = "m", Folder = "INBOX", UidValidity = 1, LastUid = 1, PolledAt = TestIntakeDatabase.Now },
            () => TestIntakeDatabase.Letter("receipt:1"),
            () => new ReadingRow { Sha256 = "a", ReaderVersion = "1", Json = "{}" },
        ];
        foreach (var twin in twins)
        {
            await database.SaveAsync(twin());
            Assert.True(UniqueViolation.Is(await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveAsync(twin()))), twin().ToString());
        }

        await database.SaveAsync(Material(1, "a.docx"));
        Assert.True(UniqueViolation.Is(await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveAsync(Material(1, "b.docx")))));
        Assert.True(UniqueViolation.Is(await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveAsync(Material(2, "a.docx")))));
        var number = TestIntakeDatabase.Entry();
        number.Code = "2018-haigang-x";
        Assert.True(UniqueViolation.Is(await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveAsync(number))));
        var code = TestIntakeDatabase.Entry();
        code.Number = 7;
        Assert.True(UniqueViolation.Is(await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveAsync(code))));
    }
}
