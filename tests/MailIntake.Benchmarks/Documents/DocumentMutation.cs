using System.Text;

namespace MailIntake.Benchmarks.Documents;

/// <summary>Damages documents: bits, splices of two files, the end cut off, pieces repeated; inside the entries of a zip also what XML is made of.</summary>
internal static class DocumentMutation
{
    private const int LongestRepeat = 400_000;

    private static readonly string[] _numbers = ["0", "-1", "1", "63", "65536", "2147483647", "-2147483648", "4294967296", "99999999999999999999", "1e308", "NaN", "", "甲"];

    /// <summary>A mutant of one file, with pieces of another.</summary>
    /// <param name="seed">The file.</param>
    /// <param name="other">The other; read only where it is needed.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Of(byte[] seed, Func<byte[]> other, Random random)
    {
        if (random.Next(4) > 0 && ZipPackage.Open(seed) is { } package)
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                package.Damage(random, content => random.Next(3) == 0 || !LooksLikeXml(content) ? Bytes(content, other, random) : Markup(content, random));
            }

            if (random.Next(8) == 0)
            {
                package.Rearrange(random);
            }

            return package.Pack();
        }

        return Bytes(seed, other, random);
    }

    private static bool LooksLikeXml(byte[] content) => content.AsSpan(0, Math.Min(content.Length, 200)).Contains((byte)'<');

    private static byte[] Bytes(byte[] seed, Func<byte[]> other, Random random)
    {
        var bytes = seed;
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length + 1);
            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    bytes = Flipped(bytes, random, random.Next(1, 30));
                    break;
                case 3 when at < bytes.Length:
                    bytes = [.. bytes];
                    bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)).Fill((byte)(random.Next(2) * 0xFF));
                    break;
                case 4:
                    var piece = other();
                    var from = random.Next(piece.Length + 1);
                    bytes = [.. bytes.AsSpan(0, at), .. piece.AsSpan(from, Math.Min(random.Next(1, 4_000), piece.Length - from)), .. bytes.AsSpan(random.Next(at, bytes.Length + 1))];
                    break;
                case 5 when random.Next(3) == 0:
                    bytes = bytes[..at];
                    break;
                case 6:
                    var again = bytes.AsSpan(at, Math.Min(random.Next(1, 200), bytes.Length - at)).ToArray();
                    bytes = [.. bytes.AsSpan(0, at), .. Enumerable.Repeat(again, random.Next(1, 200)).SelectMany(p => p), .. bytes.AsSpan(at)];
                    break;
                case 7 when at < bytes.Length:
                    bytes = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + random.Next(1, 300)))];
                    break;
                default:
                    bytes = Flipped(bytes, random, 1);
                    break;
            }
        }

        return bytes;
    }

    /// <summary>Where headers are, a flipped bit does more.</summary>
    private static byte[] Flipped(byte[] bytes, Random random, int count)
    {
        byte[] flipped = [.. bytes];
        for (; count > 0 && flipped.Length > 0; count--)
        {
            var within = random.Next(3) == 0 ? Math.Min(flipped.Length, 1_024) : flipped.Length;
            flipped[random.Next(within)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    /// <summary>An element many times over, many deep, taken out, or moved; another number in an attribute; a name that is another's.</summary>
    private static byte[] Markup(byte[] content, Random random)
    {
        var text = Encoding.Latin1.GetString(content);
        var start = text.IndexOf('<', random.Next(text.Length));
        var end = start < 0 ? -1 : text.IndexOf('>', start);
        if (end < 0)
        {
            return Flipped(content, random, 3);
        }

        var tag = text[start..(end + 1)];
        var name = new string([.. tag.Skip(1).TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == ':')]);
        var close = name.Length == 0 ? -1 : text.IndexOf($"</{name}>", end, StringComparison.Ordinal);
        var whole = close < 0 ? tag : text[start..(close + name.Length + 3)];
        var times = 1 << random.Next(1, 14);
        times = Math.Max(1, Math.Min(times, LongestRepeat / whole.Length));
        var changed = random.Next(7) switch
        {
            0 => text[..start] + string.Concat(Enumerable.Repeat(whole, times)) + text[start..],
            1 when close >= 0 => text[..start] + string.Concat(Enumerable.Repeat(tag, times)) + whole + string.Concat(Enumerable.Repeat($"</{name}>", times)) + text[(start + whole.Length)..],
            2 => text.Remove(start, whole.Length),
            3 => text.Insert(text.IndexOf('<', random.Next(start + 1)) is >= 0 and var place ? place : 0, whole),
            4 => text.Remove(start, tag.Length),
            5 => text[..(end + 1)] + new string('A', times * 8) + text[(end + 1)..],
            _ => Renumbered(text, start, random),
        };
        return Encoding.Latin1.GetBytes(changed);
    }

    private static string Renumbered(string text, int start, Random random)
    {
        var open = text.IndexOf("=\"", start, StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf('"', open + 2);
        return close < 0 ? text : text[..(open + 2)] + Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(_numbers[random.Next(_numbers.Length)])) + text[close..];
    }
}
