using System.Buffers;
using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Finds the headers of one part in the raw bytes (RFC 5322, 2.2), as broken as they may be.</summary>
internal sealed class HeaderScanner(ReadOnlyMemory<byte> buffer, MimeLimits limits, BoundaryStack boundaries)
{
    // Of a part with too many headers these are kept even beyond the limit: without them it could not be read at all.
    private static readonly string[] NeededAlways =
    [
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "From", "To", "Subject", "Date", "Message-ID",
        "In-Reply-To", "References", "Return-Path", "Auto-Submitted",
    ];

    private const int UsualHeaders = 64;

    private HeaderField[] _fields = [];
    private int _count;

    /// <summary>Reads from <paramref name="start"/>; the boundary hit is set where a boundary line cut the headers short.</summary>
    public HeaderBlock Scan(int start, bool isMessage, MimeMessage message)
    {
        _count = 0;
        _fields = ArrayPool<HeaderField>.Shared.Rent(UsualHeaders);
        var span = buffer.Span;
        var position = isMessage ? SkipPrologue(span, start, message) : start;
        var tooMany = false;
        var bodyStart = -1;
        BoundaryHit? hit = null;
        while (position < span.Length)
        {
            var end = LineEnd(span, position, out var next);
            var first = span[position];
            if (end == position)
            {
                bodyStart = next;
                break;
            }

            if (first is (byte)' ' or (byte)'\t')
            {
                if (IsBlank(span[position..end]) && !IsHeaderOrFold(span, next))
                {
                    bodyStart = next;
                    break;
                }

                Continue(end, message);
            }
            else if (first == '-' && boundaries.TryMatch(span, position, out var found))
            {
                message.AddFault(MimeFaults.MissingHeaderSeparator, position);
                hit = found;
                break;
            }
            else if (TryName(span[position..end], out var nameLength, out var colon))
            {
                Add(span, new HeaderField(position, nameLength, position + colon + 1, end), ref tooMany, message);
            }
            else if (_count > 0 && IsHeader(span, next))
            {
                message.AddFault(MimeFaults.HeaderWithoutColon, position);
            }
            else if (!(isMessage && _count == 0 && IsMailboxLine(span[position..end])))
            {
                message.AddFault(_count == 0 && isMessage ? MimeFaults.NoHeaders : MimeFaults.MissingHeaderSeparator, position);
                bodyStart = position;
                break;
            }

            position = next;
        }

        if (bodyStart < 0)
        {
            bodyStart = hit?.LineStart ?? span.Length;
            if (hit is null && span.Length > start)
            {
                message.AddFault(MimeFaults.TruncatedHeaders, span.Length);
            }
        }

        var headers = _count == 0 ? HeaderList.Empty : new HeaderList(buffer, _fields.AsSpan(0, _count).ToArray());
        ArrayPool<HeaderField>.Shared.Return(_fields);
        _fields = [];
        return new HeaderBlock(headers, bodyStart, hit);
    }

    /// <summary>End of the line at <paramref name="start"/>; LF, CR LF, CR CR LF and a bare CR all end a line of headers.</summary>
    internal static int LineEnd(ReadOnlySpan<byte> span, int start, out int next)
    {
        var found = span[start..].IndexOfAny((byte)'\r', (byte)'\n');
        if (found < 0)
        {
            next = span.Length;
            return span.Length;
        }

        var end = start + found;
        next = end + 1;
        if (span[end] == '\n')
        {
            return end;
        }

        var afterReturns = next;
        while (afterReturns < span.Length && span[afterReturns] == '\r' && afterReturns - end < 4)
        {
            afterReturns++;
        }

        if (afterReturns < span.Length && span[afterReturns] == '\n')
        {
            next = afterReturns + 1;
        }

        return end;
    }

    private static int SkipPrologue(ReadOnlySpan<byte> span, int start, MimeMessage message)
    {
        var position = start;
        if (span[position..].StartsWith("\uFEFF"u8))
        {
            position += 3;
        }

        var blank = position;
        while (blank < span.Length && span[blank] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t')
        {
            blank++;
        }

        if (blank > position && IsHeader(span, blank))
        {
            message.AddFault(MimeFaults.LeadingBlankLines, position);
            return blank;
        }

        return position;
    }

    private static bool IsMailboxLine(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private static bool IsHeaderOrFold(ReadOnlySpan<byte> span, int position) =>
        position < span.Length && (span[position] is (byte)' ' or (byte)'\t' || IsHeader(span, position));

    private static bool IsHeader(ReadOnlySpan<byte> span, int position) =>
        position < span.Length && TryName(span.Slice(position, Math.Min(span.Length - position, 128)), out _, out _);

    private static bool TryName(ReadOnlySpan<byte> line, out int nameLength, out int colon)
    {
        colon = line.IndexOf((byte)':');
        nameLength = colon;
        if (colon <= 0)
        {
            return false;
        }

        while (nameLength > 0 && line[nameLength - 1] is (byte)' ' or (byte)'\t')
        {
            nameLength--;
        }

        return nameLength > 0 && line[..nameLength].IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;
    }

    private void Continue(int end, MimeMessage message)
    {
        if (_count == 0)
        {
            return;
        }

        var last = _fields[_count - 1];
        if (last.ValueEnd - last.ValueStart > limits.MaxHeaderBytes)
        {
            return;
        }

        _fields[_count - 1] = Cut(last with { ValueEnd = end }, message);
    }

    private void Add(ReadOnlySpan<byte> span, HeaderField field, ref bool tooMany, MimeMessage message)
    {
        if (_count >= limits.MaxHeaders)
        {
            if (!tooMany)
            {
                tooMany = true;
                message.AddFault(MimeFaults.TooManyHeaders, field.NameStart);
            }

            var name = span.Slice(field.NameStart, field.NameLength);
            if (_count >= limits.MaxHeaders + NeededAlways.Length || !IsNeeded(name) || IsThere(span, name))
            {
                return;
            }
        }

        if (_count == _fields.Length)
        {
            var larger = ArrayPool<HeaderField>.Shared.Rent(_count * 2);
            _fields.CopyTo(larger, 0);
            ArrayPool<HeaderField>.Shared.Return(_fields);
            _fields = larger;
        }

        _fields[_count++] = Cut(field, message);
    }

    private HeaderField Cut(HeaderField field, MimeMessage message)
    {
        if (field.ValueEnd - field.ValueStart <= limits.MaxHeaderBytes)
        {
            return field;
        }

        message.AddFault(MimeFaults.HeaderTooLong, field.NameStart);
        return field with { ValueEnd = field.ValueStart + limits.MaxHeaderBytes };
    }

    private static bool IsNeeded(ReadOnlySpan<byte> name)
    {
        foreach (var needed in NeededAlways)
        {
            if (needed.Length == name.Length && Ascii.EqualsIgnoreCase(name, needed))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsThere(ReadOnlySpan<byte> span, ReadOnlySpan<byte> name)
    {
        foreach (var field in _fields.AsSpan(0, _count))
        {
            if (field.NameLength == name.Length && Ascii.EqualsIgnoreCase(span.Slice(field.NameStart, field.NameLength), name))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The headers of a part and where its body begins.</summary>
internal readonly record struct HeaderBlock(HeaderList Headers, int BodyStart, BoundaryHit? Hit);
