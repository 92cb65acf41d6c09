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

    [Theory, EveryDatabase]
    public async Task A_compared_text_is_saved_with_its_new_material_keeps_its_signature_and_goes_with_it(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var message = TestIntakeDatabase.Message();
        await database.SaveAsync(message);
        var entry = TestIntakeDatabase.Entry();
        var material = TestIntakeDatabase.Material(message.Id, "writeup");
        entry.Materials.Add(material);
        byte[] signature = [.. Enumerable.Range(0, 512).Select(i => (byte)i)];
        var text = string.Concat(Enumerable.Repeat("职工码上议事厅𠀀\0", 2000));
        await database.SaveAsync(entry, new ComparedTextRow { Material = material, Text = text, Signature = signature, SignatureVersion = "1:0", FoundAt = TestIntakeDatabase.Now });

        var kept = await database.ReadAsync(d => d.ComparedTexts.SingleAsync(t => !t.IsCompared && t.FoundAt >= TestIntakeDatabase.Now, Stop));
        Assert.Equal((material.Id, text.Replace('\0', '\uFFFD'), "1:0"), (kept.MaterialId, kept.Text, kept.SignatureVersion));
        Assert.Equal(signature, kept.Signature);
        Assert.Equal("haigang", await database.ReadAsync(d => d.ComparedTexts.Join(d.Entries, t => t.Material!.EntryId, e => e.Id, (t, e) => e.UnitCode).SingleAsync(Stop)));

        await database.ReadAsync(d => d.Materials.Where(m => m.Id == material.Id).ExecuteDeleteAsync(Stop));
        Assert.False(await database.ReadAsync(d => d.ComparedTexts.AnyAsync(Stop)));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_a_mail_says_of_itself_fits_its_columns(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var endless = "<" + Noise(20_000, 1) + "@example.com>";
        var message = TestIntakeDatabase.Message();
        message.MessageIdHeader = endless;
        message.FromAddress = Noise(5_000, 2);
        message.Subject = "\0\uD800" + new string('题', 499);
        message.LastError = "NUL \0 and half \uDC00";
        message.FindingsJson = FindingsJson.Write([new("corrupt", Domain.Completeness.Severity.Note, "\0\uD800")]);
        await database.SaveAsync(message);

        var row = await database.ReadAsync(d => d.Messages.SingleAsync(m => m.MessageIdHeader == endless, Stop));
        Assert.Equal(endless[..500], row.MessageIdHeader);
        Assert.Equal(320, row.FromAddress!.Length);
        Assert.Equal("\uFFFD\uFFFD" + new string('题', 498), row.Subject);
        Assert.Equal("NUL \uFFFD and half \uFFFD", row.LastError);
        Assert.Single(FindingsJson.Read(row.FindingsJson));
    }

    [Theory, EveryDatabase]
    public async Task Two_files_whose_endless_paths_begin_alike_stay_two(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var message = TestIntakeDatabase.Message();
        var entry = TestIntakeDatabase.Entry();
        await database.SaveAsync(message, entry);
        var paths = new[] { "a", "b" }.Select(end => Noise(20_000, 3) + end).ToArray();
        for (var i = 0; i < paths.Length; i++)
        {
            var material = TestIntakeDatabase.Material(message.Id, version: i + 1);
            material.EntryId = entry.Id;
            material.PathInMail = paths[i];
            await database.SaveAsync(material);
        }

        var found = await database.ReadAsync(d => d.Materials.SingleAsync(m => m.PathInMail == paths[1], Stop));
        Assert.Equal(2, found.Version);
        Assert.Equal(paths[1][..435] + "#", found.PathInMail[..436]);
        Assert.Equal(500, found.PathInMail.Length);
    }

    [Theory, EveryDatabase]
    public async Task Text_is_searched_in_the_database(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        await database.SaveAsync(TestIntakeDatabase.Letter("reminder:2018:a"), TestIntakeDatabase.Letter("receipt:50%_x"));
        var prefix = "reminder:2018:";
        var middle = "50%_";
        var keys = new[] { "receipt:50%_x", "none" };
        Assert.Equal("reminder:2018:a", await database.ReadAsync(d => d.Outbox.Where(o => o.Key.StartsWith(prefix)).Select(o => o.Key).SingleAsync(Stop)));
        Assert.Equal("receipt:50%_x", await database.ReadAsync(d => d.Outbox.Where(o => o.Key.Contains(middle)).Select(o => o.Key).SingleAsync(Stop)));
        Assert.Equal("receipt:50%_x", await database.ReadAsync(d => d.Outbox.Where(o => keys.Contains(o.Key)).Select(o => o.Key).SingleAsync(Stop)));
        Assert.Equal(1, await database.ReadAsync(d => d.Outbox.CountAsync(o => (o.LastReply ?? o.Key) == "receipt:50%_x", Stop)));
    }

    /// <summary>Letters that no database can press together.</summary>
    private static string Noise(int length, int seed)
    {
        var random = new Random(seed);
        return string.Create(length, random, static (span, random) =>
        {
            foreach (ref var c in span)
            {
                c = (char)random.Next(0x4E00, 0x9FFF);
            }
        });
    }
}
