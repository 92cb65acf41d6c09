using System.Globalization;
using System.Runtime.CompilerServices;

using NodaTime;

namespace MailIntake.Storage.Archive;

/// <summary>The archive on disk; its format stands in <c>docs/archive-format.md</c>.</summary>
public sealed class SegmentArchive : IMailArchive
{
    /// <summary>Bytes at which a segment is sealed unless told otherwise: 256 MiB.</summary>
    public const long DefaultSegmentBytes = 256L << 20;

    private readonly string _folder;
    private readonly IClock? _clock;
    private readonly long _segmentBytes;
    private readonly WriterLock? _lock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<string> _newNames = new(StringComparer.Ordinal);
    private SegmentWriter? _writer;
    private bool _unflushed;
    private bool _failed;

    /// <summary>Opens an archive for its one writer. A torn tail, which a crash left, is cut off: see <see cref="CutOff"/>.</summary>
    /// <param name="folder">The archive's folder; made where it is missing.</param>
    /// <param name="clock">Says in which month a segment begins.</param>
    /// <param name="segmentBytes">Bytes at which a segment is sealed; a larger record has a segment of its own.</param>
    /// <exception cref="ArchiveHasAnotherWriterException">Another process writes; wait for it or stop it.</exception>
    public SegmentArchive(string folder, IClock clock, long segmentBytes = DefaultSegmentBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBytes, SegmentFile.HeaderSize + RecordHeader.Size);
        _folder = Path.GetFullPath(folder);
        _clock = clock;
        _segmentBytes = segmentBytes;
        MakeFolder(_folder);
        _lock = WriterLock.Take(_folder);
        try
        {
            var segments = SegmentFile.List(_folder);
            if (segments.Count > 0)
            {
                (_writer, CutOff, var removed) = TornTail.Recover(segments[^1]);
                LastNumber = segments[^1].Number - (removed ? 1 : 0);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private SegmentArchive(string folder)
    {
        _folder = Path.GetFullPath(folder);
    }

    /// <summary>
    /// What was cut off the end of the newest segment when it was opened, for the log; null where nothing was. It was never
    /// promised to anybody (the crash came before the flush); its bytes are kept beside the segment as <c>000007.torn-OFFSET</c>.
    /// </summary>
    public ArchiveDamage? CutOff { get; }

    private int LastNumber { get; set; }

    /// <summary>
    /// Opens an archive for reading, also beside its writer; appending throws <see cref="InvalidOperationException"/>. A folder that is
    /// not there is an empty archive.
    /// </summary>
    public static SegmentArchive OpenReadOnly(string folder) => new(folder);

    /// <inheritdoc/>
    public async Task<ArchivePlace> AppendAsync(
        ArchiveRecordKind kind, ArchiveMetadata metadata, Stream content, CancellationToken cancellation)
    {
        var json = ArchiveMetadataJson.Write(metadata);
        if (json.Length > RecordHeader.MaxMetadata)
        {
            throw new ArgumentException("The metadata of a record holds at most 64 KiB.", nameof(metadata));
        }

        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var writer = WriterFor(RequireClock().GetCurrentInstant());
            var place = await writer.AppendAsync(kind, json, content, cancellation).ConfigureAwait(false);
            _unflushed = true;
            return place;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        RequireClock();
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_unflushed)
            {
                await Task.Run(FlushNow, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ArchivedBytes Open(ArchivePlace place)
    {
        var segment = SegmentFile.Find(_folder, place.Segment)
            ?? throw new ArchiveDamagedException($"“{place.Segment}” is no name of a segment.");
        if (!File.Exists(segment.Path))
        {
            throw new ArchiveDamagedException($"The segment {place.Segment} is missing. Restore it from a copy of the archive.");
        }

        using var handle = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (place.Offset < 0 || place.Length is < 0 or > int.MaxValue || place.Offset > RandomAccess.GetLength(handle) - place.Length)
        {
            throw Damaged(place, "ends before the record does");
        }

        var bytes = MappedBytes.Map(handle, place.Offset, (int)place.Length);
        if (bytes.Sha256() != place.Sha256)
        {
            bytes.Dispose();
            throw Damaged(place, "holds other bytes than those that were archived");
        }

        return bytes;
    }

    /// <inheritdoc/>
    public IEnumerable<ArchiveRecord> ReadAll(Action<ArchiveDamage>? damaged = null) => ArchiveWalk.Read(_folder, after: null, 0, damaged, CancellationToken.None);

    /// <inheritdoc/>
    public IEnumerable<ArchiveRecord> ReadAllAfter(string segment, long offset, Action<ArchiveDamage>? damaged = null) =>
        ArchiveWalk.Read(_folder, segment, offset, damaged, CancellationToken.None);

    /// <inheritdoc/>
    public IEnumerable<ArchiveDamage> Verify(CancellationToken cancellation)
    {
        var found = new Queue<ArchiveDamage>();
        foreach (var _ in ArchiveWalk.Read(_folder, after: null, 0, found.Enqueue, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            while (found.TryDequeue(out var damage))
            {
                yield return damage;
            }
        }

        while (found.TryDequeue(out var damage))
        {
            yield return damage;
        }
    }

    /// <summary>Lets the archive go; what was appended and not flushed is flushed.</summary>
    public void Dispose()
    {
        try
        {
            if (_unflushed && !_failed)
            {
                FlushNow();
            }
        }
        finally
        {
            _writer?.Dispose();
            _writer = null;
            _unflushed = false;
            _lock?.Dispose();
            _turn.Dispose();
        }
    }

    private SegmentWriter WriterFor(Instant now)
    {
        ThrowIfFailed();
        if (_writer is { IsEmpty: false } full
            && (full.End >= _segmentBytes || !full.Segment.Name.StartsWith(SegmentFile.Month(now), StringComparison.Ordinal)))
        {
            FlushNow();
            full.Dispose();
            _writer = null;
        }

        if (_writer is null)
        {
            var segment = SegmentFile.Create(_folder, LastNumber + 1, now);
            MakeFolder(Path.GetDirectoryName(segment.Path)!);
            _writer = SegmentWriter.Create(segment);
            _newNames.Add(Path.GetDirectoryName(segment.Path)!);
            LastNumber++;
        }

        return _writer;
    }

    private void MakeFolder(string folder)
    {
        for (var missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            if (Path.GetDirectoryName(missing) is { } parent)
            {
                _newNames.Add(parent);
            }
        }

        Directory.CreateDirectory(folder);
    }

    private void FlushNow()
    {
        ThrowIfFailed();
        _failed = true;
        _writer?.Flush();
        foreach (var folder in _newNames)
        {
            FolderSync.Flush(folder);
        }

        _newNames.Clear();
        _failed = false;
        _unflushed = false;
    }

    /// <summary>After a failed fsync the system may have dropped the pages: a second one that succeeds proves nothing.</summary>
    private void ThrowIfFailed()
    {
        if (_failed)
        {
            throw new ArchiveNotDurableException(
                "The archive could not be made durable. Open it again, so that what is on the disk is looked at anew.");
        }
    }

    private IClock RequireClock([CallerMemberName] string caller = "") =>
        _clock ?? throw new InvalidOperationException($"{caller}: the archive was opened for reading.");

    private static ArchiveDamagedException Damaged(ArchivePlace place, string what) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The segment {place.Segment} {what} at {place.Offset} (SHA-256 {place.Sha256}). Restore it from a copy of the archive."));
}
