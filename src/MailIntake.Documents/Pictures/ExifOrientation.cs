using System.Buffers.Binary;

namespace MailIntake.Documents.Pictures;

/// <summary>How a camera was held: the Orientation tag (0x0112) in the Exif segment of a JPEG.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;

    /// <summary>1 to 8 as Exif counts; 1 where nothing is said.</summary>
    public static int Of(ReadOnlySpan<byte> jpeg)
    {
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] is not (0xDA or 0xD9))
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (jpeg[at + 1] == 0xE1 && at + 2 + length <= jpeg.Length && length >= 16 && jpeg.Slice(at + 4, 6).SequenceEqual("Exif\0\0"u8))
            {
                return InTiff(jpeg.Slice(at + 10, length - 8));
            }

            at += 2 + length;
        }

        return 1;
    }

    /// <summary>The picture as it was seen.</summary>
    public static Raster Apply(Raster picture, int orientation) => orientation switch
    {
        2 => picture.Mirrored(),
        3 => picture.Turned(2),
        4 => picture.Turned(2).Mirrored(),
        5 => picture.Turned(1).Mirrored(),
        6 => picture.Turned(1),
        7 => picture.Turned(3).Mirrored(),
        8 => picture.Turned(3),
        _ => picture,
    };

    private static int InTiff(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.StartsWith("II"u8);
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return 1;
        }

        int count = Short(tiff[(int)directory..], little);
        for (var i = 0; i < count; i++)
        {
            var at = (int)directory + 2 + (i * 12);
            if (at + 12 > tiff.Length)
            {
                break;
            }

            if (Short(tiff[at..], little) == Tag)
            {
                var value = Short(tiff[(at + 8)..], little);
                return value is >= 1 and <= 8 ? value : 1;
            }
        }

        return 1;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
