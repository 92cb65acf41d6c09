using System.Buffers;
using System.Security.Cryptography;

using Microsoft.Win32.SafeHandles;

namespace MailIntake.Storage.Archive;

/// <summary>The open segment: appends at its end.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private const int BufferSize = 256 << 10;

    private readonly SafeFileHandle _handle;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ulong _nonce;

    private SegmentWriter(SegmentFile segment, SafeFileHandle handle, ulong nonce, long end)
    {
        Segment = segment;
        _handle = handle;
        _nonce = nonce;
        End = end;
    }

    internal SegmentFile Segment { get; }

    /// <summary>The end of the last record, and of the file.</summary>
    internal long End { get; private set; }

    internal bool IsEmpty => End == SegmentFile.HeaderSize;

    /// <summary>Begins a new segment; its folder must be there.</summary>
    internal static SegmentWriter Create(SegmentFile segment)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random); // What a sender cannot know, he cannot write into a mail.
        var nonce = BitConverter.ToUInt64(random);
        var handle = File.OpenHandle(segment.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Span<byte> header = stackalloc byte[SegmentFile.HeaderSize];
            segment.WriteHeader(header, nonce);
            RandomAccess.Write(handle, header, 0);
            return new SegmentWriter(segment, handle, nonce, SegmentFile.HeaderSize);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a segment whose last whole record ends at <paramref name="end"/>; what lies behind is cut off.</summary>
    internal static SegmentWriter Continue(SegmentFile segment, ulong nonce, long end)
    {
        var handle = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (RandomAccess.GetLength(handle) != end)
            {
                RandomAccess.SetLength(handle, end);
                RandomAccess.FlushToDisk(handle);
            }

            return new SegmentWriter(segment, handle, nonce, end);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Appends one record. The header is written last: until then the place holds zeros, and a record without a header is none.
    /// A record that fits the buffer is one write.
    /// </summary>
    internal async ValueTask<ArchivePlace> AppendAsync(
        ArchiveRecordKind kind, byte[] metadata, Stream content, CancellationToken cancellation)
    {
        var start = End;
        var front = RecordHeader.Size + metadata.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            buffer.AsSpan(0, RecordHeader.Size).Clear();
            metadata.CopyTo(buffer, RecordHeader.Size);
            var used = front;
            var bufferAt = start;
            long length = 0;
            while (true)
            {
                if (used == buffer.Length)
                {
                    RandomAccess.Write(_handle, buffer, bufferAt);
                    bufferAt += used;
                    used = 0;
                }

                var read = await content.ReadAsync(buffer.AsMemory(used), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                _hash.AppendData(buffer, used, read);
                used += read;
                length += read;
                if (length > int.MaxValue)
                {
                    throw new InvalidDataException("A record of the archive holds at most 2 GiB.");
                }
            }

            var header = Finish(kind, metadata, length, start, bufferAt == start ? buffer : null, out var sha256);
            RandomAccess.Write(_handle, buffer.AsSpan(0, used), bufferAt);
            if (bufferAt != start)
            {
                RandomAccess.Write(_handle, header, start);
            }

            End = bufferAt + used;
            return new ArchivePlace(Segment.Name, start + front, length, sha256);
        }
        catch
        {
            _ = _hash.GetHashAndReset();
            RandomAccess.SetLength(_handle, start);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>One fsync.</summary>
    internal void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        _handle.Dispose();
    }

    private byte[] Finish(ArchiveRecordKind kind, byte[] metadata, long length, long start, byte[]? into, out string sha256)
    {
        Span<byte> digest = stackalloc byte[32];
        _hash.GetHashAndReset(digest);
        var hash = new UInt256(digest);
        var header = into ?? new byte[RecordHeader.Size];
        new RecordHeader(kind, metadata.Length, length, hash, _nonce)
            .Write(header.AsSpan(0, RecordHeader.Size), metadata, Segment.Number, start);
        sha256 = hash.ToString();
        return header;
    }
}
