using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

using Xunit;

namespace MailIntake.Storage.Tests.Database;

public class OutboxClaimsTests
{
    private static readonly Instant Now = TestIntakeDatabase.Now;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Letters_are_claimed_by_priority_then_age_and_only_when_due(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var later = TestIntakeDatabase.Letter("later", 1);
        later.NextAttemptAt = Now + Duration.FromSeconds(1);
        var due = TestIntakeDatabase.Letter("due", 20);
        due.NextAttemptAt = Now;
        await database.SaveAsync(
            TestIntakeDatabase.Letter("digest", 30), TestIntakeDatabase.Letter("first", 10), TestIntakeDatabase.Letter("second", 10), later, due);
        var claims = new OutboxClaims(database.Factory);

        var order = new List<string>();
        while (await claims.ClaimNextAsync(Now, Stop) is { } row)
        {
            Assert.Equal((OutboxState.Sending, 1), (row.State, row.Attempts));
            order.Add(row.Key);
        }

        Assert.Equal(["first", "second", "due", "digest"], order);
        Assert.Equal("later", (await claims.ClaimNextAsync(Now + Duration.FromSeconds(1), Stop))?.Key);
    }

    [Theory, EveryDatabase]
    public async Task Two_dispatchers_never_claim_the_same_letter(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        await database.SaveAsync([.. Enumerable.Range(0, 40).Select(i => TestIntakeDatabase.Letter($"letter {i}"))]);
        var claims = new OutboxClaims(database.Factory);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (await claims.ClaimNextAsync(Now, Stop) is { } row)
            {
                mine.Add(row.Id);
            }

            return mine;
        })));
        Assert.Equal(40, claimed.Sum(c => c.Count));
        Assert.Equal(40, claimed.SelectMany(c => c).Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task What_became_of_a_letter_is_written_once(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        await database.SaveAsync(TestIntakeDatabase.Letter("a"));
        var claims = new OutboxClaims(database.Factory);
        var id = (await claims.ClaimNextAsync(Now, Stop))!.Id;

        Assert.True(await claims.MarkWaitingAsync(id, "451 MI:SFQ", Now + Duration.FromMinutes(15), Stop));
        Assert.False(await claims.MarkSentAsync(id, "s", "250", Now, Stop));
        Assert.Null(await claims.ClaimNextAsync(Now, Stop));
        var again = await claims.ClaimNextAsync(Now + Duration.FromMinutes(15), Stop);
        Assert.Equal((2, "451 MI:SFQ"), (again!.Attempts, again.LastReply));

        Assert.True(await claims.GiveBackAsync(id, null, Stop));
        Assert.Equal(2, (await claims.ClaimNextAsync(Now, Stop))!.Attempts);
        Assert.True(await claims.MarkDeadAsync(id, "550 DT:SPM", Stop));
        Assert.False(await claims.MarkDroppedAsync(id, "nothing owed", Stop));
        Assert.True(await claims.RetryAsync(id, Stop));
        Assert.False(await claims.RetryAsync(id, Stop));

        Assert.Equal(1, (await claims.ClaimNextAsync(Now, Stop))!.Attempts);
        Assert.True(await claims.MarkSentAsync(id, "收悉", "250 OK", Now, Stop));
        var row = await database.ReadAsync(d => d.Outbox.SingleAsync(Stop));
        Assert.Equal((OutboxState.Sent, "收悉", "250 OK", Now), (row.State, row.Subject, row.LastReply, row.SentAt!.Value));
    }

    [Theory, EveryDatabase]
    public async Task What_a_dead_dispatcher_left_is_taken_back(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        await database.SaveAsync(TestIntakeDatabase.Letter("a"), TestIntakeDatabase.Letter("b"));
        var claims = new OutboxClaims(database.Factory);
        var first = await claims.ClaimNextAsync(Now, Stop);
        Assert.Equal(1, await claims.TakeBackAsync(Stop));
        var again = await claims.ClaimNextAsync(Now, Stop);
        Assert.Equal((first!.Id, first.MessageIdHeader), (again!.Id, again.MessageIdHeader));
    }
}
