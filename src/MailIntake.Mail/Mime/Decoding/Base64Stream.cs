using System.Buffers;
using System.Buffers.Text;

namespace MailIntake.Mail.Mime.Decoding;

/// <summary>
/// Base64 (RFC 2045, 6.8). Lines are gathered into a block of fixed size and decoded by the framework's vectorised code, straight into the
/// reader's buffer where that has room; a block with rubbish or a pad in it goes character by character.
/// </summary>
internal sealed class Base64Stream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private const int BlockSize = 16 * 1024;

    /// <summary>A block, and what a group begun in the block before may add.</summary>
    private const int DecodedSize = (BlockSize / 4 * 3) + 4;

    private byte[]? _encoded;
    private byte[]? _kept;
    private int _source;
    private int _gathered;
    private int _next;
    private int _end;
    private int _bits;
    private int _count;

    protected override int Consumed => _source;

    protected override int Decode(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_next < _end)
            {
                var count = Math.Min(buffer.Length - written, _end - _next);
                _kept.AsSpan(_next, count).CopyTo(buffer[written..]);
                _next += count;
                written += count;
            }
            else if (buffer.Length - written >= Room)
            {
                if (!Fill(buffer[written..], out var filled))
                {
                    break;
                }

                written += filled;
            }
            else
            {
                _next = _end = 0;
                _kept ??= ArrayPool<byte>.Shared.Rent(DecodedSize);
                if (!Fill(_kept, out _end))
                {
                    break;
                }
            }
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (_encoded is not null)
        {
            ArrayPool<byte>.Shared.Return(_encoded);
            _encoded = null;
        }

        if (_kept is not null)
        {
            ArrayPool<byte>.Shared.Return(_kept);
            _kept = null;
        }

        // Whoever reads on reads the end.
        (_source, _gathered, _next, _end, _count) = (source.Length, 0, 0, 0, 0);
        base.Dispose(disposing);
    }

    /// <summary>What the next block needs: at the end of a short part less than a whole one.</summary>
    private int Room => (Math.Min(BlockSize, source.Length - _source + _gathered) / 4 * 3) + 4;

    private bool Fill(Span<byte> output, out int filled)
    {
        filled = 0;
        _encoded ??= ArrayPool<byte>.Shared.Rent(BlockSize);
        while (filled == 0)
        {
            Gather(_encoded.AsSpan(0, BlockSize));
            if (_gathered == 0)
            {
                filled = LooseBase64.Finish(_bits, _count, output);
                _bits = _count = 0;
                return filled > 0;
            }

            var whole = _source >= source.Length ? _gathered : _gathered & ~3;
            if (_count != 0 || Base64.DecodeFromUtf8(_encoded.AsSpan(0, whole), output, out _, out filled) != OperationStatus.Done)
            {
                filled = DecodeLoosely(_encoded.AsSpan(0, whole), output);
            }

            _encoded.AsSpan(whole, _gathered - whole).CopyTo(_encoded);
            _gathered -= whole;
        }

        return true;
    }

    /// <summary>Moves lines without their ends into the block until it is full.</summary>
    private void Gather(Span<byte> block)
    {
        var span = source.Span;
        while (_gathered < block.Length && _source < span.Length)
        {
            var rest = span[_source..];
            var window = rest[..Math.Min(rest.Length, block.Length - _gathered)];
            var lineEnd = window.IndexOfAny((byte)'\r', (byte)'\n');
            if (lineEnd >= 0)
            {
                window = window[..lineEnd];
                _source++;
            }

            window.CopyTo(block[_gathered..]);
            _gathered += window.Length;
            _source += window.Length;
        }
    }

    private int DecodeLoosely(ReadOnlySpan<byte> block, Span<byte> output)
    {
        var written = 0;
        foreach (var b in block)
        {
            var value = LooseBase64.Value(b);
            if (value == -1)
            {
                continue;
            }

            if (value == -2)
            {
                written += LooseBase64.Finish(_bits, _count, output[written..]);
                _bits = _count = 0;
                continue;
            }

            _bits = (_bits << 6) | value;
            if (++_count == 4)
            {
                output[written++] = (byte)(_bits >> 16);
                output[written++] = (byte)(_bits >> 8);
                output[written++] = (byte)_bits;
                _bits = _count = 0;
            }
        }

        return written;
    }
}
