namespace MailIntake.Mail.Mime;

/// <summary>Files that stand in a plain text as yEnc: <c>=ybegin line=128 size=123 name=…</c> to <c>=yend</c> (the yEnc draft 1.3 of 2002).</summary>
internal static class YencBlocks
{
    /// <summary>Finds them.</summary>
    public static TextBlocks In { get; } = new("=ybegin ", TryRead, TransferEncoding.Yenc);

    private static bool TryRead(ReadOnlySpan<byte> body, int start, out string name, out int end)
    {
        var lineEnd = HeaderScanner.LineEnd(body, start, out var next);
        (name, end) = ("", next);
        if (lineEnd - start >= 1000 || !TryName(body[start..lineEnd], out name))
        {
            return false;
        }

        end = EndOf(body, next);
        return true;
    }

    private static bool TryName(ReadOnlySpan<byte> line, out string name)
    {
        // The name is the last item and may hold blanks.
        var at = line.IndexOf(" name="u8);
        name = at < 0 ? "" : Charsets.DecodeUnlabelled(line[(at + 6)..]).Trim();
        var size = line.IndexOf(" size="u8);
        var digits = size < 0 ? [] : line[(size + 6)..];
        return name.Length > 0 && !digits.IsEmpty && char.IsAsciiDigit((char)digits[0]) && line.IndexOf(" line="u8) > 0;
    }

    private static int EndOf(ReadOnlySpan<byte> body, int position)
    {
        while (position < body.Length)
        {
            _ = HeaderScanner.LineEnd(body, position, out var next);
            if (body[position..].StartsWith("=yend"u8))
            {
                return next;
            }

            position = next;
        }

        return body.Length;
    }
}
