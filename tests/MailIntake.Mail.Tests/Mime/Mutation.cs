namespace MailIntake.Mail.Tests.Mime;

/// <summary>Damages messages: bits flipped, pieces spliced, repeated, cut off, charsets swapped.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
        ["\r", "\n", "\r\n\r\n", "--=_b1", "--=_b1--\n", "=?gb2312?B?", "?=", "Content-Type: multipart/mixed; boundary=\"=_b1\"\n\n", "charset=", "gb2312",
         "utf-7", "utf-16", "iso-2022-jp", "hz-gb-2312", "\0", "base64", "quoted-printable", "message/rfc822", "=", "%", "*0*=", "<", "\"", "(", ";", ":"];

    public static byte[] Of(byte[][] seeds, Random random)
    {
        var bytes = seeds[random.Next(seeds.Length)].ToList();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
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
                default:
                    var noise = new byte[random.Next(50)];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
            }
        }

        return [.. bytes];
    }
}
