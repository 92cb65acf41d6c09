namespace MailIntake.Mail.Mime;

/// <summary>Files that stand uuencoded in a plain text: <c>begin 644 name</c> … <c>end</c>.</summary>
internal static class UuBlocks
{
    /// <summary>Finds them.</summary>
    public static TextBlocks In { get; } = new("begin ", TryRead, TransferEncoding.Uuencode);

    private static bool TryRead(ReadOnlySpan<byte> body, int start, out string name, out int end)
    {
        var lineEnd = HeaderScanner.LineEnd(body, start, out var next);
        (name, end) = ("", next);
        if (lineEnd - start >= 500 || !TryName(body[(start + 6)..lineEnd], out name) || !IsDataLine(body, next))
        {
            return false;
        }

        end = EndOf(body, next);
        return true;
    }

    private static bool TryName(ReadOnlySpan<byte> rest, out string name)
    {
        name = "";
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'7');
        if (digits is not (3 or 4) || rest[digits] != ' ')
        {
            return false;
        }

        name = EncodedWords.Decode(Charsets.DecodeUnlabelled(rest[(digits + 1)..])).Trim();
        return name.Length > 0;
    }

    private static bool IsDataLine(ReadOnlySpan<byte> body, int position)
    {
        if (position >= body.Length)
        {
            return false;
        }

        var line = body[position..HeaderScanner.LineEnd(body, position, out _)];
        if (line.IsEmpty || line.IndexOfAnyExceptInRange((byte)' ', (byte)'`') >= 0)
        {
            return false;
        }

        var characters = ((((line[0] - 32) & 63) + 2) / 3) * 4;
        return line.Length - 1 >= characters - 3 && line.Length - 1 <= characters + 2;
    }

    private static int EndOf(ReadOnlySpan<byte> body, int position)
    {
        while (position < body.Length)
        {
            var lineEnd = HeaderScanner.LineEnd(body, position, out var next);
            if (body[position..lineEnd].TrimEnd((byte)' ').SequenceEqual("end"u8))
            {
                return next;
            }

            position = next;
        }

        return body.Length;
    }
}
