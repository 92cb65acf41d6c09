using System.Buffers.Binary;
using System.Text;

namespace MailIntake.Documents.Sniffing;

/// <summary>Says what a file is by its bytes alone.</summary>
internal static class FileSniffer
{
    private const int HeadLength = 64 << 10;

    /// <summary>Sniffs an open file; leaves its position anywhere.</summary>
    /// <param name="file">A seekable stream that is not empty.</param>
    public static SniffedFile Sniff(Stream file)
    {
        var buffer = new byte[(int)Math.Min(file.Length, HeadLength)];
        file.Position = 0;
        var head = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));

        if (Starts(head, "PK\x03\x04") || Starts(head, "PK\x05\x06") || Starts(head, "PK\x30\x30PK"))
        {
            return ZipSniffer.Sniff(file, head);
        }

        if (Starts(head, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return OleSniffer.Sniff(file);
        }

        return Program(head)
            ?? PictureHeader.Sniff(head)
            ?? Film(head)
            ?? Packed(head)
            ?? Paper(head)
            ?? TextSniffer.Sniff(head, file.Length)
            ?? new SniffedFile(MediaTypes.Unknown, DocumentShape.Unknown);
    }

    /// <summary>The bytes begin with those of the text (Latin-1).</summary>
    internal static bool Starts(ReadOnlySpan<byte> head, ReadOnlySpan<char> latin)
    {
        if (head.Length < latin.Length)
        {
            return false;
        }

        for (var i = 0; i < latin.Length; i++)
        {
            if (head[i] != latin[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool Starts(ReadOnlySpan<byte> head, ReadOnlySpan<byte> bytes) => head.StartsWith(bytes);

    private static SniffedFile? Program(ReadOnlySpan<byte> head)
    {
        if (Starts(head, "\x7F" + "ELF"))
        {
            return new SniffedFile(MediaTypes.Elf, DocumentShape.Program);
        }

        if (Starts(head, "MZ") && head.Length >= 64)
        {
            // A text may begin with these two letters; a program's header is binary and its PE offset lies in the file.
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(head[0x3C..]);
            var hasPe = offset < head.Length - 4 && head[(int)offset..].StartsWith("PE\0\0"u8);
            if (hasPe || head[..64].Contains((byte)0))
            {
                return new SniffedFile(MediaTypes.Pe, DocumentShape.Program);
            }
        }

        // Java class, Mach-O, dex, Windows shortcut, installer databases are OLE files and are found there.
        var machO = Starts(head, [0xCF, 0xFA, 0xED, 0xFE]) || Starts(head, [0xCE, 0xFA, 0xED, 0xFE]) || Starts(head, [0xCA, 0xFE, 0xBA, 0xBE]);
        var shortcut = Starts(head, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0]);
        return machO || shortcut || Starts(head, "dex\n") ? new SniffedFile(MediaTypes.Elf, DocumentShape.Program) : null;
    }

    private static SniffedFile? Film(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return Encoding.Latin1.GetString(head[8..12]) switch
            {
                "qt  " => new SniffedFile("video/quicktime", DocumentShape.Video),
                "M4A " or "M4B " => new SniffedFile("audio/mp4", DocumentShape.Unknown),
                _ => new SniffedFile("video/mp4", DocumentShape.Video),
            };
        }

        // Old QuickTime files begin with any of these atoms.
        if (head.Length >= 8 && (head[4..8].SequenceEqual("moov"u8) || head[4..8].SequenceEqual("mdat"u8) || head[4..8].SequenceEqual("wide"u8)))
        {
            return new SniffedFile("video/quicktime", DocumentShape.Video);
        }

        if (Starts(head, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]))
        {
            return new SniffedFile("video/x-ms-wmv", DocumentShape.Video);
        }

        if (Starts(head, "RIFF") && head.Length >= 12 && head[8..12].SequenceEqual("AVI "u8))
        {
            return new SniffedFile("video/x-msvideo", DocumentShape.Video);
        }

        if (Starts(head, [0x1A, 0x45, 0xDF, 0xA3]))
        {
            var web = head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) >= 0;
            return new SniffedFile(web ? "video/webm" : "video/x-matroska", DocumentShape.Video);
        }

        if (Starts(head, "FLV\x01"))
        {
            return new SniffedFile("video/x-flv", DocumentShape.Video);
        }

        if (Starts(head, [0, 0, 1, 0xBA]) || Starts(head, [0, 0, 1, 0xB3]))
        {
            return new SniffedFile("video/mpeg", DocumentShape.Video);
        }

        return Starts(head, ".RMF") ? new SniffedFile("application/vnd.rn-realmedia", DocumentShape.Video) : null;
    }

    private static SniffedFile? Packed(ReadOnlySpan<byte> head)
    {
        if (Starts(head, "Rar!\x1A\x07"))
        {
            return new SniffedFile(MediaTypes.Rar, DocumentShape.Container);
        }

        if (Starts(head, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
        {
            return new SniffedFile(MediaTypes.SevenZip, DocumentShape.Container);
        }

        if (Starts(head, [0x1F, 0x8B, 8]))
        {
            return new SniffedFile(MediaTypes.Gzip, DocumentShape.Container);
        }

        if (head.Length >= 512 && head[257..262].SequenceEqual("ustar"u8))
        {
            return new SniffedFile(MediaTypes.Tar, DocumentShape.Container);
        }

        return Starts(head, [0x78, 0x9F, 0x3E, 0x22]) ? new SniffedFile(MediaTypes.Tnef, DocumentShape.Container) : null;
    }

    private static SniffedFile? Paper(ReadOnlySpan<byte> head)
    {
        if (Starts(head, "{\\rt"))
        {
            return new SniffedFile(MediaTypes.Rtf, DocumentShape.Document);
        }

        // Readers accept rubbish before the header within the first kilobyte.
        return head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) >= 0 ? new SniffedFile(MediaTypes.Pdf, DocumentShape.Document) : null;
    }
}
