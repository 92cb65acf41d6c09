using System.Buffers.Binary;
using System.Text;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Containers;

/// <summary>One line of a zip's central directory, as declared.</summary>
internal sealed record ZipEntry
{
    private const int SymbolicLink = 0xA000;
    private const int FileTypeMask = 0xF000;

    /// <summary>The name, decoded, with the separators that the file uses turned into <c>/</c>; not yet sanitised.</summary>
    public required string Name { get; init; }

    /// <summary>Packed size as declared.</summary>
    public required long PackedSize { get; init; }

    /// <summary>Unpacked size as declared; a lie where the file means harm.</summary>
    public required long Size { get; init; }

    /// <summary>Offset of the local header as declared.</summary>
    public required long HeaderOffset { get; init; }

    /// <summary>0 stored, 8 deflated; others are not understood.</summary>
    public required int Method { get; init; }

    /// <summary>CRC-32 of the unpacked bytes as declared.</summary>
    public required uint Crc { get; init; }

    /// <summary>Needs a password.</summary>
    public required bool IsEncrypted { get; init; }

    /// <summary>A symbolic link made on Unix.</summary>
    public required bool IsLink { get; init; }

    /// <summary>A folder.</summary>
    public bool IsFolder => Name.EndsWith('/');

    /// <summary>Reads one line of the directory.</summary>
    /// <param name="header">Its fixed 46 bytes.</param>
    /// <param name="name">The bytes of the name.</param>
    /// <param name="extra">The extra fields.</param>
    public static ZipEntry Parse(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        var madeBy = header[5];
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        var attributes = BinaryPrimitives.ReadUInt32LittleEndian(header[38..]);
        string? unicodeName = null;

        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            var field = extra.Slice(4, length);
            switch (id)
            {
                case 0x0001:
                    size = Take64(ref field, size);
                    packed = Take64(ref field, packed);
                    offset = Take64(ref field, offset);
                    break;
                case 0x7075 when field.Length > 5 && field[0] == 1 && BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) == Crc32.Of(name):
                    unicodeName = Encoding.UTF8.GetString(field[5..]);
                    break;
            }

            extra = extra[(4 + length)..];
        }

        var decoded = unicodeName ?? ((flags & 0x0800) != 0 ? Encoding.UTF8.GetString(name) : TextDecoder.DecodeName(name));

        return new ZipEntry
        {
            // After decoding, a 0x5C that was half of a GBK character is no backslash any more.
            Name = decoded.Replace('\\', '/'),
            PackedSize = packed < 0 ? long.MaxValue : packed,
            Size = size < 0 ? long.MaxValue : size,
            HeaderOffset = offset,
            Method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            IsEncrypted = (flags & 0x0001) != 0,
            IsLink = madeBy == 3 && ((attributes >> 16) & FileTypeMask) == SymbolicLink,
        };
    }

    private static long Take64(ref ReadOnlySpan<byte> field, long declared)
    {
        if (declared != uint.MaxValue || field.Length < 8)
        {
            return declared;
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
        return value;
    }
}
