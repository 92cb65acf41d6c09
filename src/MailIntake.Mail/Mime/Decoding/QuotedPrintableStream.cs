namespace MailIntake.Mail.Mime.Decoding;

/// <summary>Quoted-printable (RFC 2045, 6.7). Padding before a line end is dropped, an equals sign that begins nothing stays.</summary>
internal sealed class QuotedPrintableStream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private int _next;
    private int _runEnd;

    protected override int Consumed => _next;

    protected override int Decode(Span<byte> buffer)
    {
        var span = source.Span;
        var written = 0;
        while (written < buffer.Length && _next < span.Length)
        {
            if (_next < _runEnd)
            {
                var count = Math.Min(buffer.Length - written, _runEnd - _next);
                span.Slice(_next, count).CopyTo(buffer[written..]);
                _next += count;
                written += count;
            }
            else if (span[_next] == '=')
            {
                written += Escape(span, buffer[written..]);
            }
            else if (!FindRun(span))
            {
                _next = SkipPadding(span, _next);
            }
        }

        return written;
    }

    /// <summary>Finds the plain bytes that begin here; false where only padding before a line end does.</summary>
    private bool FindRun(ReadOnlySpan<byte> span)
    {
        var rest = span[_next..];
        var stop = rest.IndexOfAny((byte)'=', (byte)'\n');
        var run = stop < 0 ? rest : rest[..stop];
        if (stop >= 0 && rest[stop] == '=')
        {
            _runEnd = _next + stop;
            return true;
        }

        // A line end or the end of the bytes: padding before it goes, the line end itself stays.
        var text = run.TrimEnd((byte)'\r').TrimEnd(" \t"u8);
        if (!text.IsEmpty)
        {
            _runEnd = _next + text.Length;
            return true;
        }

        if (run.IsEmpty || run[0] == '\r')
        {
            _runEnd = _next + run.Length + (stop >= 0 ? 1 : 0);
            return true;
        }

        return false;
    }

    private static int SkipPadding(ReadOnlySpan<byte> span, int position)
    {
        while (position < span.Length && span[position] is (byte)' ' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    private int Escape(ReadOnlySpan<byte> span, Span<byte> buffer)
    {
        if (_next + 2 < span.Length && TryHex(span[_next + 1], out var high) && TryHex(span[_next + 2], out var low))
        {
            buffer[0] = (byte)((high << 4) | low);
            _next += 3;
            return 1;
        }

        var after = SkipPadding(span, _next + 1);
        if (after >= span.Length)
        {
            _next = after;
            return 0;
        }

        if (span[after] is (byte)'\r' or (byte)'\n')
        {
            HeaderScanner.LineEnd(span, after, out _next);
            return 0;
        }

        buffer[0] = (byte)'=';
        _next++;
        return 1;
    }

    private static bool TryHex(byte b, out int value)
    {
        value = b switch
        {
            >= (byte)'0' and <= (byte)'9' => b - '0',
            >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
            >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
            _ => -1,
        };
        return value >= 0;
    }
}
