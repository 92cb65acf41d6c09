namespace MailIntake.Mail.Tests.Connections;

/// <summary>A server's silence: it says when it has begun, and lasts until it is disposed.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();

    public Task Begun => _begun.Task;

    public Task KeepAsync()
    {
        _begun.TrySetResult();
        return Task.Delay(Timeout.Infinite, _end.Token);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}
