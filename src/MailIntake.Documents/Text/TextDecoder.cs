using System.Text;

namespace MailIntake.Documents.Text;

/// <summary>Bytes to text where nothing says the charset: by byte order mark, else UTF-8 when valid, else UTF-16 by its look, else GB18030, else Latin-1.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private static readonly Encoding StrictGb18030 = CreateGb18030();

    /// <summary>The text and the charset that gave it.</summary>
    public static (string Text, Encoding Charset) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            return (Encoding.UTF8.GetString(bytes[3..]), Encoding.UTF8);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (Encoding.Unicode.GetString(bytes[2..]), Encoding.Unicode);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (Encoding.BigEndianUnicode.GetString(bytes[2..]), Encoding.BigEndianUnicode);
        }

        if (Utf16ByLook(bytes) is { } wide)
        {
            return (wide.GetString(bytes), wide);
        }

        foreach (var charset in (ReadOnlySpan<Encoding>)[StrictUtf8, StrictGb18030])
        {
            try
            {
                return (charset.GetString(bytes), charset);
            }
            catch (DecoderFallbackException)
            {
                // Not this charset: the next one is tried.
            }
        }

        return (Encoding.Latin1.GetString(bytes), Encoding.Latin1);
    }

    /// <summary>A name as bytes: UTF-8 when valid, else GB18030, else Latin-1.</summary>
    public static string DecodeName(ReadOnlySpan<byte> bytes)
    {
        foreach (var charset in (ReadOnlySpan<Encoding>)[StrictUtf8, StrictGb18030])
        {
            try
            {
                return charset.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                // Not this charset: the next one is tried.
            }
        }

        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>UTF-16 without a byte order mark: ASCII marks (space, line feed) appear with a zero half on always the same side.</summary>
    private static Encoding? Utf16ByLook(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes.Length % 2 != 0)
        {
            return null;
        }

        int evenZeros = 0, oddZeros = 0;
        var sample = bytes[..Math.Min(bytes.Length, 8192)];
        for (var i = 0; i + 1 < sample.Length; i += 2)
        {
            if (sample[i] == 0 && sample[i + 1] == 0)
            {
                return null;
            }

            evenZeros += sample[i] == 0 ? 1 : 0;
            oddZeros += sample[i + 1] == 0 ? 1 : 0;
        }

        return (evenZeros, oddZeros) switch
        {
            (0, > 0) => Encoding.Unicode,
            ( > 0, 0) => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static Encoding CreateGb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(54936, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }
}
