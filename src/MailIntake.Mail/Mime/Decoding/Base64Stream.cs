using System.Buffers;
using System.Buffers.Text;

namespace MailIntake.Mail.Mime.Decoding;

/// <summary>
/// Base64 (RFC 2045, 6.8). Lines are gathered into a block of fixed size and decoded by the framework's vectorised code;
/// a block with rubbish or a pad in it goes character by character.
/// </summary>
internal sealed class Base64Stream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private const int BlockSize = 6 * 1024;

    private readonly byte[] _encoded = new byte[BlockSize];
    private readonly byte[] _decoded = new byte[BlockSize];
    private int _source;
    private int _gathered;
    private int _next;
    private int _end;
    private int _bits;
    private int _count;

    protected override int Decode(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_next == _end && !Fill())
            {
                break;
            }

            var count = Math.Min(buffer.Length - written, _end - _next);
            _decoded.AsSpan(_next, count).CopyTo(buffer[written..]);
            _next += count;
            written += count;
        }

        return written;
    }

    private bool Fill()
    {
        _next = _end = 0;
        while (_end == 0)
        {
            Gather();
            if (_gathered == 0)
            {
                _end = LooseBase64.Finish(_bits, _count, _decoded);
                _bits = _count = 0;
                return _end > 0;
            }

            var whole = _source >= source.Length ? _gathered : _gathered & ~3;
            if (_count != 0 || Base64.DecodeFromUtf8(_encoded.AsSpan(0, whole), _decoded, out _, out _end) != OperationStatus.Done)
            {
                _end = 0;
                DecodeLoosely(_encoded.AsSpan(0, whole));
            }

            _encoded.AsSpan(whole, _gathered - whole).CopyTo(_encoded);
            _gathered -= whole;
        }

        return true;
    }

    /// <summary>Moves lines without their ends into the block until it is full.</summary>
    private void Gather()
    {
        var span = source.Span;
        while (_gathered < BlockSize && _source < span.Length)
        {
            var rest = span[_source..];
            var window = rest[..Math.Min(rest.Length, BlockSize - _gathered)];
            var lineEnd = window.IndexOfAny((byte)'\r', (byte)'\n');
            if (lineEnd >= 0)
            {
                window = window[..lineEnd];
                _source++;
            }

            window.CopyTo(_encoded.AsSpan(_gathered));
            _gathered += window.Length;
            _source += window.Length;
        }
    }

    private void DecodeLoosely(ReadOnlySpan<byte> block)
    {
        foreach (var b in block)
        {
            var value = LooseBase64.Value(b);
            if (value == -1)
            {
                continue;
            }

            if (value == -2)
            {
                _end += LooseBase64.Finish(_bits, _count, _decoded.AsSpan(_end));
                _bits = _count = 0;
                continue;
            }

            _bits = (_bits << 6) | value;
            if (++_count == 4)
            {
                _decoded[_end++] = (byte)(_bits >> 16);
                _decoded[_end++] = (byte)(_bits >> 8);
                _decoded[_end++] = (byte)_bits;
                _bits = _count = 0;
            }
        }
    }
}
