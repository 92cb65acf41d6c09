using MailIntake.Hosting;

namespace MailIntake.Tests.Hosting;

/// <summary>A poll never waits for a watch, which may last for half an hour.</summary>
public sealed class MailboxTurnTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_poll_makes_the_watch_leave_and_comes_after_it()
    {
        using var turn = new MailboxTurn();
        var order = new List<string>();
        var begun = new TaskCompletionSource();
        var watch = turn.WatchAsync<int>(
            async leave =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, leave).ContinueWith(_ => { }, TaskScheduler.Default);
                order.Add("left");
                return 7;
            },
            Cancellation);
        await begun.Task;

        await turn.PollAsync(
            () =>
            {
                order.Add("polled");
                return Task.FromResult(true);
            },
            Cancellation);

        Assert.Equal(7, await watch);
        Assert.Equal(["left", "polled"], order);
    }

    [Fact]
    public async Task A_watch_that_comes_before_a_waiting_poll_does_not_begin()
    {
        using var turn = new MailboxTurn();
        var free = new TaskCompletionSource();
        var first = turn.PollAsync(async () => { await free.Task; return true; }, Cancellation);
        var watch = turn.WatchAsync<int>(_ => throw new InvalidOperationException("A poll waits."), Cancellation);
        var second = turn.PollAsync(() => Task.FromResult(true), Cancellation);
        free.SetResult();

        await first;
        await second;

        Assert.True(await watch is null || second.IsCompleted);
        Assert.Null(await watch);
    }

    [Fact]
    public async Task After_a_watch_that_fails_the_turn_is_free()
    {
        using var turn = new MailboxTurn();
        await Assert.ThrowsAsync<InvalidOperationException>(() => turn.WatchAsync<int>(_ => throw new InvalidOperationException("broken"), Cancellation));
        Assert.True(await turn.PollAsync(() => Task.FromResult(true), Cancellation));
        Assert.Equal(1, await turn.WatchAsync(_ => Task.FromResult(1), Cancellation));
    }
}
