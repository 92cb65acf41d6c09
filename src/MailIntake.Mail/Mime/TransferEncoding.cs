using System.Buffers;

namespace MailIntake.Mail.Mime;

/// <summary>How a body is encoded (RFC 2045, 6).</summary>
internal enum TransferEncoding
{
    /// <summary>7bit, 8bit, binary, and whatever nobody knows.</summary>
    Identity,

    Base64,

    QuotedPrintable,

    Uuencode,

    /// <summary>Never declared; found in a text.</summary>
    Yenc,
}

/// <summary>Reads Content-Transfer-Encoding as it is met: quoted, commented, with rubbish behind.</summary>
internal static class TransferEncodings
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t;(\",");

    public static TransferEncoding Parse(ReadOnlySpan<char> value)
    {
        var token = value.Trim(" \t\"'");
        var end = token.IndexOfAny(Ends);
        token = end < 0 ? token : token[..end];
        return token switch
        {
            _ when Is(token, "base64") || Is(token, "b") => TransferEncoding.Base64,
            _ when Is(token, "quoted-printable") || Is(token, "quotedprintable") || Is(token, "q") => TransferEncoding.QuotedPrintable,
            _ when Is(token, "x-uuencode") || Is(token, "uuencode") || Is(token, "x-uue") || Is(token, "uue") => TransferEncoding.Uuencode,
            _ => TransferEncoding.Identity,
        };
    }

    /// <summary>
    /// A body with so many bytes beyond ASCII at its beginning was never base64: some senders declare it and send their Chinese as it is.
    /// Rubbish between encoded lines is far less.
    /// </summary>
    public static bool IsPlainText(ReadOnlySpan<byte> body)
    {
        var seen = body[..Math.Min(body.Length, 512)];
        var high = 0;
        foreach (var b in seen)
        {
            high += b >> 7;
        }

        return high * 4 > seen.Length;
    }

    private static bool Is(ReadOnlySpan<char> token, string name) => token.Equals(name, StringComparison.OrdinalIgnoreCase);
}
