using System.Text;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>Mailbox names on the wire (RFC 3501 section 5.1.3): 垃圾邮件 is <c>&amp;V4NXPpCuTvY-</c>.</summary>
internal static class ModifiedUtf7
{
    public static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length;)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                encoded.Append(name[i] == '&' ? "&-" : name[i].ToString());
                i++;
                continue;
            }

            var start = i;
            while (i < name.Length && name[i] is < ' ' or > '~')
            {
                i++;
            }

            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[start..i]));
            encoded.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
        }

        return encoded.ToString();
    }

    /// <summary>The readable name. What is no modified UTF-7 (a server that sends UTF-8, a stray ampersand) stays as it is.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('&', StringComparison.Ordinal))
        {
            return encoded;
        }

        var name = new StringBuilder(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '&')
            {
                name.Append(encoded[i]);
                continue;
            }

            var end = encoded.IndexOf('-', i);
            if (end == i + 1)
            {
                name.Append('&');
            }
            else if (end < 0 || !TryDecodeRun(encoded[(i + 1)..end], name))
            {
                return encoded;
            }

            i = end;
        }

        return name.ToString();
    }

    private static bool TryDecodeRun(string run, StringBuilder name)
    {
        var base64 = run.Replace(',', '/');
        var bytes = new byte[(base64.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var count) || count % 2 != 0)
        {
            return false;
        }

        name.Append(Encoding.BigEndianUnicode.GetString(bytes, 0, count));
        return true;
    }
}
