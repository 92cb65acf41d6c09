namespace MailIntake.Mail.Connections;

/// <summary>
/// A thread that does one piece of blocking work after the other and sleeps between them. One that stays keeps its buffers too: what a thread
/// gave back to the pool goes with it.
/// </summary>
internal sealed class OwnThread(string name)
{
    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private Thread? _thread;
    private bool _ends;

    /// <summary>Does the work on the thread; what awaits it goes on elsewhere.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Does the last work; the thread ends behind it. More work begins another one.</summary>
    public Task EndAsync(Action work) => RunAsync(() =>
    {
        _ends = true;
        work();
        return work;
    });

    private void Enqueue(Action work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            Monitor.Pulse(_gate);
            if (_thread is null)
            {
                _thread = new Thread(Work) { IsBackground = true, Name = name };
                _thread.Start();
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            Action? next;
            lock (_gate)
            {
                while (!_waiting.TryDequeue(out next))
                {
                    if (_ends)
                    {
                        _ends = false;
                        _thread = null;
                        return;
                    }

                    Monitor.Wait(_gate);
                }
            }

            next();
        }
    }
}
