namespace MailIntake.Mail.Connections;

/// <summary>A <see cref="ReceiveBuffer"/> for tasks.</summary>
internal sealed class ReadBuffer(Stream stream, StepTimer timer) : ReceiveBuffer
{
    /// <summary>Waits for at least one more byte.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, the step's time is over, or the buffer is full.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public async ValueTask FillAsync(CancellationToken cancellation) =>
        Add(await timer.RunAsync((stream, room: MakeRoom()), static (s, token) => s.stream.ReadAsync(s.room, token), cancellation).ConfigureAwait(false));

    /// <summary>Begins a new time limit.</summary>
    public void NewStep(int times = 1) => timer.NewStep(times);
}
