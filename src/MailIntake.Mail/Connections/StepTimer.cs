namespace MailIntake.Mail.Connections;

/// <summary>
/// The time limit of one step: a line, 64 KiB of a literal, a write. Time is counted while the network is waited for and not
/// while the caller works on what has come, and a server that drips single bytes does not renew it.
/// Once a step has run out the connection is lost, since nobody knows what of it was still under way.
/// </summary>
internal sealed class StepTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _broken = new();
    private readonly ITimer _timer;
    private TimeSpan _remaining;

    public StepTimer(TimeProvider time, TimeSpan limit)
    {
        _time = time;
        _limit = limit;
        _remaining = limit;
        _timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), _broken, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A new step begins, with the whole limit, or a multiple of it.</summary>
    public void NewStep(int times = 1) => _remaining = _limit * times;

    /// <summary>Runs one network operation within what is left of the step.</summary>
    /// <exception cref="ConnectionFaultException">The time is over or the connection is lost.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public async ValueTask<T> RunAsync<TState, T>(TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_remaining <= TimeSpan.Zero)
        {
            throw Expired(null);
        }

        var started = _time.GetTimestamp();
        _timer.Change(_remaining, Timeout.InfiniteTimeSpan);
        try
        {
            using var registration = cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _broken);
            return await operation(state, _broken.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // A stream that is cancelled half-way may complain in its own words.
            cancellation.ThrowIfCancellationRequested();
            throw _broken.IsCancellationRequested ? Expired(e) : new ConnectionFaultException($"the connection was lost: {e.Message}", e);
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _remaining -= _time.GetElapsedTime(started);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _broken.Dispose();
    }

    private ConnectionFaultException Expired(Exception? inner) =>
        new($"the server was silent for more than {_limit.TotalSeconds:0} seconds", inner);
}
