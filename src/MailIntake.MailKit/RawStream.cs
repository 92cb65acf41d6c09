namespace MailIntake.Kit;

/// <summary>Bytes in memory, or in a mapped file, as the stream that MimeKit reads from.</summary>
internal sealed class RawStream(ReadOnlyMemory<byte> raw) : Stream
{
    private const int Stride = 1024 * 1024;

    private int position;
    private int passed;

    /// <summary>Is told offset and length of bytes that were read, a stride at a time; null for nobody.</summary>
    public Action<int, int>? PassedOver { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => raw.Length;

    public override long Position
    {
        get => position;
        set
        {
            position = (int)Math.Clamp(value, 0, raw.Length);
            passed = position;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, raw.Length - position);
        raw.Span.Slice(position, count).CopyTo(buffer);
        position += count;
        if (PassedOver is not null && position - passed >= Stride)
        {
            PassedOver(passed, position - passed);
            passed = position;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? position : raw.Length);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("Raw mail is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Raw mail is only read.");
}
