namespace MailIntake.Mail.Mime.Decoding;

/// <summary>Base64 (RFC 2045, 6.8) read character by character: whatever is none is passed over, a pad ends a group.</summary>
internal static class LooseBase64
{
    private static readonly sbyte[] Values = MakeValues();

    /// <summary>The six bits of a character; -1 where it is none, -2 for the pad.</summary>
    public static int Value(byte character) => Values[character];

    /// <summary>Decodes into <paramref name="span"/>, which holds three bytes for each four characters begun; gives back how many.</summary>
    public static int Decode(ReadOnlySpan<char> text, Span<byte> span)
    {
        int bits = 0, count = 0, written = 0;
        foreach (var c in text)
        {
            var value = c < 128 ? Values[c] : -1;
            if (value == -1)
            {
                continue;
            }

            if (value == -2)
            {
                written += Finish(bits, count, span[written..]);
                bits = count = 0;
                continue;
            }

            bits = (bits << 6) | value;
            if (++count == 4)
            {
                span[written++] = (byte)(bits >> 16);
                span[written++] = (byte)(bits >> 8);
                span[written++] = (byte)bits;
                bits = count = 0;
            }
        }

        return written + Finish(bits, count, span[written..]);
    }

    /// <summary>Writes what a group cut short still holds: one byte of two characters, two of three.</summary>
    public static int Finish(int bits, int count, Span<byte> output)
    {
        if (count == 2)
        {
            output[0] = (byte)(bits >> 4);
            return 1;
        }

        if (count == 3)
        {
            output[0] = (byte)(bits >> 10);
            output[1] = (byte)(bits >> 2);
            return 2;
        }

        return 0;
    }

    private static sbyte[] MakeValues()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (sbyte)i;
        }

        values['='] = -2;
        return values;
    }
}
