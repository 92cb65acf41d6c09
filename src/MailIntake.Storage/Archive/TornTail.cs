using System.Globalization;

namespace MailIntake.Storage.Archive;

/// <summary>Finds where the newest segment really ends, after a crash or a power cut.</summary>
internal static class TornTail
{
    /// <summary>
    /// Cuts off what lies behind the last whole record and goes on writing there. Damage before it stays where it is:
    /// it was durable once, and <see cref="IMailArchive.Verify"/> tells of it. A segment whose first bytes are not whole is not
    /// written to again; where it holds no record either, it was only being begun and is removed.
    /// </summary>
    /// <returns>The segment to go on with, or null to begin a new one; what was cut off; whether the segment is gone.</returns>
    internal static (SegmentWriter? Writer, ArchiveDamage? Cut, bool Removed) Recover(SegmentFile segment)
    {
        long end;
        long length;
        ulong nonce;
        bool hasHeader;
        using (var reader = new SegmentReader(segment))
        {
            (length, nonce, hasHeader) = (reader.End, reader.Nonce, reader.HasHeader);
            end = LastWhole(reader);
        }

        if (hasHeader)
        {
            var cut = end < length ? Keep(segment, end, length) : null;
            return (SegmentWriter.Continue(segment, nonce, end), cut, false);
        }

        if (end > SegmentFile.HeaderSize)
        {
            return (null, null, false);
        }

        var begun = length > 0 ? Keep(segment, 0, length) : null;
        File.Delete(segment.Path);
        return (null, begun, true);
    }

    /// <summary>The end of the last record whose content is whole. After a power cut a header may be on the disk without its content.</summary>
    private static long LastWhole(SegmentReader reader)
    {
        var places = new List<ArchivePlace>();
        while (reader.Next(out var record, null))
        {
            places.Add(record.Place);
        }

        for (var i = places.Count - 1; i >= 0; i--)
        {
            if (reader.IsContentWhole(places[i]))
            {
                return places[i].Offset + places[i].Length;
            }
        }

        return SegmentFile.HeaderSize;
    }

    private static ArchiveDamage Keep(SegmentFile segment, long end, long length)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(segment.Path)}.torn-{end}");
        var keep = Path.Combine(Path.GetDirectoryName(segment.Path)!, name);
        using (var from = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        using (var to = new FileStream(keep, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            from.Position = end;
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }

        return new ArchiveDamage(segment.Name, end, string.Create(
            CultureInfo.InvariantCulture, $"An append that never ended: {length - end} bytes were cut off and kept in {name}."));
    }
}
