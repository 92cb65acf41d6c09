using System.Buffers.Binary;
using System.Text;

namespace MailIntake.Documents.Sniffing;

/// <summary>Tells OLE compound files apart by the streams in their directory ([MS-CFB]).</summary>
internal static class OleSniffer
{
    private const uint EndOfChain = 0xFFFFFFFE;
    private const int MaxDirectorySectors = 4_096;

    /// <summary>What the compound file is.</summary>
    public static SniffedFile Sniff(Stream file)
    {
        if (ReadDirectory(file) is not { Count: > 0 } streams)
        {
            return new SniffedFile(MediaTypes.Ole, DocumentShape.Unknown) { IsCorrupt = true };
        }

        // A document inside a document brings its own streams: only those at the root say what the file is.
        var names = AtRoot(streams);
        var macro = streams.Exists(stream => stream.Name is "VBA" or "_VBA_PROJECT" or "_VBA_PROJECT_CUR");
        if (names.Contains("EncryptedPackage") || names.Contains("EncryptionInfo"))
        {
            return new SniffedFile(MediaTypes.Ole, DocumentShape.Document) { IsEncrypted = true };
        }

        if (names.Contains("WordDocument"))
        {
            var start = Head(file, streams, "WordDocument", 12);
            var encrypted = start.Length >= 12 && BinaryPrimitives.ReadUInt16LittleEndian(start) == 0xA5EC && (start[11] & 0x01) != 0;
            return new SniffedFile(MediaTypes.Doc, DocumentShape.Document) { HasMacro = macro, IsEncrypted = encrypted };
        }

        if (names.Contains("PowerPoint Document"))
        {
            return new SniffedFile(MediaTypes.Ppt, DocumentShape.Slides) { HasMacro = macro, IsEncrypted = names.Contains("EncryptedSummary") };
        }

        if (names.Contains("Workbook") || names.Contains("Book"))
        {
            var start = Head(file, streams, names.Contains("Workbook") ? "Workbook" : "Book", 4096);
            return new SniffedFile(MediaTypes.Xls, DocumentShape.Sheet) { HasMacro = macro, IsEncrypted = HasFilePass(start) };
        }

        if (names.Contains("__properties_version1.0") || names.Any(name => name.StartsWith("__substg1.0_", StringComparison.Ordinal)))
        {
            return new SniffedFile(MediaTypes.OutlookMessage, DocumentShape.Container);
        }

        // MS Works and early WPS keep their text in these streams; a reader must be told that they are documents.
        return names.Contains("CONTENTS") || names.Contains("MatOST") || names.Any(name => name.StartsWith("Wps", StringComparison.OrdinalIgnoreCase))
            ? new SniffedFile("application/vnd.ms-works", DocumentShape.Document) { HasMacro = macro }
            : new SniffedFile(MediaTypes.Ole, DocumentShape.Unknown) { HasMacro = macro };
    }

    /// <summary>A FILEPASS record (0x002F) stands among the first records of an encrypted workbook ([MS-XLS] 2.4.117).</summary>
    private static bool HasFilePass(ReadOnlySpan<byte> records)
    {
        for (var i = 0; i < 16 && records.Length >= 4; i++)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(records) == 0x002F)
            {
                return true;
            }

            records = records[Math.Min(records.Length, 4 + BinaryPrimitives.ReadUInt16LittleEndian(records[2..]))..];
        }

        return false;
    }

    private static List<OleStream>? ReadDirectory(Stream file)
    {
        var header = new byte[512];
        if (!ReadAt(file, 0, header))
        {
            return null;
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (shift is not (9 or 12))
        {
            return null;
        }

        var sectorSize = 1 << shift;
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48));
        var result = new List<OleStream>();
        var buffer = new byte[sectorSize];
        for (var count = 0; sector < EndOfChain && count < MaxDirectorySectors; count++)
        {
            if (!ReadAt(file, (sector + 1L) << shift, buffer))
            {
                break;
            }

            for (var at = 0; at + 128 <= sectorSize; at += 128)
            {
                var entry = buffer.AsSpan(at, 128);
                int length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
                var known = entry[66] is > 0 and <= 5 && length is >= 2 and <= 64;
                result.Add(new OleStream(
                    known ? Encoding.Unicode.GetString(entry[..(length - 2)]) : string.Empty,
                    BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(entry[120..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(entry[68..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(entry[72..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(entry[76..])));
            }

            sector = NextSector(file, header, shift, sector);
        }

        return result;
    }

    private static HashSet<string> AtRoot(List<OleStream> streams)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<uint>();
        var open = new Stack<uint>([streams[0].Child]);
        while (open.TryPop(out var at))
        {
            if (at < streams.Count && seen.Add(at))
            {
                names.Add(streams[(int)at].Name);
                open.Push(streams[(int)at].Left);
                open.Push(streams[(int)at].Right);
            }
        }

        // A broken tree: every name counts.
        return names.Count > 0 ? names : streams.Select(stream => stream.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static uint NextSector(Stream file, ReadOnlySpan<byte> header, int shift, uint sector)
    {
        var perSector = 1u << (shift - 2);
        var index = sector / perSector;

        // Only the 109 tables named in the header: a directory that lies beyond 6.8 MB of allocation is not read further.
        if (index >= 109)
        {
            return EndOfChain;
        }

        var table = BinaryPrimitives.ReadUInt32LittleEndian(header[(76 + ((int)index * 4))..]);
        Span<byte> next = stackalloc byte[4];
        return table < EndOfChain && ReadAt(file, ((table + 1L) << shift) + (sector % perSector * 4), next)
            ? BinaryPrimitives.ReadUInt32LittleEndian(next)
            : EndOfChain;
    }

    /// <summary>The first bytes of a stream that is large enough to lie in ordinary sectors; empty otherwise.</summary>
    private static ReadOnlySpan<byte> Head(Stream file, List<OleStream> streams, string name, int length)
    {
        var header = new byte[512];
        var stream = streams.Find(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        if (stream is null || stream.Size < 4096 || stream.Start >= EndOfChain || !ReadAt(file, 0, header))
        {
            return [];
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        var bytes = new byte[Math.Min(length, 1 << shift)];
        return ReadAt(file, (stream.Start + 1L) << shift, bytes) ? bytes : [];
    }

    private static bool ReadAt(Stream file, long offset, Span<byte> into)
    {
        if (offset < 0 || offset > file.Length - into.Length)
        {
            return false;
        }

        file.Position = offset;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }

    /// <summary>An entry of the directory; its neighbours are numbers of entries.</summary>
    private sealed record OleStream(string Name, uint Start, long Size, uint Left, uint Right, uint Child);
}
