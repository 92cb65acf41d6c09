namespace MailIntake.Kit;

/// <summary>Bytes in memory, or in a mapped file, as the stream that MimeKit reads from.</summary>
internal sealed class RawStream(ReadOnlyMemory<byte> raw) : Stream
{
    private const int Stride = 1024 * 1024;

    private int _position;
    private int _passed;

    /// <summary>Is told offset and length of bytes that were read, a stride at a time; null for nobody.</summary>
    public Action<int, int>? PassedOver { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => raw.Length;

    public override long Position
    {
        get => _position;
        set
        {
            _position = (int)Math.Clamp(value, 0, raw.Length);
            _passed = _position;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, raw.Length - _position);
        raw.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        if (PassedOver is not null && _position - _passed >= Stride)
        {
            PassedOver(_passed, _position - _passed);
            _passed = _position;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? _position : raw.Length);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("Raw mail is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Raw mail is only read.");
}
