namespace MailIntake.Mail.Tests.Connections;

/// <summary>A server's silence: it says when it has begun, and lasts until it is disposed.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource end = new();

    public Task Begun => begun.Task;

    public Task KeepAsync()
    {
        begun.TrySetResult();
        return Task.Delay(Timeout.Infinite, end.Token);
    }

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }
}
