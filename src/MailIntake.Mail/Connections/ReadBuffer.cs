namespace MailIntake.Mail.Connections;

/// <summary>
/// What has come from the server and is not yet used. Parsers look at <see cref="Buffered"/>, consume what they understood and
/// ask for more; a body is read past the buffer straight into the reader's own memory.
/// </summary>
internal sealed class ReadBuffer(Stream stream, StepTimer timer)
{
    private readonly byte[] bytes = new byte[Capacity];
    private int start;
    private int end;

    /// <summary>Bytes that can wait here at most, and so the longest thing that can be looked at as a whole.</summary>
    public const int Capacity = 64 * 1024;

    public ReadOnlySpan<byte> Buffered => bytes.AsSpan(start, end - start);

    /// <summary>A part of what is buffered; valid until the next read.</summary>
    public Memory<byte> Slice(int offset, int length) => bytes.AsMemory(start + offset, length);

    public void Consume(int count) => start += count;

    /// <summary>Waits for at least one more byte.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, the step's time is over, or the buffer is full.</exception>
    public async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (start == end)
        {
            start = end = 0;
        }
        else if (end == bytes.Length)
        {
            if (start == 0)
            {
                throw new ConnectionFaultException($"the server sent more than {Capacity} bytes without an end");
            }

            bytes.AsSpan(start, end - start).CopyTo(bytes);
            end -= start;
            start = 0;
        }

        end += await ReceiveAsync(bytes.AsMemory(end), cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads one or more bytes into the caller's memory, buffered ones first.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellation)
    {
        if (start == end)
        {
            return ReceiveAsync(target, cancellation);
        }

        var count = Math.Min(target.Length, end - start);
        bytes.AsSpan(start, count).CopyTo(target.Span);
        start += count;
        return ValueTask.FromResult(count);
    }

    /// <summary>Begins a new time limit.</summary>
    public void NewStep(int times = 1) => timer.NewStep(times);

    private async ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancellation)
    {
        var count = await timer.RunAsync((stream, target), static (s, token) => s.stream.ReadAsync(s.target, token), cancellation).ConfigureAwait(false);
        return count > 0 ? count : throw new ConnectionFaultException("the server closed the connection");
    }
}
