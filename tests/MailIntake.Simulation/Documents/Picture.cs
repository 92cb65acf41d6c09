using System.Buffers.Binary;

namespace MailIntake.Simulation.Documents;

/// <summary>Writes black-and-white PNG pictures, uncompressed, so that the bytes are the same everywhere.</summary>
public static class Picture
{
    /// <summary>A picture of blots that no two seeds share.</summary>
    /// <param name="width">Pixels; a multiple of 8.</param>
    /// <param name="height">Pixels; the whole must stay below 64 KiB.</param>
    /// <param name="seed">Seed.</param>
    public static byte[] Write(int width, int height, int seed)
    {
        var random = new Random(seed);
        int stride = (width / 8) + 1;
        byte[] rows = new byte[stride * height];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, ushort.MaxValue, nameof(height));
        rows.AsSpan().Fill(0xFF);
        for (int y = 0; y < height; y++)
        {
            rows[y * stride] = 0; // no filter
        }

        for (int blot = 0; blot < 40; blot++)
        {
            int y = random.Next(height);
            int x = random.Next(1, stride);
            for (int row = y; row < Math.Min(height, y + 6); row++)
            {
                rows[(row * stride) + x] = (byte)random.Next(256);
            }
        }

        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1; // one bit a pixel, grey
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Stored(rows));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>zlib (RFC 1950) with one stored block.</summary>
    private static byte[] Stored(byte[] data)
    {
        byte[] result = new byte[data.Length + 11];
        result[0] = 0x78;
        result[1] = 0x01;
        result[2] = 1; // last block, stored
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(3), (ushort)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(5), (ushort)~data.Length);
        data.CopyTo(result, 7);
        uint a = 1;
        uint b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(data.Length + 7), (b << 16) | a);
        return result;
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. type, .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ZipWriter.Crc(body));
        file.Write(number);
    }
}
