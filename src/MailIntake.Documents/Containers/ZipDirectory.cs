using System.Buffers.Binary;
using System.IO.Compression;

namespace MailIntake.Documents.Containers;

/// <summary>
/// The central directory of a zip file, read by ourselves: names stay bytes until their charset is decided, and nothing that
/// the file declares is believed before it is used. See APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;

    /// <summary>More entries than any honest submission has; reading stops there.</summary>
    private const int MaxEntries = 200_000;

    /// <summary>More bytes of directory than any honest submission has.</summary>
    private const int MaxDirectory = 64 << 20;

    /// <summary>Bytes that a document may unpack to, all reading of all its parts together: the same part may be named ten thousand times.</summary>
    private const long MaxUnpacked = 256L << 20;

    private readonly Stream _file;
    private readonly long _shift;
    private readonly Lazy<Dictionary<string, ZipEntry>> _byName;
    private readonly Allowance _allowance;

    private ZipDirectory(Stream file, List<ZipEntry> entries, long shift, long unpacked)
    {
        _file = file;
        Entries = entries;
        _shift = shift;
        _allowance = new Allowance(unpacked);
        _byName = new(() =>
        {
            var byName = new Dictionary<string, ZipEntry>(entries.Count, StringComparer.OrdinalIgnoreCase);
            entries.ForEach(entry => byName.TryAdd(entry.Name, entry));
            return byName;
        });
    }

    /// <summary>Its entries in the order of the directory.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>Reads the directory; null when there is none or it is broken.</summary>
    /// <param name="file">A seekable stream, which must stay open while entries are read.</param>
    /// <param name="unpacked">Bytes that all reading of entries may give together; what goes beyond throws <see cref="PartTooLargeException"/>. Default 256 MiB.</param>
    public static ZipDirectory? Read(Stream file, long unpacked = MaxUnpacked)
    {
        var tail = new byte[(int)Math.Min(file.Length, 65_557)];
        if (tail.Length < 22 || !ReadAt(file, file.Length - tail.Length, tail))
        {
            return null;
        }

        for (var i = tail.Length - 22; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(i)) == EndSignature
                && ReadFrom(file, tail.AsSpan(i), file.Length - tail.Length + i, unpacked) is { } directory)
            {
                return directory;
            }
        }

        return null;
    }

    /// <summary>The entry of that name, compared without regard to case and to the kind of slash.</summary>
    public ZipEntry? Find(string name) => _byName.Value.GetValueOrDefault(name);

    /// <summary>The unpacked bytes of an entry; null when it is encrypted, packed by an unknown method, or its header is broken.</summary>
    /// <remarks>The stream gives as many bytes as there are, whatever size was declared: the caller bounds it.</remarks>
    public Stream? Open(ZipEntry entry)
    {
        if (entry.IsEncrypted || entry.Method is not (0 or 8 or 9) || DataOffset(entry) is not { } offset)
        {
            return null;
        }

        var packed = new SubStream(_file, offset, Math.Min(entry.PackedSize, _file.Length - offset));
        return entry.Method switch
        {
            0 => new BoundedStream(packed, long.MaxValue, _allowance),
            8 => new BoundedStream(new DeflateStream(packed, CompressionMode.Decompress), long.MaxValue, _allowance),
            _ => null,
        };
    }

    /// <summary>Where the packed bytes of an entry begin; null when its local header is broken.</summary>
    public long? DataOffset(ZipEntry entry)
    {
        var header = new byte[30];
        var at = entry.HeaderOffset + _shift;
        if (at < 0 || at > _file.Length - header.Length || !ReadAt(_file, at, header)
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
        {
            return null;
        }

        var offset = at + 30 + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        return offset <= _file.Length ? offset : null;
    }

    private static ZipDirectory? ReadFrom(Stream file, ReadOnlySpan<byte> end, long endAt, long unpacked)
    {
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            var locator = new byte[20];
            var end64 = new byte[56];
            if (endAt >= 20 && ReadAt(file, endAt - 20, locator)
                && BinaryPrimitives.ReadUInt32LittleEndian(locator) == End64LocatorSignature
                && BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8)) is >= 0 and var at && at <= file.Length - 56
                && ReadAt(file, at, end64)
                && BinaryPrimitives.ReadUInt32LittleEndian(end64) == End64Signature)
            {
                size = BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(40));
                offset = BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(48));
                endAt = at;
            }
        }

        if (size < 0 || size > Math.Min(endAt, MaxDirectory) || offset < 0)
        {
            return null;
        }

        // Bytes put in front of a zip (a self-extracting program) shift every offset by their length.
        var shift = endAt - size - offset;
        var directory = new byte[size];
        if (!ReadAt(file, endAt - size, directory))
        {
            return null;
        }

        var entries = new List<ZipEntry>();
        var rest = directory.AsSpan();
        while (rest.Length >= 46 && BinaryPrimitives.ReadUInt32LittleEndian(rest) == CentralSignature && entries.Count < MaxEntries)
        {
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
            int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
            if (46 + nameLength + extraLength > rest.Length)
            {
                break;
            }

            entries.Add(ZipEntry.Parse(rest[..46], rest.Slice(46, nameLength), rest.Slice(46 + nameLength, extraLength)));
            rest = rest[Math.Min(rest.Length, 46 + nameLength + extraLength + commentLength)..];
        }

        return entries.Count == 0 && size > 0 ? null : new ZipDirectory(file, entries, shift, unpacked);
    }

    private static bool ReadAt(Stream file, long offset, Span<byte> into)
    {
        if (offset < 0 || offset > file.Length)
        {
            return false;
        }

        file.Position = offset;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }
}
