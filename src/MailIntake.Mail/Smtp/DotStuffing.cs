namespace MailIntake.Mail.Smtp;

/// <summary>
/// A message as DATA carries it (RFC 5321 sections 2.3.8 and 4.5.2): a dot at a line's beginning is doubled and every line ends
/// with CRLF. Bare CR and LF become line ends too, so that nothing inside a message can pass for its end.
/// </summary>
internal static class DotStuffing
{
    /// <summary>The line that ends DATA.</summary>
    public static readonly ReadOnlyMemory<byte> End = ".\r\n"u8.ToArray();

    private static readonly ReadOnlyMemory<byte> Dot = "."u8.ToArray();
    private static readonly ReadOnlyMemory<byte> LineEnd = "\r\n"u8.ToArray();

    /// <summary>The message in pieces; all but the doubled dots and mended line ends are slices of it.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Encode(ReadOnlyMemory<byte> message)
    {
        var from = 0;
        var at = 0;
        var lineStart = true;
        while (at < message.Length)
        {
            if (lineStart && message.Span[at] == '.')
            {
                yield return message[from..at];
                yield return Dot;
                from = at;
            }

            lineStart = false;
            var end = message.Span[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                break;
            }

            at += end;
            var whole = message.Span[at] == '\r' && at + 1 < message.Length && message.Span[at + 1] == '\n';
            if (!whole)
            {
                yield return message[from..at];
                yield return LineEnd;
                from = at + 1;
            }

            at += whole ? 2 : 1;
            lineStart = true;
        }

        yield return message[from..];
        if (!lineStart)
        {
            yield return LineEnd;
        }
    }
}
