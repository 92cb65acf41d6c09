namespace MailIntake.Mail.Mime.Decoding;

/// <summary>A forward-only stream over bytes in memory that are decoded while they are read.</summary>
internal abstract class DecodingStream : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The decoded length is known at the end only.");

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("A decoding stream goes forward only.");
    }

    public override int Read(Span<byte> buffer)
    {
        var read = buffer.IsEmpty ? 0 : Decode(buffer);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<int>(cancellationToken) : Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A decoding stream goes forward only.");

    public override void SetLength(long value) => throw new NotSupportedException("A decoding stream is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A decoding stream is only read.");

    /// <summary>Fills some of a buffer that is not empty; 0 at the end only.</summary>
    protected abstract int Decode(Span<byte> buffer);
}
