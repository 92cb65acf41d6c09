namespace MailIntake.Documents;

/// <summary>
/// Bounds the time that reading takes. It stands still while all that is read waits for its turn at what every reading in the process shares (LibreOffice, the places for
/// recognising pages): a mail is not to fail for the pages of another one.
/// </summary>
/// <remarks>Flows with the calls that are made after <see cref="Begin"/>, and into whatever they start. One that begins inside another counts against both.</remarks>
public sealed class ReadingTime : IDisposable
{
    private static readonly AsyncLocal<ReadingTime?> _current = new();

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ReadingTime? _outer;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _since;
    private int _waiting;
    private int _working;
    private bool _isDone;

    private ReadingTime(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        (_left, _time, _outer) = (longest, time, _current.Value);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _since = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((ReadingTime)state!).End(), this, longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over, or by the caller's own token.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Ends when the time is over.</summary>
    public Task Over => _over.Task;

    /// <summary>The time is over.</summary>
    public bool IsOver => _over.Task.IsCompleted;

    /// <summary>Begins to count, for the caller and what it calls from now on.</summary>
    /// <param name="longest">Longest time without waiting.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels <see cref="Token"/> too.</param>
    public static ReadingTime Begin(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        var begun = new ReadingTime(longest, time, cancellation);
        _current.Value = begun;
        return begun;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDone = true;
        }

        _timer.Dispose();
        _stop.Dispose();
        _current.Value = _outer;
    }

    /// <summary>Waits for a place, and gives it back when what is returned is disposed; the time of the wait does not count.</summary>
    /// <param name="places">The places that all share.</param>
    /// <param name="cancellation">Stops waiting.</param>
    internal static async Task<IDisposable> TurnAsync(SemaphoreSlim places, CancellationToken cancellation)
    {
        var current = _current.Value;
        if (!places.Wait(0, CancellationToken.None))
        {
            Count(current, waiting: 1, working: 0);
            try
            {
                await places.WaitAsync(cancellation).ConfigureAwait(false);
            }
            finally
            {
                Count(current, waiting: -1, working: 0);
            }
        }

        Count(current, waiting: 0, working: 1);
        return new Turn(places, current);
    }

    private static void Count(ReadingTime? from, int waiting, int working)
    {
        for (var time = from; time is not null; time = time._outer)
        {
            time.Count(waiting, working);
        }
    }

    /// <summary>Several pages of one file wait side by side: the time stands only while none of them is worked on.</summary>
    private void Count(int waiting, int working)
    {
        lock (_lock)
        {
            var stood = _waiting > 0 && _working == 0;
            _waiting += waiting;
            _working += working;
            var stands = _waiting > 0 && _working == 0;
            if (stood == stands || _isDone)
            {
                return;
            }

            if (stands)
            {
                _left -= _time.GetElapsedTime(_since);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _since = _time.GetTimestamp();
                _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (_isDone || (_waiting > 0 && _working == 0))
            {
                return;
            }

            _isDone = true;
        }

        _over.TrySetResult();
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // What was bounded ended at the same moment.
        }
    }

    private sealed class Turn(SemaphoreSlim places, ReadingTime? current) : IDisposable
    {
        public void Dispose()
        {
            places.Release();
            Count(current, waiting: 0, working: -1);
        }
    }
}
