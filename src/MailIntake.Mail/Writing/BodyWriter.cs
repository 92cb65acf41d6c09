using System.Buffers.Text;
using System.Text;

namespace MailIntake.Mail.Writing;

/// <summary>Writes bodies: text as it stands where it is ASCII in short lines, everything else as base64 in lines of 76.</summary>
internal static class BodyWriter
{
    private const int LongestPlainLine = 76;
    private const int BytesInLine = 57;

    public static void WriteText(MemoryStream output, string mediaType, string text)
    {
        var normal = Normalize(text);
        var plain = IsPlain(normal);
        var headers = new HeaderWriter(output);
        headers.Write("Content-Type", $"{mediaType}; charset={(plain ? "us-ascii" : "utf-8")}");
        headers.Write("Content-Transfer-Encoding", plain ? "7bit" : "base64");
        headers.End();
        var bytes = Encoding.UTF8.GetBytes(normal);
        if (plain)
        {
            output.Write(bytes);
        }
        else
        {
            WriteBase64(output, bytes);
        }
    }

    public static void WriteBase64(MemoryStream output, ReadOnlySpan<byte> bytes)
    {
        Span<byte> line = stackalloc byte[78];
        while (!bytes.IsEmpty)
        {
            var take = bytes[..Math.Min(BytesInLine, bytes.Length)];
            Base64.EncodeToUtf8(take, line, out _, out var written);
            line[written] = (byte)'\r';
            line[written + 1] = (byte)'\n';
            output.Write(line[..(written + 2)]);
            bytes = bytes[take.Length..];
        }
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\r\n");

    /// <summary>Nothing a server might change: no long line, no line of a mailbox or of one dot, no space before a line end.</summary>
    private static bool IsPlain(string text)
    {
        if (!Ascii.IsValid(text) || HasControl(text))
        {
            return false;
        }

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > LongestPlainLine || line.StartsWith("From ") || line.StartsWith(".") || line.EndsWith(" ") || line.EndsWith("\t"))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c is not ('\r' or '\n' or '\t') || c == '\x7F')
            {
                return true;
            }
        }

        return false;
    }
}
