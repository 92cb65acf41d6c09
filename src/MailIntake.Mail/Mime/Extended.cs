using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Parameters in extended and continued form: <c>name*</c>, <c>name*0</c>, <c>name*0*</c> (RFC 2231).</summary>
internal static class Extended
{
    private const int MostSections = 500;

    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> parameters, string name)
    {
        SortedDictionary<int, (string Value, bool Encoded)>? sections = null;
        string? single = null;
        foreach (var (key, value) in parameters)
        {
            if (key.Length <= name.Length || key[name.Length] != '*' || !key.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = key.AsSpan(name.Length + 1);
            if (rest.IsEmpty)
            {
                single ??= value;
                continue;
            }

            var encoded = rest[^1] == '*';
            rest = encoded ? rest[..^1] : rest;
            if (int.TryParse(rest, out var number) && number is >= 0 and < MostSections)
            {
                (sections ??= []).TryAdd(number, (value, encoded));
            }
        }

        return single is not null ? Decode(single) : sections is null ? null : Join(sections);
    }

    private static string Decode(string value)
    {
        var rest = SplitCharset(value, out var charset);
        return Charsets.Decode(Percent.Bytes(rest), charset);
    }

    private static string Join(SortedDictionary<int, (string Value, bool Encoded)> sections)
    {
        var result = new StringBuilder();
        var pending = new StringBuilder();
        string? charset = null;
        foreach (var (number, (value, encoded)) in sections)
        {
            if (!encoded)
            {
                Flush();
                result.Append(value);
                continue;
            }

            var rest = value.AsSpan();
            if (number == 0)
            {
                rest = SplitCharset(value, out charset);
            }

            // Neighbouring sections belong together: a character, even one octet's three letters, may be split between them.
            pending.Append(rest);
        }

        Flush();
        return result.ToString();

        void Flush()
        {
            if (pending.Length > 0)
            {
                result.Append(Charsets.Decode(Percent.Bytes(pending.ToString()), charset));
                pending.Clear();
            }
        }
    }

    private static ReadOnlySpan<char> SplitCharset(string value, out string? charset)
    {
        charset = null;
        var first = value.IndexOf('\'');
        var second = first < 0 ? -1 : value.IndexOf('\'', first + 1);
        if (second < 0 || first > 60)
        {
            return value;
        }

        charset = value[..first];
        return value.AsSpan(second + 1);
    }
}

/// <summary>Percent encoding (RFC 3986, 2.1).</summary>
internal static class Percent
{
    public static byte[] Bytes(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add((byte)((Convert.ToInt32(text[i + 1].ToString(), 16) << 4) | Convert.ToInt32(text[i + 2].ToString(), 16)));
                i += 2;
            }
            else if (char.IsAscii(text[i]))
            {
                bytes.Add((byte)text[i]);
            }
            else
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out var used);
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                i += used - 1;
            }
        }

        return [.. bytes];
    }

    /// <summary>Decodes a plain value that some clients percent-encode all the same: only where it gives non-ASCII UTF-8.</summary>
    public static string DecodeIfEncoded(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal))
        {
            return value;
        }

        var bytes = Bytes(value);
        return System.Text.Ascii.IsValid(bytes) || !System.Text.Unicode.Utf8.IsValid(bytes) ? value : Encoding.UTF8.GetString(bytes);
    }
}
