namespace MailIntake.Documents.Containers;

/// <summary>More bytes came out of a part than it may have; what reads it gives up on the document.</summary>
internal sealed class PartTooLargeException() : IOException("the part is larger than its bound");

/// <summary>Bytes that may still come out of a package, whichever part they come from.</summary>
internal sealed class Allowance(long bytes)
{
    private long _left = bytes;

    /// <summary>Takes so many; false when there may be no more.</summary>
    public bool Take(long count) => (_left -= count) >= 0;
}

/// <summary>Passes bytes on until a bound is passed, then throws <see cref="PartTooLargeException"/>.</summary>
/// <param name="inner">Where they come from.</param>
/// <param name="bound">Most bytes of this stream.</param>
/// <param name="shared">What this stream and others may give together; null for no such bound.</param>
internal sealed class BoundedStream(Stream inner, long bound, Allowance? shared = null) : Stream
{
    private long _read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        return _read > bound || shared?.Take(read) == false ? throw new PartTooLargeException() : read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
