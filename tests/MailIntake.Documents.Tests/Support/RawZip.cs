using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MailIntake.Documents.Tests.Support;

/// <summary>Writes zips byte by byte, honest or not.</summary>
internal sealed class RawZip
{
    private static readonly Encoding Gb = MakeGb();
    private readonly List<byte> _file = [];
    private readonly List<byte> _directory = [];
    private int _count;

    public sealed record Entry(byte[] Name, byte[] Content)
    {
        public int Flags { get; init; }

        public byte[] Extra { get; init; } = [];

        public uint? DeclaredSize { get; init; }

        public uint Attributes { get; init; }

        public byte MadeBy { get; init; }

        public uint? Offset { get; init; }

        public bool Deflate { get; init; }
    }

    public static byte[] Gbk(string text) => Gb.GetBytes(text);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public RawZip Add(string name, string content) => Add(new Entry(Utf8(name), Utf8(content)) { Flags = 0x800 });

    public RawZip Add(Entry entry)
    {
        var offset = entry.Offset ?? (uint)_file.Count;
        var packed = entry.Deflate ? Pack(entry.Content) : entry.Content;
        var method = (ushort)(entry.Deflate ? 8 : 0);
        if (entry.Offset is null)
        {
            Write(_file, 0x04034b50u, (ushort)20, (ushort)entry.Flags, method, 0u, Crc(entry.Content), (uint)packed.Length, entry.DeclaredSize ?? (uint)entry.Content.Length, (ushort)entry.Name.Length, (ushort)0);
            _file.AddRange(entry.Name);
            _file.AddRange(packed);
        }

        Write(_directory, 0x02014b50u, (ushort)(20 | (entry.MadeBy << 8)), (ushort)20, (ushort)entry.Flags, method, 0u, Crc(entry.Content), (uint)packed.Length, entry.DeclaredSize ?? (uint)entry.Content.Length,
            (ushort)entry.Name.Length, (ushort)entry.Extra.Length, (ushort)0, (ushort)0, (ushort)0, entry.Attributes, offset);
        _directory.AddRange(entry.Name);
        _directory.AddRange(entry.Extra);
        _count++;
        return this;
    }

    public byte[] Finish()
    {
        var at = (uint)_file.Count;
        var directory = _directory.ToArray();
        _file.AddRange(directory);
        Write(_file, 0x06054b50u, (ushort)0, (ushort)0, (ushort)_count, (ushort)_count, (uint)directory.Length, at, (ushort)0);
        return _file.ToArray();
    }

    /// <summary>The Unicode path extra field (0x7075) for a name.</summary>
    public static byte[] UnicodePath(byte[] name, string unicode)
    {
        var extra = new List<byte>();
        var text = Utf8(unicode);
        Write(extra, (ushort)0x7075, (ushort)(5 + text.Length));
        extra.Add(1);
        Write(extra, Crc(name));
        extra.AddRange(text);
        return extra.ToArray();
    }

    private static uint Crc(byte[] bytes) => Containers.Crc32.Of(bytes);

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static void Write(List<byte> into, params object[] numbers)
    {
        var buffer = new byte[4];
        foreach (var number in numbers)
        {
            switch (number)
            {
                case ushort small:
                    BinaryPrimitives.WriteUInt16LittleEndian(buffer, small);
                    into.AddRange(buffer.AsSpan(0, 2));
                    break;
                case uint large:
                    BinaryPrimitives.WriteUInt32LittleEndian(buffer, large);
                    into.AddRange(buffer);
                    break;
                default:
                    throw new ArgumentException("not a field of a zip", nameof(numbers));
            }
        }
    }

    private static Encoding MakeGb()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(54936);
    }
}
