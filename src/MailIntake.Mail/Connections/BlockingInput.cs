namespace MailIntake.Mail.Connections;

/// <summary>
/// What has come from the server and is not yet used, for a thread that may block. Parsers look at <see cref="Buffered"/>, consume what they
/// understood and ask for more; a body is read past the buffer straight into the reader's own memory.
/// </summary>
internal sealed class BlockingInput(Stream stream, StepLimit limit)
{
    private readonly byte[] bytes = new byte[Capacity];
    private int start;
    private int end;

    /// <summary>Bytes that can wait here at most, and so the longest thing that can be looked at as a whole.</summary>
    public const int Capacity = 64 * 1024;

    public ReadOnlySpan<byte> Buffered => bytes.AsSpan(start, end - start);

    public void Consume(int count) => start += count;

    /// <summary>Waits for at least one more byte. What was <see cref="Buffered"/> may move.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, the step's time is over, or the buffer is full.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public void Fill()
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

        end += Receive(bytes.AsSpan(end));
    }

    /// <summary>Reads one or more bytes into the caller's memory, buffered ones first.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, or the step's time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public int Read(Span<byte> target)
    {
        if (start == end)
        {
            if (target.Length >= Capacity)
            {
                return Receive(target);
            }

            Fill();
        }

        var count = Math.Min(target.Length, end - start);
        bytes.AsSpan(start, count).CopyTo(target);
        start += count;
        return count;
    }

    /// <summary>Begins a new time limit.</summary>
    public void NewStep() => limit.NewStep();

    private int Receive(Span<byte> target)
    {
        try
        {
            var count = stream.Read(target);
            return count > 0 ? count : throw new ConnectionFaultException("the server closed the connection");
        }
        catch (Exception e) when (StepLimit.IsOfNetwork(e))
        {
            throw limit.Explain(e);
        }
    }
}
