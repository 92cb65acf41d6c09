using System.Buffers.Binary;
using System.Text;

namespace MailIntake.Documents.Sniffing;

/// <summary>Knows pictures by their headers, and their size in pixels where the header says it.</summary>
internal static class PictureHeader
{
    /// <summary>What picture the bytes begin, or null.</summary>
    public static SniffedFile? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return Picture("image/png", head.Length >= 24 ? Size(BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..])) : null);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return Picture("image/jpeg", JpegSize(head));
        }

        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
        {
            return Picture("image/gif", head.Length >= 10 ? Size(BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..])) : null);
        }

        if (head.StartsWith("BM"u8) && head.Length >= 30 && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 40 or 52 or 56 or 108 or 124)
        {
            return Picture("image/bmp", BmpSize(head));
        }

        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8))
        {
            return Picture("image/tiff", null);
        }

        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
        {
            return Picture("image/webp", null);
        }

        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return Encoding.Latin1.GetString(head[8..12]) switch
            {
                "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" => Picture("image/heic", null),
                "mif1" or "msf1" => Picture("image/heif", null),
                "avif" => Picture("image/avif", null),
                _ => null,
            };
        }

        return null;
    }

    private static SniffedFile Picture(string mediaType, (int Width, int Height)? pixels) =>
        new(mediaType, DocumentShape.Picture) { Pixels = pixels };

    private static (int Width, int Height)? Size(int width, int height) => width > 0 && height > 0 ? (width, height) : null;

    private static (int Width, int Height)? BmpSize(ReadOnlySpan<byte> head)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) == 12)
        {
            return Size(BinaryPrimitives.ReadUInt16LittleEndian(head[18..]), BinaryPrimitives.ReadUInt16LittleEndian(head[20..]));
        }

        // A negative height means that the rows run from the top.
        var height = BinaryPrimitives.ReadInt32LittleEndian(head[22..]);
        return height == int.MinValue ? null : Size(BinaryPrimitives.ReadInt32LittleEndian(head[18..]), Math.Abs(height));
    }

    private static (int Width, int Height)? JpegSize(ReadOnlySpan<byte> head)
    {
        var at = 2;
        while (at + 9 < head.Length)
        {
            if (head[at] != 0xFF)
            {
                return null;
            }

            var marker = head[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            // A frame header (SOF0 to SOF15) that is none of DHT, JPG, DAC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return Size(BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
        }

        return null;
    }
}
