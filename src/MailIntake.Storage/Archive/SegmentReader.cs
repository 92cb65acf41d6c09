using System.Buffers;
using System.Security.Cryptography;

using Microsoft.Win32.SafeHandles;

namespace MailIntake.Storage.Archive;

/// <summary>
/// Walks one segment from header to header. Reads with pread and maps nothing: beside a reader the writer may cut off an
/// append that was broken off, and a mapping over a cut file kills the process.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    private const int BufferSize = 128 << 10;

    private readonly SafeFileHandle _handle;
    private readonly SegmentFile _segment;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ulong? _nonce;
    private long _bufferAt;
    private int _buffered;

    /// <param name="segment">The segment.</param>
    /// <param name="end">Where to stop; null for the end of the file.</param>
    internal SegmentReader(SegmentFile segment, long? end = null)
    {
        _segment = segment;
        _handle = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        End = end ?? RandomAccess.GetLength(_handle);
        _nonce = segment.ReadHeader(At(0, SegmentFile.HeaderSize));
        HasHeader = _nonce is not null;
        Nonce = _nonce ?? 0;
        Offset = SegmentFile.HeaderSize;
    }

    /// <summary>False where the first 32 bytes are damaged; the records may be whole all the same.</summary>
    internal bool HasHeader { get; }

    /// <summary>The segment's nonce, where its header is whole.</summary>
    internal ulong Nonce { get; }

    /// <summary>Where the walk stops.</summary>
    internal long End { get; }

    /// <summary>Where the next record is looked for: the end of the last whole one, or of what was passed over.</summary>
    internal long Offset { get; private set; }

    /// <summary>
    /// The next record whose header is whole; false at the end. Bytes that were passed over to reach it are told to
    /// <paramref name="passedOver"/> (from, to); a rest at the end without any record is not.
    /// </summary>
    internal bool Next(out ArchiveRecord record, Action<long, long>? passedOver)
    {
        var from = Offset;
        for (var at = Offset; at >= 0 && at + RecordHeader.Size <= End; at = FindMagic(at + 1))
        {
            if (TryReadAt(at, out record!))
            {
                if (at > from)
                {
                    passedOver?.Invoke(from, at);
                }

                Offset = record.Place.Offset + record.Place.Length;
                return true;
            }
        }

        record = null!;
        return false;
    }

    /// <summary>True where the content is what its header says.</summary>
    internal bool IsContentWhole(ArchivePlace place)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long done = 0; done < place.Length;)
            {
                var read = RandomAccess.Read(_handle, chunk.AsSpan(0, (int)Math.Min(chunk.Length, place.Length - done)), place.Offset + done);
                if (read == 0)
                {
                    _hash.GetHashAndReset();
                    return false;
                }

                _hash.AppendData(chunk, 0, read);
                done += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset()) == place.Sha256;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _hash.Dispose();
        _handle.Dispose();
    }

    private bool TryReadAt(long at, out ArchiveRecord? record)
    {
        record = null;
        var bytes = At(at, RecordHeader.Size);
        if (!RecordHeader.TryRead(bytes, out var header)
            || at + header.RecordLength > End
            || (_nonce is { } nonce && header.Nonce != nonce))
        {
            return false;
        }

        bytes = At(at, RecordHeader.Size + header.MetadataLength);
        if (bytes.Length < RecordHeader.Size + header.MetadataLength)
        {
            return false;
        }

        var metadata = bytes[RecordHeader.Size..];
        if (!RecordHeader.IsIntact(bytes[..RecordHeader.Size], metadata, _segment.Number, at))
        {
            return false;
        }

        // A segment whose first bytes are lost is known by its first whole record.
        _nonce ??= header.Nonce;
        var place = new ArchivePlace(
            _segment.Name, at + RecordHeader.Size + header.MetadataLength, header.ContentLength, header.Sha256.ToString());
        record = new ArchiveRecord(header.Kind, ArchiveMetadataJson.Read(metadata), place);
        return true;
    }

    private long FindMagic(long from)
    {
        for (var at = from; at + RecordHeader.Size <= End;)
        {
            var bytes = At(at, BufferSize);
            var found = bytes.IndexOf(RecordHeader.Magic);
            if (found >= 0)
            {
                return at + found;
            }

            if (bytes.Length < RecordHeader.Magic.Length)
            {
                break;
            }

            at += bytes.Length - RecordHeader.Magic.Length + 1;
        }

        return -1;
    }

    /// <summary>Up to <paramref name="count"/> bytes at that offset; fewer at the end.</summary>
    private ReadOnlySpan<byte> At(long offset, int count)
    {
        count = (int)Math.Min(count, Math.Max(0, End - offset));
        if (offset < _bufferAt || offset + count > _bufferAt + _buffered)
        {
            _bufferAt = offset;
            _buffered = 0;

            // A hop over content needs the header alone: what is read ahead is little.
            var wanted = (int)Math.Min(Math.Max(count, 4096), End - offset);
            while (_buffered < wanted)
            {
                var read = RandomAccess.Read(_handle, _buffer.AsSpan(_buffered, wanted - _buffered), offset + _buffered);
                if (read == 0)
                {
                    break;
                }

                _buffered += read;
            }
        }

        var start = (int)(offset - _bufferAt);
        return _buffer.AsSpan(start, Math.Min(count, _buffered - start));
    }
}
