using System.Buffers.Text;
using MailIntake.Mail.Connections;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>Tells one token from the next in what has come (RFC 3501 section 9); forgiving where servers are careless, and never beyond a line.</summary>
internal static class ImapLexer
{
    /// <summary>Largest literal that is taken as an answer at all; nothing in a mailbox is larger.</summary>
    public const long MaxLiteralBytes = 1L << 31;

    /// <summary>The token at the beginning; false where more must come before it is known.</summary>
    /// <param name="seen">What has come, from the token's first byte on; not empty.</param>
    /// <param name="token">The token; its bytes are a part of <paramref name="seen"/> where nothing in them was escaped.</param>
    /// <param name="length">Bytes that it takes; of a literal those of its announcement.</param>
    /// <exception cref="ConnectionFaultException">What came is no IMAP.</exception>
    public static bool TryRead(ReadOnlySpan<byte> seen, out ImapToken token, out int length)
    {
        switch (seen[0])
        {
            case (byte)'(' or (byte)')':
                length = 1;
                token = new ImapToken(seen[0] == '(' ? ImapTokenKind.Open : ImapTokenKind.Close, seen[..1]);
                return true;
            case (byte)'"':
                return TryReadQuoted(seen, out token, out length);
            case (byte)'{' or (byte)'~':
                return TryReadLiteral(seen, out token, out length);
            case (byte)'\r' or (byte)'\n':
                return TryReadLineEnd(seen, out token, out length);
            default:
                return TryReadAtom(seen, out token, out length);
        }
    }

    private static bool TryReadLineEnd(ReadOnlySpan<byte> seen, out ImapToken token, out int length)
    {
        token = new ImapToken(ImapTokenKind.EndOfLine, default);
        length = seen[0] == '\n' ? 1 : 2;
        if (seen.Length < length)
        {
            return false;
        }

        return seen[length - 1] == '\n' ? true : throw new ConnectionFaultException("the server sent a bare carriage return");
    }

    private static bool TryReadAtom(ReadOnlySpan<byte> seen, out ImapToken token, out int length)
    {
        length = 0;
        while (true)
        {
            while (length < seen.Length && seen[length] is not ((byte)' ' or (byte)'(' or (byte)')' or (byte)'\r' or (byte)'\n' or (byte)'['))
            {
                length++;
            }

            if (length == seen.Length)
            {
                token = default;
                return false;
            }

            if (seen[length] != '[')
            {
                token = new ImapToken(ImapTokenKind.Atom, seen[..length]);
                return true;
            }

            var close = seen[length..].IndexOf((byte)']');
            if (close < 0)
            {
                token = default;
                return false;
            }

            length += close + 1;
        }
    }

    private static bool TryReadQuoted(ReadOnlySpan<byte> seen, out ImapToken token, out int length)
    {
        var escapes = 0;
        for (var i = 1; i < seen.Length; i++)
        {
            switch (seen[i])
            {
                case (byte)'\\' when i + 1 < seen.Length:
                    i++;
                    escapes++;
                    break;
                case (byte)'\r' or (byte)'\n':
                    throw new ConnectionFaultException("the server ended a line inside a quoted string");
                case (byte)'"':
                    length = i + 1;
                    token = new ImapToken(ImapTokenKind.Quoted, escapes == 0 ? seen[1..i] : Unescape(seen[1..i], escapes));
                    return true;
            }
        }

        token = default;
        length = 0;
        return false;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> quoted, int escapes)
    {
        var plain = new byte[quoted.Length - escapes];
        for (int from = 0, to = 0; to < plain.Length; from++, to++)
        {
            plain[to] = quoted[from] == '\\' ? quoted[++from] : quoted[from];
        }

        return plain;
    }

    private static bool TryReadLiteral(ReadOnlySpan<byte> seen, out ImapToken token, out int length)
    {
        var end = seen.IndexOf((byte)'\n');
        length = end + 1;
        if (end < 0)
        {
            token = default;
            return false;
        }

        var open = seen[0] == '~' ? 1 : 0;
        var digits = seen[open..(seen[end - 1] == '\r' ? end - 1 : end)];
        if (digits.Length < 3 || digits[0] != '{' || digits[^1] != '}')
        {
            // A word may begin with a tilde or a brace where the server is careless.
            return TryReadAtom(seen, out token, out length);
        }

        digits = digits[^2] == '+' ? digits[1..^2] : digits[1..^1];
        if (!Utf8Parser.TryParse(digits, out long size, out var used) || used != digits.Length || size is < 0 or > MaxLiteralBytes)
        {
            throw new ConnectionFaultException("the server announced a literal of impossible size");
        }

        token = new ImapToken(ImapTokenKind.Literal, default, size);
        return true;
    }
}
