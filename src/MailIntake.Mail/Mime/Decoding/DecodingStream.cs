namespace MailIntake.Mail.Mime.Decoding;

/// <summary>A forward-only stream over bytes in memory that are decoded while they are read.</summary>
internal abstract class DecodingStream : Stream
{
    private const int Stride = 1024 * 1024;

    private long _position;
    private int _passed;

    /// <summary>Is told offset and length of encoded bytes that were read, a stride at a time; null for nobody.</summary>
    internal Action<int, int>? PassedOver { get; init; }

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
        if (PassedOver is not null && Consumed - _passed >= Stride)
        {
            PassedOver(_passed, Consumed - _passed);
            _passed = Consumed;
        }

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

    /// <summary>How many encoded bytes were read so far.</summary>
    protected abstract int Consumed { get; }

    /// <summary>Fills some of a buffer that is not empty; 0 at the end only.</summary>
    protected abstract int Decode(Span<byte> buffer);
}
