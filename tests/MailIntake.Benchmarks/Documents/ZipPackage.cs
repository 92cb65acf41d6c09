using System.Buffers.Binary;
using System.Text;

using MailIntake.Documents.Containers;

namespace MailIntake.Benchmarks.Documents;

/// <summary>A zip taken apart, so that what lies inside can be damaged and the whole still opens.</summary>
internal sealed class ZipPackage
{
    private const int LargestEntry = 8 << 20;

    private readonly List<Item> _items = [];

    /// <summary>Takes it apart; null where it is no zip, or one with entries that cannot be carried over.</summary>
    public static ZipPackage? Open(byte[] bytes)
    {
        using var file = new MemoryStream(bytes, writable: false);
        if (bytes is not [(byte)'P', (byte)'K', ..] || ZipDirectory.Read(file) is not { Entries.Count: > 0 } zip)
        {
            return null;
        }

        var package = new ZipPackage();
        foreach (var entry in zip.Entries)
        {
            if (zip.DataOffset(entry) is not { } offset || entry.PackedSize > bytes.Length - offset || entry.Size > uint.MaxValue)
            {
                return null;
            }

            package._items.Add(new Item(entry.Name, entry.Method, entry.Crc, bytes.AsMemory((int)offset, (int)entry.PackedSize), (uint)entry.Size));
        }

        return package;
    }

    /// <summary>Replaces the bytes of one entry, text before pictures, by what is made of them.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="change">Makes other bytes of them.</param>
    public void Damage(Random random, Func<byte[], byte[]> change)
    {
        var texts = Enumerable.Range(0, _items.Count).Where(i => IsText(_items[i].Name)).ToList();
        var at = texts.Count > 0 && random.Next(10) > 0 ? texts[random.Next(texts.Count)] : random.Next(_items.Count);
        var item = _items[at];
        if (item.Size <= LargestEntry && Unpacked(item) is { } content)
        {
            var changed = change(content);
            _items[at] = item with { Method = 0, Crc = Crc32.Of(changed), Packed = changed, Size = (uint)changed.Length };
        }
    }

    /// <summary>Leaves an entry out, or has it twice.</summary>
    public void Rearrange(Random random)
    {
        var at = random.Next(_items.Count);
        if (random.Next(2) == 0 && _items.Count > 1)
        {
            _items.RemoveAt(at);
        }
        else
        {
            _items.Insert(random.Next(_items.Count), _items[at]);
        }
    }

    /// <summary>Puts it together again.</summary>
    public byte[] Pack()
    {
        var zip = new MemoryStream();
        var directory = new MemoryStream();
        foreach (var item in _items)
        {
            var name = Encoding.UTF8.GetBytes(item.Name);
            var header = new byte[46];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014b50);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 20);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), 0x0800);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10), (ushort)item.Method);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), item.Crc);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), (uint)item.Packed.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), item.Size);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), (ushort)name.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), (uint)zip.Length);
            directory.Write(header);
            directory.Write(name);

            // The local header is the same from the version on, up to the lengths.
            zip.Write("PK\x03\x04"u8);
            zip.Write(header.AsSpan(6, 26));
            zip.Write(name);
            zip.Write(item.Packed.Span);
        }

        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)_items.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)_items.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)zip.Length);
        directory.WriteTo(zip);
        zip.Write(end);
        return zip.ToArray();
    }

    private static bool IsText(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    private static byte[]? Unpacked(Item item)
    {
        if (item.Method == 0)
        {
            return item.Packed.ToArray();
        }

        try
        {
            using var packed = new System.IO.Compression.DeflateStream(new MemoryStream(item.Packed.ToArray()), System.IO.Compression.CompressionMode.Decompress);
            var content = new byte[item.Size];
            return packed.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length ? content : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private sealed record Item(string Name, int Method, uint Crc, ReadOnlyMemory<byte> Packed, uint Size);
}
