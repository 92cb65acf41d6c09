namespace MailIntake.Mail.Connections;

/// <summary>A <see cref="ReceiveBuffer"/> for a thread that may block; a large body is read past it straight into the reader's own memory.</summary>
internal sealed class BlockingInput(Stream stream, StepLimit limit) : ReceiveBuffer
{
    /// <summary>Waits for at least one more byte. What was buffered may move.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, the step's time is over, or the buffer is full.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public void Fill() => Add(Receive(MakeRoom().Span));

    /// <summary>Reads one or more bytes into the caller's memory, buffered ones first.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, or the step's time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the connection is lost too.</exception>
    public int Read(Span<byte> target)
    {
        if (Buffered.IsEmpty)
        {
            if (target.Length >= Capacity)
            {
                return Some(Receive(target));
            }

            Fill();
        }

        var count = Math.Min(target.Length, Buffered.Length);
        Buffered[..count].CopyTo(target);
        Consume(count);
        return count;
    }

    /// <summary>Begins a new time limit.</summary>
    public void NewStep() => limit.NewStep();

    private int Receive(Span<byte> target)
    {
        try
        {
            return stream.Read(target);
        }
        catch (Exception e) when (StepLimit.IsOfNetwork(e))
        {
            throw limit.Explain(e);
        }
    }
}
