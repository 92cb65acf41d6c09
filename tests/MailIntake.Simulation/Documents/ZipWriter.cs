using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MailIntake.Simulation.Documents;

/// <summary>
/// Writes zip archives with names in any encoding, as old Chinese programs do. Members are stored, not deflated, unless
/// asked for: the same values then give the same bytes on every machine.
/// </summary>
public sealed class ZipWriter
{
    private const ushort Utf8Flag = 1 << 11;
    private static readonly uint[] CrcTable = MakeCrcTable();

    private readonly ArrayBufferWriter<byte> _out = new();
    private readonly ArrayBufferWriter<byte> _directory = new();
    private ushort _count;

    /// <summary>Adds a member with a UTF-8 name (bit 11 set).</summary>
    public void Add(string name, ReadOnlySpan<byte> content, bool deflate = false) =>
        Add(Encoding.UTF8.GetBytes(name), Utf8Flag, content, deflate);

    /// <summary>Adds a member whose name is written in another encoding, without saying which.</summary>
    public void Add(string name, Encoding encoding, ReadOnlySpan<byte> content) => Add(encoding.GetBytes(name), 0, content, deflate: false);

    /// <summary>Adds one deflated member of zeros under many names that share its bytes: small on the disk, vast when opened.</summary>
    public void AddBomb(string name, int zeros, int names)
    {
        int start = _directory.WrittenCount;
        Add(Encoding.UTF8.GetBytes(name), Utf8Flag, new byte[zeros], deflate: true);
        byte[] record = _directory.WrittenSpan[start..].ToArray();
        for (int i = 1; i < names; i++)
        {
            _directory.Write(record);
            _count++;
        }
    }

    /// <summary>Ends the archive and returns it.</summary>
    public byte[] ToBytes()
    {
        uint start = (uint)_out.WrittenCount;
        _out.Write(_directory.WrittenSpan);
        Span<byte> end = stackalloc byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], _count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], _count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], start);
        _out.Write(end);
        return _out.WrittenSpan.ToArray();
    }

    /// <summary>CRC-32 as zip and PNG have it.</summary>
    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private void Add(byte[] name, ushort flags, ReadOnlySpan<byte> content, bool deflate)
    {
        byte[] stored = deflate ? Deflate(content) : content.ToArray();
        uint offset = (uint)_out.WrittenCount;

        // Version, flags, method, time 09:00, date 2018-09-01, CRC, sizes, length of the name, no extra field.
        Span<byte> common = stackalloc byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(common, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(common[2..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(common[4..], deflate ? (ushort)8 : (ushort)0);
        BinaryPrimitives.WriteUInt16LittleEndian(common[6..], 9 << 11);
        BinaryPrimitives.WriteUInt16LittleEndian(common[8..], ((2018 - 1980) << 9) | (9 << 5) | 1);
        BinaryPrimitives.WriteUInt32LittleEndian(common[10..], Crc(content));
        BinaryPrimitives.WriteUInt32LittleEndian(common[14..], (uint)stored.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(common[18..], (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(common[22..], (ushort)name.Length);

        _out.Write("PK\x03\x04"u8);
        _out.Write(common);
        _out.Write(name);
        _out.Write(stored);

        Span<byte> tail = stackalloc byte[14]; // comment, disk, attributes: none
        BinaryPrimitives.WriteUInt32LittleEndian(tail[10..], offset);
        _directory.Write("PK\x01\x02"u8);
        _directory.Write("\x14\0"u8);
        _directory.Write(common);
        _directory.Write(tail);
        _directory.Write(name);
        _count++;
    }

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return target.ToArray();
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
