using System.Buffers;
using System.Text;
using MailIntake.Mail.Mime.Decoding;

namespace MailIntake.Mail.Mime;

/// <summary>
/// Encoded words (RFC 2047). Neighbouring words of one charset are joined as bytes before they are decoded: clients split
/// them in the middle of a character.
/// </summary>
public static class EncodedWords
{
    /// <summary>Decodes all encoded words in a header value, also those inside quotes; the rest is left as it is.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
        {
            return value;
        }

        var result = new StringBuilder(value.Length);
        var pending = new ArrayBufferWriter<byte>();
        string? charset = null;
        var text = value.AsSpan();
        var position = 0;
        var terminated = true;
        while (position < text.Length)
        {
            var found = text[position..].IndexOf("=?");
            if (found < 0)
            {
                break;
            }

            var start = position + found;
            if (!TryReadWord(text, start, ref terminated, out var word))
            {
                Flush();
                result.Append(text[position..(start + 2)]);
                position = start + 2;
                continue;
            }

            var between = text[position..start];
            var joined = pending.WrittenCount > 0 && between.IsWhiteSpace();
            if (!joined || !text[word.Charset].Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
                result.Append(joined ? [] : between);
                charset = text[word.Charset].ToString();
            }

            Append(pending, text[word.Payload], word.IsBase64);
            position = word.End;
        }

        Flush();
        return result.Append(text[position..]).ToString();

        void Flush()
        {
            if (pending.WrittenCount > 0)
            {
                result.Append(Charsets.Decode(pending.WrittenSpan, charset));
                pending.ResetWrittenCount();
            }
        }
    }

    private static bool TryReadWord(ReadOnlySpan<char> text, int start, ref bool terminated, out Word word)
    {
        word = default;
        var rest = text[(start + 2)..];
        var charsetEnd = rest[..Math.Min(rest.Length, 64)].IndexOf('?');
        if (charsetEnd <= 0 || rest.Length < charsetEnd + 3 || rest[charsetEnd + 2] != '?'
            || rest[charsetEnd + 1] is not ('b' or 'B' or 'q' or 'Q') || rest[..charsetEnd].Contains(' '))
        {
            return false;
        }

        var payload = rest[(charsetEnd + 3)..];
        var length = terminated ? payload.IndexOf("?=") : -1;
        terminated = length >= 0;
        var isBase64 = rest[charsetEnd + 1] is 'b' or 'B';
        if (length < 0)
        {
            // Cut off, or its end lost: what can be read ends with the next space.
            length = payload.IndexOfAny(" \t");
            length = length < 0 ? payload.Length : length;
        }

        // RFC 2231, 5: a language may follow the charset.
        var star = rest[..charsetEnd].IndexOf('*');
        var payloadStart = start + 2 + charsetEnd + 3;
        word = new Word(
            (start + 2)..(start + 2 + (star < 0 ? charsetEnd : star)),
            isBase64,
            payloadStart..(payloadStart + length),
            payloadStart + length + (terminated ? 2 : 0));
        return true;
    }

    private static void Append(ArrayBufferWriter<byte> bytes, ReadOnlySpan<char> payload, bool isBase64)
    {
        if (isBase64)
        {
            LooseBase64.Decode(payload, bytes);
            return;
        }

        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < payload.Length; i++)
        {
            var c = payload[i];
            if (c == '=' && i + 2 < payload.Length && char.IsAsciiHexDigit(payload[i + 1]) && char.IsAsciiHexDigit(payload[i + 2]))
            {
                bytes.Write([(byte)((Hex(payload[i + 1]) << 4) | Hex(payload[i + 2]))]);
                i += 2;
            }
            else if (char.IsAscii(c))
            {
                bytes.Write([c == '_' ? (byte)' ' : (byte)c]);
            }
            else
            {
                Rune.DecodeFromUtf16(payload[i..], out var rune, out var used);
                bytes.Write(utf8[..rune.EncodeToUtf8(utf8)]);
                i += used - 1;
            }
        }
    }

    private static int Hex(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private readonly record struct Word(Range Charset, bool IsBase64, Range Payload, int End);
}
