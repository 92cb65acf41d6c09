using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MailIntake.Documents.Containers;

/// <summary>A header block of a GNU tar stream; the name stays bytes.</summary>
/// <param name="Name">Name, or the first 100 bytes of it.</param>
/// <param name="Size">Bytes that follow.</param>
/// <param name="Type">0 or NUL file, 5 folder, L long name, others are links and devices.</param>
internal readonly record struct TarHeader(byte[] Name, long Size, char Type)
{
    /// <summary>Size of a block.</summary>
    public const int Block = 512;

    /// <summary>A plain file.</summary>
    public bool IsFile => Type is '0' or '\0';

    /// <summary>Reads a block; null at the end of the stream or where it is no header.</summary>
    public static TarHeader? Parse(ReadOnlySpan<byte> block)
    {
        if (block.Length < Block || block[0] == 0)
        {
            return null;
        }

        var name = block[..100];
        var end = name.IndexOf((byte)0);
        return Number(block.Slice(124, 12)) is { } size
            ? new TarHeader(name[..(end < 0 ? 100 : end)].ToArray(), size, (char)block[156])
            : null;
    }

    /// <summary>Octal digits, or a number in base 256 where the first bit is set.</summary>
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            var large = BinaryPrimitives.ReadInt64BigEndian(field[4..]);
            return large >= 0 ? large : null;
        }

        var value = 0L;
        foreach (var mark in Encoding.ASCII.GetString(field).Trim('\0', ' '))
        {
            if (mark is < '0' or > '7')
            {
                return null;
            }

            value = (value * 8) + int.Parse([mark], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return value;
    }
}
