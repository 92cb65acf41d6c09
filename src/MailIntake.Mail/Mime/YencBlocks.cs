namespace MailIntake.Mail.Mime;

/// <summary>Files that stand in a plain text as yEnc: <c>=ybegin line=128 size=123 name=…</c> to <c>=yend</c> (the yEnc draft 1.3 of 2002).</summary>
internal static class YencBlocks
{
    private const int Most = 100;

    public static IEnumerable<MimePart> FilesIn(MimePart text)
    {
        var files = new List<MimePart>();
        if (text.Encoding != TransferEncoding.Identity || text.MediaType == "text/html")
        {
            return files;
        }

        var body = text.RawBody;
        var position = 0;
        while (files.Count < Most && Next(body, position, out var name, out var start, out var end))
        {
            files.Add(new MimePart(text, name, text.BodyStart + start, text.BodyStart + end, TransferEncoding.Yenc));
            position = end;
        }

        return files;
    }

    /// <summary>The text without its yEnc files, whose lines are no text in any charset.</summary>
    public static string Cut(string text)
    {
        while (text.IndexOf("=ybegin ", StringComparison.Ordinal) is >= 0 and var start && (start == 0 || text[start - 1] is '\n' or '\r'))
        {
            var end = text.IndexOf("\n=yend", start, StringComparison.Ordinal);
            var next = end < 0 ? -1 : text.IndexOf('\n', end + 1);
            text = next < 0 ? text[..start] : text.Remove(start, next + 1 - start);
        }

        return text;
    }

    private static bool Next(ReadOnlySpan<byte> body, int from, out string name, out int start, out int end)
    {
        (name, start, end) = ("", 0, 0);
        for (var position = from; body[position..].IndexOf("=ybegin "u8) is >= 0 and var found;)
        {
            start = position + found;
            var lineEnd = HeaderScanner.LineEnd(body, start, out var next);
            position = start + 8;
            if ((start == 0 || body[start - 1] is (byte)'\n' or (byte)'\r') && TryName(body[start..lineEnd], out name))
            {
                end = EndOf(body, next);
                return true;
            }
        }

        return false;
    }

    private static bool TryName(ReadOnlySpan<byte> line, out string name)
    {
        // The name is the last item and may hold blanks.
        var at = line.IndexOf(" name="u8);
        name = at < 0 ? "" : Charsets.DecodeUnlabelled(line[(at + 6)..]).Trim();
        var size = line.IndexOf(" size="u8);
        var digits = size < 0 ? [] : line[(size + 6)..];
        return name.Length > 0 && !digits.IsEmpty && char.IsAsciiDigit((char)digits[0]) && line.Length < 1000
            && line.IndexOf(" line="u8) > 0;
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
