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
    /// <summary>What one UTF-16 unit can become at most: raw text in a word is taken as UTF-8, each byte of which may be a character of the charset.</summary>
    internal const int MostBytesOfACharacter = 3;

    /// <summary>Decodes all encoded words in a header value, also those inside quotes; the rest is left as it is.</summary>
    public static string Decode(string value) => value.Contains("=?", StringComparison.Ordinal) ? Decode(value.AsSpan()) : value;

    /// <inheritdoc cref="Decode(string)"/>
    internal static string Decode(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length * MostBytesOfACharacter);
        var characters = ArrayPool<char>.Shared.Rent(text.Length * MostBytesOfACharacter);
        try
        {
            return new string(characters, 0, Decode(text, bytes, characters));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>
    /// Decodes into <paramref name="output"/>; <paramref name="pending"/> holds the bytes of neighbouring words until they are complete.
    /// Both hold <see cref="MostBytesOfACharacter"/> for each character of the text.
    /// </summary>
    internal static int Decode(ReadOnlySpan<char> text, Span<byte> pending, Span<char> output)
    {
        ReadOnlySpan<char> charset = default;
        var position = 0;
        var terminated = true;
        int written = 0, gathered = 0;
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
                written += Flush(pending, ref gathered, charset, output[written..]);
                written += Copy(text[position..(start + 2)], output[written..]);
                position = start + 2;
                continue;
            }

            var between = text[position..start];
            var joined = gathered > 0 && between.IsWhiteSpace();
            if (!joined || !text[word.Charset].Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                written += Flush(pending, ref gathered, charset, output[written..]);
                written += joined ? 0 : Copy(between, output[written..]);
                charset = text[word.Charset];
            }

            gathered += word.IsBase64 ? LooseBase64.Decode(text[word.Payload], pending[gathered..]) : DecodeQ(text[word.Payload], pending[gathered..]);
            position = word.End;
        }

        written += Flush(pending, ref gathered, charset, output[written..]);
        return written + Copy(text[position..], output[written..]);
    }

    private static int Flush(ReadOnlySpan<byte> pending, ref int gathered, ReadOnlySpan<char> charset, Span<char> output)
    {
        var written = gathered == 0 ? 0 : Charsets.Decode(pending[..gathered], charset, output);
        gathered = 0;
        return written;
    }

    private static int Copy(ReadOnlySpan<char> text, Span<char> output)
    {
        text.CopyTo(output);
        return text.Length;
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

    private static int DecodeQ(ReadOnlySpan<char> payload, Span<byte> bytes)
    {
        var written = 0;
        for (var i = 0; i < payload.Length; i++)
        {
            var c = payload[i];
            if (c == '=' && i + 2 < payload.Length && char.IsAsciiHexDigit(payload[i + 1]) && char.IsAsciiHexDigit(payload[i + 2]))
            {
                bytes[written++] = (byte)((Hex(payload[i + 1]) << 4) | Hex(payload[i + 2]));
                i += 2;
            }
            else if (char.IsAscii(c))
            {
                bytes[written++] = c == '_' ? (byte)' ' : (byte)c;
            }
            else
            {
                Rune.DecodeFromUtf16(payload[i..], out var rune, out var used);
                written += rune.EncodeToUtf8(bytes[written..]);
                i += used - 1;
            }
        }

        return written;
    }

    private static int Hex(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private readonly record struct Word(Range Charset, bool IsBase64, Range Payload, int End);
}
