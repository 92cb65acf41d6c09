using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

using NodaTime;

namespace MailIntake.Storage.Archive;

/// <summary>A segment by name: <c>2018-05/000007.seg</c>. Its file begins with 32 bytes: magic, version, number, nonce.</summary>
internal sealed partial record SegmentFile(string Name, int Number, string Path)
{
    internal const int HeaderSize = 32;
    private const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'I', (byte)'S', (byte)'E', (byte)'G', 0x0D, 0x0A];

    internal long Length => new FileInfo(Path).Length;

    /// <summary>The segments of an archive in the order of their numbers; empty where the folder is not there.</summary>
    internal static List<SegmentFile> List(string folder)
    {
        var segments = new List<SegmentFile>();
        if (!Directory.Exists(folder))
        {
            return segments;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.seg", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (NamePattern().Match(name) is { Success: true } match)
            {
                segments.Add(new SegmentFile(name, int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), path));
            }
        }

        segments.Sort((a, b) => a.Number != b.Number ? a.Number.CompareTo(b.Number) : string.CompareOrdinal(a.Name, b.Name));
        return segments;
    }

    /// <summary>The segment of that name, or null where the name is none (it comes from a database).</summary>
    internal static SegmentFile? Find(string folder, string name) =>
        NamePattern().Match(name) is { Success: true } match
            ? new SegmentFile(
                name, int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), System.IO.Path.Combine(folder, name))
            : null;

    /// <summary>The name of a segment that begins at <paramref name="now"/>; the month is that of UTC.</summary>
    internal static SegmentFile Create(string folder, int number, Instant now)
    {
        var name = Month(now) + "/" + number.ToString("D6", CultureInfo.InvariantCulture) + ".seg";
        return new SegmentFile(name, number, System.IO.Path.Combine(folder, name));
    }

    internal static string Month(Instant now)
    {
        var utc = now.InUtc();
        return string.Create(CultureInfo.InvariantCulture, $"{utc.Year:D4}-{utc.Month:D2}");
    }

    internal void WriteHeader(Span<byte> bytes, ulong nonce)
    {
        bytes[..HeaderSize].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], nonce);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], ~nonce);
    }

    /// <summary>The nonce of the segment; null where the header is damaged.</summary>
    internal ulong? ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize)
        {
            return null;
        }

        var nonce = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        Span<byte> expected = stackalloc byte[HeaderSize];
        WriteHeader(expected, nonce);
        return bytes[..HeaderSize].SequenceEqual(expected) ? nonce : null;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}/(?<number>\d{6,9})\.seg$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
