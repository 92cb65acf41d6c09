namespace MailIntake.Mail.Connections;

/// <summary>
/// The time limit of one step: a line, 64 KiB of a literal, a write. Time is counted while the network is waited for and not
/// while the caller works on what has come, and a server that drips single bytes does not renew it.
/// Once a step has run out the connection is lost, since nobody knows what of it was still under way.
/// </summary>
internal sealed class StepTimer : IDisposable
{
    private readonly TimeProvider time;
    private readonly TimeSpan limit;
    private readonly CancellationTokenSource broken = new();
    private readonly ITimer timer;
    private TimeSpan remaining;

    public StepTimer(TimeProvider time, TimeSpan limit)
    {
        this.time = time;
        this.limit = limit;
        remaining = limit;
        timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), broken, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A new step begins, with the whole limit, or a multiple of it.</summary>
    public void NewStep(int times = 1) => remaining = limit * times;

    /// <summary>Runs one network operation within what is left of the step.</summary>
    /// <exception cref="ConnectionFaultException">The time is over or the connection is lost.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public async ValueTask<T> RunAsync<TState, T>(TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (remaining <= TimeSpan.Zero)
        {
            throw Expired(null);
        }

        var started = time.GetTimestamp();
        timer.Change(remaining, Timeout.InfiniteTimeSpan);
        try
        {
            using var registration = cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), broken);
            return await operation(state, broken.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // A stream that is cancelled half-way may complain in its own words.
            cancellation.ThrowIfCancellationRequested();
            throw broken.IsCancellationRequested ? Expired(e) : new ConnectionFaultException($"the connection was lost: {e.Message}", e);
        }
        finally
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            remaining -= time.GetElapsedTime(started);
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        broken.Dispose();
    }

    private ConnectionFaultException Expired(Exception? inner) =>
        new($"the server was silent for more than {limit.TotalSeconds:0} seconds", inner);
}
