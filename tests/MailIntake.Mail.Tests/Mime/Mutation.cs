namespace MailIntake.Mail.Tests.Mime;

/// <summary>Damages messages: bits flipped, pieces spliced in, taken out or repeated, the end cut off, charsets swapped.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
        ["\r", "\n", "\r\n\r\n", "--=_b1", "--=_b1--\n", "=?gb2312?B?", "?=", "Content-Type: multipart/mixed; boundary=\"=_b1\"\n\n", "charset=", "gb2312",
         "utf-7", "utf-16", "iso-2022-jp", "hz-gb-2312", "\0", "base64", "quoted-printable", "message/rfc822", "=", "%", "*0*=", "<", "\"", "(", ";", ":"];

    private static readonly string[] Charsets =
        ["utf-8", "gb2312", "gbk", "gb18030", "big5", "hz-gb-2312", "utf-7", "utf-16", "iso-2022-jp", "euc-kr", "windows-1252", "us-ascii", "x-nobody"];

    public static byte[] Of(byte[][] seeds, Random random)
    {
        var bytes = seeds[random.Next(seeds.Length)].ToList();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(8))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.InsertRange(at, System.Text.Encoding.ASCII.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(200), bytes.Count - at));
                    break;
                case 3:
                    var other = seeds[random.Next(seeds.Length)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(500), other.Length - from)).ToArray());
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    var again = bytes.Skip(at).Take(random.Next(1, 100)).ToArray();
                    bytes.InsertRange(at, Enumerable.Repeat(again, random.Next(1, 60)).SelectMany(piece => piece));
                    break;
                case 6:
                    SwapCharset(bytes, at, random);
                    break;
                default:
                    var noise = new byte[random.Next(50)];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts another charset in the place of the first one named behind <paramref name="at"/>, in a parameter or an encoded word.</summary>
    private static void SwapCharset(List<byte> bytes, int at, Random random)
    {
        var text = System.Text.Encoding.Latin1.GetString([.. bytes]);
        var parameter = text.IndexOf("charset=", at, StringComparison.OrdinalIgnoreCase);
        var word = text.IndexOf("=?", at, StringComparison.Ordinal);
        var start = parameter >= 0 && (word < 0 || parameter < word) ? parameter + 8 : word >= 0 ? word + 2 : -1;
        if (start >= 0)
        {
            var end = text.AsSpan(start).IndexOfAny("?\r\n; ") is >= 0 and var length ? start + length : text.Length;
            bytes.RemoveRange(start, end - start);
            bytes.InsertRange(start, System.Text.Encoding.ASCII.GetBytes(Charsets[random.Next(Charsets.Length)]));
        }
    }
}
