using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Files that stand uuencoded in a plain text: <c>begin 644 name</c> … <c>end</c>.</summary>
internal static class UuBlocks
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
            files.Add(new MimePart(text, name, text.BodyStart + start, text.BodyStart + end));
            position = end;
        }

        return files;
    }

    /// <summary>The text without its uuencoded files.</summary>
    public static string Cut(string text)
    {
        var at = text.IndexOf("begin ", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var result = new StringBuilder();
        var position = 0;
        while (Next(bytes, position, out _, out var start, out var end))
        {
            result.Append(Encoding.UTF8.GetString(bytes.AsSpan(position, start - position)));
            position = end;
        }

        return position == 0 ? text : result.Append(Encoding.UTF8.GetString(bytes.AsSpan(position))).ToString();
    }

    private static bool Next(ReadOnlySpan<byte> body, int from, out string name, out int start, out int end)
    {
        (name, start, end) = ("", 0, 0);
        var position = from;
        while (position < body.Length)
        {
            var found = body[position..].IndexOf("begin "u8);
            if (found < 0)
            {
                return false;
            }

            start = position + found;
            var lineEnd = HeaderScanner.LineEnd(body, start, out var next);
            position = start + 6;
            if ((start == 0 || body[start - 1] is (byte)'\n' or (byte)'\r') && lineEnd - start < 500
                && TryName(body[(start + 6)..lineEnd], out name) && IsDataLine(body, next))
            {
                end = EndOf(body, next);
                return true;
            }
        }

        return false;
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
