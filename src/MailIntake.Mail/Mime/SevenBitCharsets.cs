using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>A charset in seven bits that the framework does not know, for reading only.</summary>
internal abstract class SevenBitEncoding(int codePage) : Encoding(codePage)
{
    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException("This charset is only read.");

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException("This charset is only read.");

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException("This charset is only read.");

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    /// <summary>Text of the bytes, whatever they are; never longer than they.</summary>
    protected abstract string Decode(ReadOnlySpan<byte> bytes);
}

/// <summary>UTF-7 (RFC 2152).</summary>
internal sealed class Utf7Encoding() : SevenBitEncoding(65000)
{
    public static readonly Utf7Encoding Instance = new();

    protected override string Decode(ReadOnlySpan<byte> bytes)
    {
        var result = new StringBuilder(bytes.Length);
        int bits = 0, count = 0;
        var shifted = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (!shifted)
            {
                if (b == '+' && i + 1 < bytes.Length && bytes[i + 1] == '-')
                {
                    result.Append('+');
                    i++;
                }
                else if (b == '+')
                {
                    shifted = true;
                    bits = count = 0;
                }
                else
                {
                    result.Append((char)b);
                }

                continue;
            }

            var value = Decoding.LooseBase64.Value(b);
            if (value < 0)
            {
                shifted = false;
                if (b != '-')
                {
                    result.Append((char)b);
                }

                continue;
            }

            bits = (bits << 6) | value;
            count += 6;
            if (count >= 16)
            {
                count -= 16;
                result.Append((char)((bits >> count) & 0xFFFF));
                bits &= (1 << count) - 1;
            }
        }

        return result.ToString();
    }
}

/// <summary>HZ (RFC 1843): GB2312 in seven bits between <c>~{</c> and <c>~}</c>.</summary>
internal sealed class HzEncoding() : SevenBitEncoding(52936)
{
    public static readonly HzEncoding Instance = new();

    protected override string Decode(ReadOnlySpan<byte> bytes)
    {
        var gb = new List<byte>(bytes.Length);
        var chinese = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            var next = i + 1 < bytes.Length ? bytes[i + 1] : (byte)0;
            if (bytes[i] == '~' && next is (byte)'{' or (byte)'}' or (byte)'~' or (byte)'\n')
            {
                chinese = next == '{' || (chinese && next != '}');
                if (next == '~')
                {
                    gb.Add(next);
                }

                i++;
            }
            else
            {
                gb.Add(chinese && bytes[i] > 0x20 ? (byte)(bytes[i] | 0x80) : bytes[i]);
            }
        }

        return Charsets.Gb18030.GetString(gb.ToArray());
    }
}
