using System.Globalization;

namespace MailIntake.Storage.Archive;

/// <summary>Reads the records of all segments in their order, whole ones only, and tells of the rest.</summary>
internal static class ArchiveWalk
{
    /// <param name="folder">The archive.</param>
    /// <param name="after">Segment of the record to begin behind; null, or a segment that is not there, for all.</param>
    /// <param name="afterOffset">Offset of that record's content.</param>
    /// <param name="damaged">Is told of what is not whole.</param>
    /// <param name="cancellation">Stops.</param>
    internal static IEnumerable<ArchiveRecord> Read(
        string folder, string? after, long afterOffset, Action<ArchiveDamage>? damaged, CancellationToken cancellation)
    {
        var segments = SegmentFile.List(folder);
        var first = after is null ? -1 : segments.FindIndex(s => s.Name == after);
        for (var i = Math.Max(first, 0); i < segments.Count; i++)
        {
            var skipTo = i == first ? afterOffset : -1;
            foreach (var record in ReadSegment(segments[i], isLast: i == segments.Count - 1, skipTo, damaged, cancellation))
            {
                yield return record;
            }
        }
    }

    private static IEnumerable<ArchiveRecord> ReadSegment(
        SegmentFile segment, bool isLast, long skipTo, Action<ArchiveDamage>? damaged, CancellationToken cancellation)
    {
        using var reader = new SegmentReader(segment);
        if (!reader.HasHeader && !(isLast && reader.End < SegmentFile.HeaderSize))
        {
            damaged?.Invoke(new ArchiveDamage(segment.Name, 0, "The first bytes of the segment are damaged."));
        }

        Action<long, long> passedOver = (from, to) =>
        {
            if (to > skipTo)
            {
                damaged?.Invoke(new ArchiveDamage(segment.Name, from, Passed(to - from)));
            }
        };
        while (reader.Next(out var record, passedOver))
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Place.Offset <= skipTo)
            {
                continue;
            }

            if (reader.IsContentWhole(record.Place))
            {
                yield return record;
            }
            else
            {
                damaged?.Invoke(new ArchiveDamage(
                    segment.Name, record.Place.Offset, $"The content is not what was archived (SHA-256 {record.Place.Sha256})."));
            }
        }

        // Behind the last record of the newest segment an append may be under way, or a crash left its beginning.
        if (!isLast && reader.Offset < reader.End)
        {
            damaged?.Invoke(new ArchiveDamage(segment.Name, reader.Offset, Passed(reader.End - reader.Offset)));
        }
    }

    private static string Passed(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes hold no record that is whole.");
}
