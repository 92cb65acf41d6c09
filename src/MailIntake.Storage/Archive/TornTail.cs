using System.Globalization;

namespace MailIntake.Storage.Archive;

/// <summary>Finds where the newest segment really ends, after a crash or a power cut.</summary>
internal static class TornTail
{
    /// <summary>
    /// Cuts off what lies behind the last whole record and goes on writing there. Damage before it stays where it is:
    /// it was durable once, and <see cref="IMailArchive.Verify"/> tells of it. A segment without its own first bytes is left
    /// as it is, and the next append begins a new one.
    /// </summary>
    internal static (SegmentWriter? Writer, ArchiveDamage? Cut) Recover(SegmentFile segment)
    {
        long end;
        ulong nonce;
        long length;
        using (var reader = new SegmentReader(segment))
        {
            length = reader.End;
            if (!reader.HasHeader)
            {
                return length < SegmentFile.HeaderSize ? (null, Discard(segment, 0, length)) : (null, null);
            }

            nonce = reader.Nonce;
            end = LastWhole(reader);
        }

        var cut = end < length ? Discard(segment, end, length) : null;
        return (SegmentWriter.Continue(segment, nonce, end), cut);
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

    private static ArchiveDamage Discard(SegmentFile segment, long end, long length)
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
