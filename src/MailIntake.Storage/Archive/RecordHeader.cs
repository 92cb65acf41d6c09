using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MailIntake.Storage.Archive;

/// <summary>
/// The 72 bytes before a record's metadata and content; little-endian. The check covers header, metadata, segment and
/// place, so that a copy of a record inside somebody's mail is never taken for one. See <c>docs/archive-format.md</c>.
/// </summary>
internal readonly record struct RecordHeader(ArchiveRecordKind Kind, int MetadataLength, long ContentLength, UInt256 Sha256, ulong Nonce)
{
    internal const int Size = 72;
    internal const int MaxMetadata = 64 << 10;
    internal const ushort Version = 1;

    private const int CheckAt = 64;

    internal static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'I', (byte)'R', (byte)'E', (byte)'C', 0x0D, 0x0A];

    /// <summary>Bytes of the whole record.</summary>
    internal long RecordLength => Size + MetadataLength + ContentLength;

    internal void Write(Span<byte> header, ReadOnlySpan<byte> metadata, int segment, long offset)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[10..], (ushort)Kind);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], MetadataLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], ContentLength);
        Sha256.CopyTo(header[24..]);
        BinaryPrimitives.WriteUInt64LittleEndian(header[56..], Nonce);
        BinaryPrimitives.WriteUInt64LittleEndian(header[CheckAt..], Check(header[..CheckAt], metadata, segment, offset));
    }

    /// <summary>Reads the fields; false where these bytes are no header. The check needs the metadata: <see cref="IsIntact"/>.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < Size || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) != Version)
        {
            return false;
        }

        header = new RecordHeader(
            (ArchiveRecordKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            new UInt256(bytes.Slice(24, 32)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[56..]));
        return header.MetadataLength is >= 0 and <= MaxMetadata && header.ContentLength is >= 0 and <= int.MaxValue;
    }

    /// <summary>True where header and metadata are what was written at this place.</summary>
    internal static bool IsIntact(ReadOnlySpan<byte> header, ReadOnlySpan<byte> metadata, int segment, long offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(header[CheckAt..]) == Check(header[..CheckAt], metadata, segment, offset);

    private static ulong Check(ReadOnlySpan<byte> header, ReadOnlySpan<byte> metadata, int segment, long offset)
    {
        const int PlaceSize = 12;
        var length = PlaceSize + header.Length + metadata.Length;
        var rented = length <= 1024 ? null : ArrayPool<byte>.Shared.Rent(length);
        var bytes = rented is null ? stackalloc byte[length] : rented.AsSpan(0, length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, segment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], offset);
        header.CopyTo(bytes[PlaceSize..]);
        metadata.CopyTo(bytes[(PlaceSize + header.Length)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}

/// <summary>A SHA-256 value without an array of its own.</summary>
internal readonly record struct UInt256(ulong A, ulong B, ulong C, ulong D)
{
    internal UInt256(ReadOnlySpan<byte> bytes)
        : this(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]))
    {
    }

    internal void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], D);
    }

    /// <summary>Lower-case hex.</summary>
    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";
}
