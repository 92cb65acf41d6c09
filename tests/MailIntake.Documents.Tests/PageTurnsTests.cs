using MailIntake.Documents.Scans;

namespace MailIntake.Documents.Tests;

public sealed class PageTurnsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_found_too_little_memory_beside_another_one_was_given_up()
    {
        using var turns = new PageTurns(2);
        var other = new TaskCompletionSource();
        var beside = turns.RunAsync(
            async () =>
            {
                await other.Task;
                return 1;
            },
            Stop);
        var tried = 0;
        var page = turns.RunAsync(() => ++tried == 1 ? throw new InsufficientMemoryException() : Task.FromResult(beside.IsCompleted), Stop);

        Assert.Equal(1, tried);
        Assert.False(page.IsCompleted);
        other.SetResult();

        Assert.True(await page);
        Assert.Equal((1, 2), (await beside, tried));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => turns.RunAsync(() => Task.FromResult(3), Stop))), value => Assert.Equal(3, value));
    }

    [Fact]
    public async Task Pages_that_all_find_too_little_memory_are_worked_on_one_after_the_other()
    {
        using var turns = new PageTurns(2);
        var (working, most) = (0, 0);
        async Task<int> Work(Begun begun)
        {
            if (begun.Times++ == 0)
            {
                await Task.Yield();
                throw new InsufficientMemoryException();
            }

            most = Math.Max(most, Interlocked.Increment(ref working));
            await Task.Yield();
            Interlocked.Decrement(ref working);
            return begun.Times;
        }

        var pages = Enumerable.Range(0, 8).Select(_ => new Begun()).Select(begun => turns.RunAsync(() => Work(begun), Stop));

        Assert.All(await Task.WhenAll(pages).WaitAsync(TimeSpan.FromSeconds(20), Stop), times => Assert.Equal(2, times));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_page_too_large_for_all_the_memory_fails_and_gives_its_places_back()
    {
        using var turns = new PageTurns(2);

        await Assert.ThrowsAsync<InsufficientMemoryException>(() => turns.RunAsync<int>(() => throw new InsufficientMemoryException(), Stop));

        Assert.Equal(1, await turns.RunAsync(() => Task.FromResult(1), Stop));
    }

    private sealed class Begun
    {
        public int Times { get; set; }
    }
}
