using System.Buffers.Binary;
using System.Text;

namespace MailIntake.Simulation.Documents;

/// <summary>Writes the shell of a file of Word 97 or WPS: a compound file ([MS-CFB]) with a stream WordDocument, and nothing to read in it.</summary>
public static class OldWordFile
{
    private const int Sector = 512;
    private const int StreamSectors = 8;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint None = 0xFFFFFFFF;

    /// <summary>The file: header, table of sectors, directory, stream.</summary>
    public static byte[] Write()
    {
        byte[] file = new byte[Sector * (3 + StreamSectors)];
        Span<byte> header = file.AsSpan(0, Sector);
        header.Fill(0xFF);
        header[..76].Clear();
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[24..], 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(header[26..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header[28..], 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header[30..], 9);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], 6);
        BinaryPrimitives.WriteUInt32LittleEndian(header[44..], 1); // one table, in sector 0
        BinaryPrimitives.WriteUInt32LittleEndian(header[48..], 1); // directory in sector 1
        BinaryPrimitives.WriteUInt32LittleEndian(header[56..], 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(header[60..], EndOfChain);
        BinaryPrimitives.WriteUInt32LittleEndian(header[68..], EndOfChain);
        BinaryPrimitives.WriteUInt32LittleEndian(header[76..], 0);

        Span<byte> table = file.AsSpan(Sector, Sector);
        table.Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(table, 0xFFFFFFFD);
        BinaryPrimitives.WriteUInt32LittleEndian(table[4..], EndOfChain);
        for (int i = 0; i < StreamSectors; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table[(8 + (i * 4))..], i == StreamSectors - 1 ? EndOfChain : (uint)(3 + i));
        }

        Span<byte> directory = file.AsSpan(2 * Sector, Sector);
        Entry(directory, "Root Entry", type: 5, child: 1, start: EndOfChain, size: 0);
        Entry(directory[128..], "WordDocument", type: 2, child: None, start: 2, size: StreamSectors * Sector);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(3 * Sector), 0xA5EC);
        return file;
    }

    private static void Entry(Span<byte> entry, string name, byte type, uint child, uint start, uint size)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(Encoding.Unicode.GetBytes(name, entry) + 2));
        entry[66] = type;
        entry[67] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], None);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], None);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], child);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], start);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[120..], size);
    }
}
