using System.Buffers.Binary;
using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Ocr;

/// <summary>Writes shades of gray as one TIFF (revision 6.0) of several pages, uncompressed: the OCR starts once for all of them.</summary>
internal static class TiffWriter
{
    private const int Tags = 10;

    /// <summary>Writes the pages.</summary>
    /// <param name="file">An empty stream that can seek.</param>
    /// <param name="pages">At least one.</param>
    /// <param name="dotsPerInch">Said of all pages.</param>
    public static void Write(Stream file, IReadOnlyList<GrayPicture> pages, int dotsPerInch)
    {
        Span<byte> head = stackalloc byte[8];
        "II*\0"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], 8);
        file.Write(head);
        var directory = new byte[2 + (Tags * 12) + 4 + 8];
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            var start = (int)file.Position;
            var (resolution, pixels) = (start + directory.Length - 8, start + directory.Length);
            var next = pixels + page.Pixels.Length;
            next += next & 1;
            BinaryPrimitives.WriteInt16LittleEndian(directory, Tags);
            (int Tag, int Type, int Value)[] tags =
            [
                (256, 4, page.Width), (257, 4, page.Height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
                (273, 4, pixels), (278, 4, page.Height), (279, 4, page.Pixels.Length), (282, 5, resolution), (283, 5, resolution),
            ];
            for (var t = 0; t < Tags; t++)
            {
                var at = directory.AsSpan(2 + (t * 12));
                BinaryPrimitives.WriteInt16LittleEndian(at, (short)tags[t].Tag);
                BinaryPrimitives.WriteInt16LittleEndian(at[2..], (short)tags[t].Type);
                BinaryPrimitives.WriteInt32LittleEndian(at[4..], 1);
                BinaryPrimitives.WriteInt32LittleEndian(at[8..], tags[t].Value);
            }

            BinaryPrimitives.WriteInt32LittleEndian(directory.AsSpan(2 + (Tags * 12)), i == pages.Count - 1 ? 0 : next);
            BinaryPrimitives.WriteInt32LittleEndian(directory.AsSpan(directory.Length - 8), dotsPerInch);
            BinaryPrimitives.WriteInt32LittleEndian(directory.AsSpan(directory.Length - 4), 1);
            file.Write(directory);
            file.Write(page.Pixels);
            if (file.Position < next)
            {
                file.WriteByte(0);
            }
        }
    }
}
