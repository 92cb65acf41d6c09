using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace MailIntake.Storage.Archive;

/// <summary>A part of a file as memory, without a copy. The memory is gone after the disposal: nobody may keep it.</summary>
internal sealed unsafe class MappedBytes : ArchivedBytes
{
    private const int HashedAtOnce = 1024 * 1024;

    private readonly View? _view;

    private MappedBytes(View? view) => _view = view;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Bytes => _view?.Memory ?? ReadOnlyMemory<byte>.Empty;

    /// <inheritdoc/>
    public override void Release(int offset, int length) => _view?.Release(offset, length);

    /// <summary>SHA-256 of the bytes, lower-case hex; what was hashed does not stay in memory.</summary>
    internal string Sha256()
    {
        if (Bytes.Length <= HashedAtOnce)
        {
            return Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var offset = 0; offset < Bytes.Length; offset += HashedAtOnce)
        {
            var piece = Bytes.Span[offset..Math.Min(offset + HashedAtOnce, Bytes.Length)];
            hash.AppendData(piece);
            Release(offset, piece.Length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Maps bytes that are known to be in the file. No bytes need no mapping (an empty one is refused by the system).</summary>
    internal static MappedBytes Map(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long offset, int length)
    {
        if (length == 0)
        {
            return new MappedBytes(null);
        }

        using var file = MemoryMappedFile.CreateFromFile(
            handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new MappedBytes(new View(file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read), length));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (_view as IDisposable)?.Dispose();
        }
    }

    private sealed class View : MemoryManager<byte>
    {
        private readonly MemoryMappedViewAccessor _accessor;
        private readonly int _length;
        private byte* _start;

        internal View(MemoryMappedViewAccessor accessor, int length)
        {
            _accessor = accessor;
            _length = length;
            _accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            _start += accessor.PointerOffset;
        }

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new Span<byte>(_start, _length);
        }

        internal void Release(int offset, int length)
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)_length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(_length - offset));
            MappedPages.Release(_start + offset, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length);
            return new MemoryHandle(_start + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (_start is not null)
            {
                _start = null;
                _accessor.SafeMemoryMappedViewHandle.ReleasePointer();
            }

            _accessor.Dispose();
        }
    }
}
