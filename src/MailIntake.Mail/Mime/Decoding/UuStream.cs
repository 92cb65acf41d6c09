namespace MailIntake.Mail.Mime.Decoding;

/// <summary>Uuencode (POSIX): the lines between <c>begin</c> and <c>end</c>, or bare lines where the begin line is missing.</summary>
internal sealed class UuStream(ReadOnlyMemory<byte> source) : DecodingStream
{
    // The length of a line is one character, at most 63.
    private readonly byte[] _line = new byte[66];
    private int _source;
    private int _next;
    private int _end;
    private bool _ended;

    protected override int Consumed => _source;

    protected override int Decode(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_next == _end && !ReadLine())
            {
                break;
            }

            var count = Math.Min(buffer.Length - written, _end - _next);
            _line.AsSpan(_next, count).CopyTo(buffer[written..]);
            _next += count;
            written += count;
        }

        return written;
    }

    private bool ReadLine()
    {
        var span = source.Span;
        _next = _end = 0;
        while (!_ended && _end == 0 && _source < span.Length)
        {
            var end = HeaderScanner.LineEnd(span, _source, out var next);
            var line = span[_source..end];
            _source = next;
            if (line.IsEmpty || line.StartsWith("begin "u8))
            {
                continue;
            }

            if (line.SequenceEqual("end"u8))
            {
                _ended = true;
                break;
            }

            DecodeLine(line);
        }

        return _end > 0;
    }

    private void DecodeLine(ReadOnlySpan<byte> line)
    {
        var length = (line[0] - 32) & 63;
        for (var i = 1; i < line.Length && _end < length; i += 4)
        {
            var bits = (Six(line, i) << 18) | (Six(line, i + 1) << 12) | (Six(line, i + 2) << 6) | Six(line, i + 3);
            _line[_end++] = (byte)(bits >> 16);
            _line[_end++] = (byte)(bits >> 8);
            _line[_end++] = (byte)bits;
        }

        _end = Math.Min(_end, length);
    }

    private static int Six(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - 32) & 63 : 0;
}
