using System.Globalization;
using System.Text;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Writing;

/// <summary>Writes headers folded to 76 characters (RFC 5322, 2.2.3), encoded where they are not ASCII (RFC 2047, 2231).</summary>
internal sealed class HeaderWriter(MemoryStream output)
{
    private const int LongestLine = 76;

    public static string Date(DateTimeOffset date) =>
        date.ToString("ddd, d MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    /// <summary>A value of ASCII tokens, folded at its spaces.</summary>
    public void Write(string name, string value)
    {
        CheckName(name);
        var line = new StringBuilder(name).Append(':');
        var length = line.Length;
        foreach (var token in Clean(value).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Append(line, ref length, token);
        }

        Emit(line);
    }

    /// <summary>Free text: as it stands where it is ASCII and short of encoded-word marks, else as encoded words.</summary>
    public void WriteText(string name, string value)
    {
        var text = Clean(value).Trim();
        if (IsPlain(text) && !text.Contains("  ", StringComparison.Ordinal))
        {
            Write(name, text);
            return;
        }

        CheckName(name);
        var line = new StringBuilder(name).Append(':');
        var length = line.Length;
        foreach (var word in EncodedWordWriter.Split(text, LongestLine - 1 - Math.Min(name.Length + 1, 30)))
        {
            Append(line, ref length, word);
        }

        Emit(line);
    }

    /// <summary>A list of addresses (RFC 5322, 3.4).</summary>
    public void WriteAddresses(string name, IReadOnlyList<MailAddress> addresses)
    {
        var line = new StringBuilder(name).Append(':');
        var length = line.Length;
        for (var i = 0; i < addresses.Count; i++)
        {
            var address = CheckAddress(addresses[i].Address);
            var display = Clean(addresses[i].Name ?? "").Trim();
            foreach (var word in DisplayName(display))
            {
                Append(line, ref length, word);
            }

            Append(line, ref length, (display.Length > 0 ? $"<{address}>" : address) + (i < addresses.Count - 1 ? "," : ""));
        }

        Emit(line);
    }

    /// <summary>Content-Type of a file, its name as encoded words in quotes: the only form some Chinese clients read.</summary>
    public void WriteFileType(string mediaType, string fileName)
    {
        var type = IsMediaType(mediaType) ? mediaType.ToLowerInvariant() : "application/octet-stream";
        WriteParameters("Content-Type", type, [QuotedName("name", Clean(fileName))]);
    }

    /// <summary>Content-Disposition with the name in both forms.</summary>
    public void WriteDisposition(string disposition, string fileName)
    {
        var name = Clean(fileName);
        var parameters = new List<string> { QuotedName("filename", name) };
        if (!IsPlain(name) || name.Length > 50)
        {
            parameters.AddRange(ExtendedParameter.Split("filename", name));
        }

        WriteParameters("Content-Disposition", disposition, parameters);
    }

    /// <summary>The empty line after the headers.</summary>
    public void End() => output.Write("\r\n"u8);

    private void WriteParameters(string name, string value, IEnumerable<string> parameters)
    {
        // Each parameter on its own line; a quoted name of several encoded words is folded between them.
        var line = new StringBuilder(name).Append(name.Length + value.Length + 3 > LongestLine ? ":\r\n " : ": ").Append(value);
        foreach (var parameter in parameters)
        {
            line.Append(";\r\n ").Append(parameter);
        }

        Emit(line);
    }

    private static string QuotedName(string parameter, string name)
    {
        if (IsPlain(name))
        {
            var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            if (escaped.Length < LongestLine - parameter.Length - 4)
            {
                return $"{parameter}=\"{escaped}\"";
            }
        }

        return $"{parameter}=\"{string.Join("\r\n ", EncodedWordWriter.Split(name, LongestLine - parameter.Length - 5))}\"";
    }

    private static IEnumerable<string> DisplayName(string name)
    {
        if (name.Length == 0)
        {
            return [];
        }

        if (!IsPlain(name) || name.Length > 60)
        {
            return EncodedWordWriter.Split(name, LongestLine - 10);
        }

        return name.All(c => char.IsAsciiLetterOrDigit(c) || " !#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal))
            ? name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [$"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""];
    }

    private static void Append(StringBuilder line, ref int length, string token)
    {
        if (length + 1 + token.Length > LongestLine && length > 1 && line[^1] != ':')
        {
            line.Append("\r\n");
            length = 0;
        }

        line.Append(' ').Append(token);
        length += 1 + token.Length;
    }

    private void Emit(StringBuilder line) => output.Write(Encoding.ASCII.GetBytes(line.Append("\r\n").ToString()));

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !text.Contains("=?", StringComparison.Ordinal)
        && text.Split(' ').All(word => word.Length < LongestLine);

    private static string Clean(string value) =>
        value.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 && !value.Contains('\x7F')
            ? value
            : string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));

    private static bool IsMediaType(string type) =>
        type.Count(c => c == '/') == 1 && type[0] != '/' && type[^1] != '/'
        && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_');

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 70 || !name.All(c => c is > ' ' and < '\x7F' and not ':'))
        {
            throw new ArgumentException($"'{Clean(name)}' is no name of a header.", nameof(name));
        }
    }

    private static string CheckAddress(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1 || address.Length > 320)
        {
            throw new ArgumentException($"'{Clean(address)}' is no address.", nameof(address));
        }

        var domain = address[(at + 1)..];
        var host = Ascii.IsValid(domain) ? domain : new IdnMapping().GetAscii(domain);
        var local = address[..at];
        if (!local.All(c => c is > ' ' and < '\x7F' && !"<>()[],;:\\\"@".Contains(c, StringComparison.Ordinal))
            || !host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '[' or ']' or ':' or '_'))
        {
            throw new ArgumentException($"'{Clean(address)}' is no address that can be written in ASCII.", nameof(address));
        }

        return $"{local}@{host}";
    }
}
