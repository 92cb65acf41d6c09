namespace MailIntake.Mail.Mime.Decoding;

/// <summary>Bytes as they stand: 7bit, 8bit, binary.</summary>
internal sealed class IdentityStream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private int _next;

    protected override int Consumed => _next;

    protected override int Decode(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, source.Length - _next);
        source.Span.Slice(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }
}
