using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>One pass over the raw bytes: headers, boundaries and parts are found, nothing is copied or decoded.</summary>
internal sealed class MimeIndexer
{
    private const int DeepestEver = 200;
    private const int LongestBoundary = 1_000;

    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly MimeLimits _limits;
    private readonly BoundaryStack _boundaries;
    private readonly HeaderScanner _headers;
    private int _parts;

    /// <summary>An indexer of those bytes; <paramref name="passedOver"/> is told what was scanned of large bodies.</summary>
    public MimeIndexer(ReadOnlyMemory<byte> buffer, MimeLimits limits, Action<int, int>? passedOver)
    {
        _buffer = buffer;
        _limits = limits;
        _boundaries = new BoundaryStack(passedOver);
        _headers = new HeaderScanner(buffer, limits, _boundaries);
    }

    private ReadOnlySpan<byte> Span => _buffer.Span;

    /// <summary>Reads the message that begins at <paramref name="start"/>, as deep as <paramref name="level"/> in what was read before.</summary>
    public BoundaryHit ReadMessage(MimeMessage message, int start, int level)
    {
        if (Span.Length == start)
        {
            message.AddFault(MimeFaults.Empty, start);
        }

        var root = new MimePart(message, null, start, 0);
        message.SetRoot(root);
        var hit = ReadPart(message, root, start, level, "text/plain");
        message.SetEnd(root.BodyEnd);
        return hit;
    }

    private BoundaryHit ReadPart(MimeMessage message, MimePart part, int start, int level, string defaultType)
    {
        _parts++;
        var block = _headers.Scan(start, part.Parent is null, message);
        part.SetHeaders(block.Headers, block.BodyStart, defaultType);
        if (block.Hit is { } early)
        {
            part.SetBodyEnd(block.BodyStart);
            return early;
        }

        BoundaryHit hit;
        if (part.IsMultipart)
        {
            hit = ReadMultipart(message, part, level);
        }
        else if (part.IsMessage && part.Encoding == TransferEncoding.Identity)
        {
            hit = ReadInnerMessage(message, part, level);
        }
        else
        {
            hit = _boundaries.Scan(Span, part.BodyStart);
        }

        // The line end before a boundary may already belong to the boundary of an empty part inside.
        var inside = part.Children.Count > 0 ? part.Children[^1].BodyEnd : part.InnerEnd;
        part.SetBodyEnd(Math.Max(EndBefore(hit, part.BodyStart), inside));
        if (part.Peculiarity is { } peculiarity)
        {
            message.AddFault(peculiarity, part.BodyStart);
        }

        if (part.MendEncoding())
        {
            message.AddFault(MimeFaults.NotEncoded, part.BodyStart);
        }

        if (part.IsText && part.BodyEnd - part.BodyStart > _limits.MaxTextBytes)
        {
            message.AddFault(MimeFaults.TextTooLong, part.BodyStart);
        }

        return hit;
    }

    private BoundaryHit ReadInnerMessage(MimeMessage message, MimePart part, int level)
    {
        if (level >= Math.Min(_limits.MaxDepth, DeepestEver))
        {
            part.SetTooDeep();
            message.AddFault(MimeFaults.TooDeep, part.BodyStart);
            return _boundaries.Scan(Span, part.BodyStart);
        }

        if (_parts >= _limits.MaxParts)
        {
            message.AddFault(MimeFaults.TooManyParts, part.BodyStart);
            return _boundaries.Scan(Span, part.BodyStart);
        }

        var inner = new MimeMessage(_buffer, part.BodyStart, _limits, level + 1) { PassedOver = message.PassedOver };
        part.SetMessage(inner);
        return ReadMessage(inner, part.BodyStart, level + 1);
    }

    private BoundaryHit ReadMultipart(MimeMessage message, MimePart part, int level)
    {
        if (level >= Math.Min(_limits.MaxDepth, DeepestEver))
        {
            part.SetTooDeep();
            message.AddFault(MimeFaults.TooDeep, part.BodyStart);
            return _boundaries.Scan(Span, part.BodyStart);
        }

        var declared = DeclaredBoundary(part);
        if (declared is null)
        {
            message.AddFault(MimeFaults.MissingBoundary, part.BodyStart);
        }

        var index = _boundaries.Count;
        if (declared is not null)
        {
            _boundaries.Push(declared);
            var first = _boundaries.Scan(Span, part.BodyStart);
            if (first.Index == index)
            {
                return ReadChildren(message, part, level, index, first);
            }

            _boundaries.Pop();
            message.AddFault(MimeFaults.BoundaryNotFound, part.BodyStart);
        }

        if (GuessedBoundary(part.BodyStart) is { } guessed)
        {
            _boundaries.Push(guessed);
            return ReadChildren(message, part, level, index, _boundaries.Scan(Span, part.BodyStart));
        }

        return _boundaries.Scan(Span, part.BodyStart);
    }

    private BoundaryHit ReadChildren(MimeMessage message, MimePart part, int level, int index, BoundaryHit hit)
    {
        var childType = part.MediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
        while (hit.Index == index && !hit.IsClose)
        {
            if (_parts >= _limits.MaxParts)
            {
                message.AddFault(MimeFaults.TooManyParts, hit.LineStart);
                _boundaries.Pop();
                return _boundaries.Scan(Span, hit.Next);
            }

            var child = new MimePart(message, part, hit.Next, part.Depth + 1);
            part.AddChild(child);
            hit = ReadPart(message, child, hit.Next, level + 1, childType);
        }

        _boundaries.Pop();
        if (part.Children.Count == 0)
        {
            message.AddFault(MimeFaults.NoParts, hit.LineStart);
        }

        if (hit.Index == index)
        {
            return _boundaries.Scan(Span, hit.Next);
        }

        message.AddFault(MimeFaults.MissingEndBoundary, hit.LineStart);
        return hit;
    }

    private static byte[]? DeclaredBoundary(MimePart part)
    {
        var boundary = part.ContentType.Find("boundary")?.TrimEnd();
        return string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary ? null : Encoding.UTF8.GetBytes(boundary);
    }

    /// <summary>The first line that begins with two dashes and is followed by a MIME header, where the boundary was lost.</summary>
    private byte[]? GuessedBoundary(int start)
    {
        var span = Span[start..Math.Min(Span.Length, start + 64 * 1024)];
        var position = 0;
        while (position < span.Length)
        {
            var end = HeaderScanner.LineEnd(span, position, out var next);
            var line = span[position..end].TrimEnd(" \t"u8);
            if (line.Length is > 2 and < 200 && line.StartsWith("--"u8)
                && next + 8 <= span.Length && Ascii.EqualsIgnoreCase(span.Slice(next, 8), "Content-"u8)
                && !_boundaries.TryMatch(Span, start + position, out _))
            {
                return line[2..].ToArray();
            }

            position = next;
        }

        return null;
    }

    /// <summary>The end of a body: the line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).</summary>
    private int EndBefore(BoundaryHit hit, int bodyStart)
    {
        var end = hit.LineStart;
        if (hit.Index < 0)
        {
            return end;
        }

        if (end > bodyStart && Span[end - 1] == '\n')
        {
            end--;
        }

        if (end > bodyStart && Span[end - 1] == '\r')
        {
            end--;
        }

        return end;
    }
}
