namespace MailIntake.Mail.Mime.Decoding;

/// <summary>yEnc: each byte plus 42, a few of them behind <c>=</c> and plus 64 more; lines that begin with <c>=y</c> say what follows.</summary>
internal sealed class YencStream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private int _source;
    private bool _atLineStart = true;
    private bool _escaped;

    protected override int Consumed => _source;

    protected override int Decode(Span<byte> buffer)
    {
        var span = source.Span;
        var written = 0;
        while (written < buffer.Length && _source < span.Length)
        {
            if (_atLineStart && span[_source..].StartsWith("=y"u8))
            {
                _ = HeaderScanner.LineEnd(span, _source, out _source);
                continue;
            }

            var value = span[_source++];
            _atLineStart = value is (byte)'\r' or (byte)'\n';
            if (_atLineStart)
            {
                continue;
            }

            if (value == '=' && !_escaped)
            {
                _escaped = true;
                continue;
            }

            buffer[written++] = (byte)(value - (_escaped ? 106 : 42));
            _escaped = false;
        }

        return written;
    }
}
