using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailIntake.Simulation.Letters;

/// <summary>Writes letters as bytes, in the ways that Chinese mail programs do. The same letter gives the same bytes.</summary>
public static class LetterWriter
{
    static LetterWriter() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding behind a label.</summary>
    public static Encoding EncodingOf(string charset) =>
        charset.StartsWith("gb", StringComparison.OrdinalIgnoreCase) ? Encoding.GetEncoding("gb18030") : new UTF8Encoding(false);

    /// <summary>The whole message, CRLF line ends.</summary>
    public static byte[] Write(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var message = new Writer(letter);
        return message.Write();
    }

    private sealed class Writer(Letter letter)
    {
        private readonly LetterStyle _style = letter.Style;
        private readonly Encoding _encoding = EncodingOf(letter.Style.Charset);
        private readonly ArrayBufferWriter<byte> _out = new();
        private readonly string _boundary =
            "----=_Part_" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(letter.MessageId)))[..16];

        public byte[] Write()
        {
            foreach ((string name, string value) in letter.Headers)
            {
                Line($"{name}: {value}");
            }

            if (letter.FromAddress is { } address)
            {
                Line(letter.FromName is { } name ? $"From: {HeaderWords(name)} <{address}>" : $"From: {address}");
            }

            Line($"To: {letter.To}");
            Line($"Subject: {HeaderWords(letter.Subject)}");
            Line("Date: " + letter.Date.ToString("ddd, d MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
                + letter.Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
            Line($"Message-ID: {letter.MessageId}");
            Line("MIME-Version: 1.0");
            foreach ((string name, string value) in letter.LowerHeaders)
            {
                Line($"{name}: {value}");
            }

            LetterFile[] shown = [.. letter.Files.Where(f => f.ContentId is not null)];
            LetterFile[] attached = [.. letter.Files.Where(f => f.ContentId is null)];
            if (attached.Length == 0 && letter.Forwarded is null)
            {
                Body(shown);
                return _out.WrittenSpan.ToArray();
            }

            OpenMultipart("mixed", "M");
            Next("M");
            Body(shown);
            foreach (LetterFile file in attached)
            {
                Next("M");
                File(file);
            }

            if (letter.Forwarded is { } forwarded)
            {
                Next("M");
                Line("Content-Type: message/rfc822");
                Line("Content-Disposition: attachment; filename=\"forwarded.eml\"");
                Line("");
                _out.Write(forwarded);
            }

            Close("M");
            return _out.WrittenSpan.ToArray();
        }

        private void Body(LetterFile[] shown)
        {
            if (letter.Html is not { } html)
            {
                Text("plain", letter.Text);
                return;
            }

            if (shown.Length > 0)
            {
                OpenMultipart("related", "R");
                Next("R");
            }

            OpenMultipart("alternative", "A");
            Next("A");
            Text("plain", letter.Text);
            Next("A");
            Text("html", html);
            Close("A");
            if (shown.Length == 0)
            {
                return;
            }

            foreach (LetterFile file in shown)
            {
                Next("R");
                File(file);
            }

            Close("R");
        }

        private void Text(string subtype, string text)
        {
            Line($"Content-Type: text/{subtype}; charset={_style.Charset}");
            Line($"Content-Transfer-Encoding: {_style.Body}");
            Line("");
            byte[] bytes = _encoding.GetBytes(text.ReplaceLineEndings("\r\n") + "\r\n");
            switch (_style.Body)
            {
                case "base64":
                    Base64(bytes);
                    break;
                case "quoted-printable":
                    QuotedPrintable(bytes);
                    break;
                default:
                    _out.Write(bytes);
                    break;
            }
        }

        private void File(LetterFile file)
        {
            Line($"Content-Type: {file.MediaType};{Parameter("name", file.Name)}");
            Line("Content-Transfer-Encoding: base64");
            if (file.ContentId is { } id)
            {
                Line($"Content-ID: <{id}>");
                Line($"Content-Disposition: inline;{Parameter("filename", file.Name)}");
            }
            else
            {
                Line($"Content-Disposition: attachment;{Parameter("filename", file.Name)}");
            }

            Line("");
            Base64(file.Content);
        }

        private string Parameter(string name, string value)
        {
            if (Ascii.IsValid(value))
            {
                return $"\r\n\t{name}=\"{value}\"";
            }

            switch (_style.FileNames)
            {
                case FileNames.Raw:
                    return $"\r\n\t{name}=\"{Encoding.Latin1.GetString(_encoding.GetBytes(value))}\"";
                case FileNames.EncodedWord:
                    return $"\r\n\t{name}=\"{Words(value, 30)}\"";
                case FileNames.Rfc2231:
                    return $"\r\n\t{name}*={_style.Charset}''{Percent(value)}";
                default:
                    IEnumerable<string> pieces = value.Chunk(6)
                        .Select((piece, i) => $"\r\n\t{name}*{i}*={(i == 0 ? _style.Charset + "''" : "")}{Percent(new string(piece))}");
                    return string.Join(';', pieces);
            }
        }

        private string Percent(string value) =>
            string.Concat(_encoding.GetBytes(value).Select(b => char.IsAsciiLetterOrDigit((char)b) || b == '.' ? ((char)b).ToString() : $"%{b:X2}"));

        private string HeaderWords(string text) =>
            Ascii.IsValid(text) ? text
            : _style.Headers == HeaderText.Raw ? Encoding.Latin1.GetString(_encoding.GetBytes(text))
            : Words(text, 12);

        /// <summary>RFC 2047 words, folded; a character is cut in two only where the style says so.</summary>
        private string Words(string text, int charactersInWord)
        {
            IEnumerable<byte[]> pieces = _style.Headers == HeaderText.CutWords
                ? _encoding.GetBytes(text).Chunk(31)
                : text.Chunk(charactersInWord).Select(c => _encoding.GetBytes(c));
            return string.Join("\r\n ", pieces.Select(p => _style.Headers == HeaderText.QuotedWords
                ? $"=?{_style.Charset}?Q?{string.Concat(p.Select(b => char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"={b:X2}"))}?="
                : $"=?{_style.Charset}?B?{Convert.ToBase64String(p)}?="));
        }

        private void Base64(byte[] bytes)
        {
            for (int i = 0; i < bytes.Length; i += 57)
            {
                Line(Convert.ToBase64String(bytes, i, Math.Min(57, bytes.Length - i)));
            }
        }

        private void QuotedPrintable(byte[] bytes)
        {
            int column = 0;
            foreach (byte value in bytes)
            {
                if (value is (byte)'\r' or (byte)'\n')
                {
                    _out.Write([value]);
                    column = 0;
                    continue;
                }

                string piece = value is > 32 and < 127 and not (byte)'=' ? ((char)value).ToString() : $"={value:X2}";
                if (column + piece.Length > 75)
                {
                    Line("=");
                    column = 0;
                }

                _out.Write(Encoding.ASCII.GetBytes(piece));
                column += piece.Length;
            }
        }

        private void OpenMultipart(string subtype, string level)
        {
            Line($"Content-Type: multipart/{subtype};\r\n\tboundary=\"{_boundary}{level}\"");
            Line("");
            if (level == "M")
            {
                Line("This is a multi-part message in MIME format.");
            }
        }

        private void Next(string level) => Line($"\r\n--{_boundary}{level}");

        private void Close(string level) => Line($"\r\n--{_boundary}{level}--");

        private void Line(string line)
        {
            _out.Write(Encoding.Latin1.GetBytes(line));
            _out.Write("\r\n"u8);
        }
    }
}
