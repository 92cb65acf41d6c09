namespace MailIntake.Mail.Connections;

/// <summary>
/// A thread that does one piece of blocking work after the other and sleeps between them. One that stays keeps its buffers too: what a thread
/// gave back to the pool goes with it.
/// </summary>
internal sealed class OwnThread(string name)
{
    private readonly object gate = new();
    private readonly Queue<Action> waiting = new();
    private Thread? thread;
    private bool ends;

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
        ends = true;
        work();
        return work;
    });

    private void Enqueue(Action work)
    {
        lock (gate)
        {
            waiting.Enqueue(work);
            Monitor.Pulse(gate);
            if (thread is null)
            {
                thread = new Thread(Work) { IsBackground = true, Name = name };
                thread.Start();
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            Action? next;
            lock (gate)
            {
                while (!waiting.TryDequeue(out next))
                {
                    if (ends)
                    {
                        ends = false;
                        thread = null;
                        return;
                    }

                    Monitor.Wait(gate);
                }
            }

            next();
        }
    }
}
