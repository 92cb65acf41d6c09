using System.Net.Sockets;

namespace MailIntake.Mail.Connections;

/// <summary>
/// The time limit of one step on a connection that is read by a thread of its own: a line, 64 KiB of a literal, a write. Time is counted while
/// the network is waited for and not while the caller works on what has come, and a server that drips single bytes does not renew it.
/// The wait is cut into slices, between which a caller that gives up is heard. Once a step has run out the connection is lost, since
/// nobody knows what of it was still under way.
/// </summary>
internal sealed class StepLimit
{
    /// <summary>How long a caller that gives up is not heard, at most.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private TimeSpan _remaining;
    private bool _isOver;

    public StepLimit(TimeProvider time, TimeSpan limit)
    {
        _time = time;
        _limit = limit;
        _remaining = limit;
    }

    /// <summary>The caller who waits now.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Called in each slice in which nothing came, by the thread that reads; it may write. Null: nothing.</summary>
    public Action? Waiting { get; set; }

    /// <summary>Makes a socket give up waiting after each slice, by itself: one call to the system for each read.</summary>
    public static void Bind(Socket socket) => socket.ReceiveTimeout = (int)Slice.TotalMilliseconds;

    /// <summary>A new step begins, with the whole limit.</summary>
    public void NewStep() => _remaining = _limit;

    /// <summary>A new step begins, with a limit of its own.</summary>
    public void NewStep(TimeSpan ownLimit) => _remaining = ownLimit;

    /// <summary>Reads one or more bytes; none at the end of the connection. The socket must be one that <see cref="Bind"/> has seen.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="TimeoutException">The step's time is over.</exception>
    public int Receive(Socket socket, Span<byte> target)
    {
        while (true)
        {
            Check();
            var started = _time.GetTimestamp();
            var count = socket.Receive(target, SocketFlags.None, out var error);
            _remaining -= _time.GetElapsedTime(started);
            switch (error)
            {
                case SocketError.Success:
                    return count;
                case SocketError.TimedOut or SocketError.WouldBlock:
                    Waiting?.Invoke();
                    break;
                default:
                    throw new SocketException((int)error);
            }
        }
    }

    /// <summary>Waits until the socket can be written.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="TimeoutException">The step's time is over.</exception>
    public void AwaitWrite(Socket socket)
    {
        for (var ready = false; !ready;)
        {
            Check();
            var started = _time.GetTimestamp();
            ready = socket.Poll(Slice, SelectMode.SelectWrite);
            _remaining -= _time.GetElapsedTime(started);
        }
    }

    /// <summary>Waits for work on another thread, which is not to be stopped, and leaves it alone when the step is over.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="TimeoutException">The step's time is over.</exception>
    public void Await(Task work)
    {
        for (var ready = false; !ready;)
        {
            Check();
            var started = _time.GetTimestamp();
            ready = ((IAsyncResult)work).AsyncWaitHandle.WaitOne(Slice);
            _remaining -= _time.GetElapsedTime(started);
        }

        work.GetAwaiter().GetResult();
    }

    /// <summary>What a fault of the network means to the caller.</summary>
    public Exception Explain(Exception fault)
    {
        if (Cancellation.IsCancellationRequested)
        {
            return new OperationCanceledException(Cancellation);
        }

        return _isOver
            ? new ConnectionFaultException($"the server was silent for more than {_limit.TotalSeconds:0} seconds", fault)
            : new ConnectionFaultException($"the connection was lost: {fault.Message}", fault);
    }

    /// <summary>What <see cref="Explain"/> explains; anything else is a fault of the program.</summary>
    public static bool IsOfNetwork(Exception fault) =>
        fault is IOException or SocketException or ObjectDisposedException or TimeoutException or OperationCanceledException;

    private void Check()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_remaining <= TimeSpan.Zero)
        {
            _isOver = true;
            throw new TimeoutException();
        }
    }
}
