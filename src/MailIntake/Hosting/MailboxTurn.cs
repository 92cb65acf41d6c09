namespace MailIntake.Hosting;

/// <summary>
/// Whose turn it is at the mailbox, which has one connection: a poll's, or the watch's, which waits for minutes and leaves when a poll comes.
/// </summary>
internal sealed class MailboxTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _watch;
    private int _polls;

    /// <summary>Does a poll, after whoever is before it; a watch is asked to leave.</summary>
    public async Task<T> PollAsync<T>(Func<Task<T>> poll, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _polls++;
            _watch?.Cancel();
        }

        try
        {
            await _turn.WaitAsync(cancellation);
            try
            {
                return await poll();
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            lock (_gate)
            {
                _polls--;
            }
        }
    }

    /// <summary>Watches until it has ended or a poll comes; null where a poll is there already.</summary>
    /// <param name="watch">Given what tells it to leave.</param>
    /// <param name="cancellation">Stops waiting for the turn.</param>
    public async Task<T?> WatchAsync<T>(Func<CancellationToken, Task<T>> watch, CancellationToken cancellation)
        where T : struct
    {
        await _turn.WaitAsync(cancellation);
        using var leave = new CancellationTokenSource();
        try
        {
            lock (_gate)
            {
                if (_polls > 0)
                {
                    return null;
                }

                _watch = leave;
            }

            return await watch(leave.Token);
        }
        finally
        {
            lock (_gate)
            {
                _watch = null;
            }

            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
