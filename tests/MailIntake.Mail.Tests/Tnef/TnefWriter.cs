using System.Text;

using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Tests.Tnef;

/// <summary>Composes a winmail.dat, attribute by attribute ([MS-OXTNEF] 2.1.3).</summary>
internal sealed class TnefWriter
{
    private readonly List<byte> _bytes = [.. BitConverter.GetBytes(0x223E9F78u), 1, 0];

    public byte[] Bytes => [.. _bytes];

    public TnefWriter Attribute(byte level, int id, byte[] data)
    {
        _bytes.AddRange([level, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(data.Length), .. data]);
        _bytes.AddRange(BitConverter.GetBytes((ushort)data.Sum(b => b)));
        return this;
    }

    public TnefWriter CodePage(int page) => Attribute(1, 0x00069007, [.. BitConverter.GetBytes(page), 0, 0, 0, 0]);

    public TnefWriter Attachment(string title) =>
        Attribute(2, 0x00069002, new byte[14]).Attribute(2, 0x00018010, [.. Charsets.Gb18030.GetBytes(title), 0]);

    public TnefWriter Data(byte[] data) => Attribute(2, 0x0006800F, data);

    public TnefWriter Properties(params byte[][] properties) =>
        Attribute(2, 0x00069005, [.. BitConverter.GetBytes(properties.Length), .. properties.SelectMany(p => p)]);

    /// <summary>PR_ATTACH_LONG_FILENAME in UTF-16.</summary>
    public static byte[] LongName(string name) => Variable(0x1F, 0x3707, Encoding.Unicode.GetBytes(name + "\0"));

    /// <summary>PR_ATTACH_DATA_OBJ: the interface of a message, then TNEF again.</summary>
    public static byte[] Message(byte[] tnef) => Variable(0x0D, 0x3701, [.. new byte[16], .. tnef]);

    /// <summary>A named property with a text name, which must be stepped over.</summary>
    public static byte[] Named(string name, int value)
    {
        var text = Encoding.Unicode.GetBytes(name + "\0");
        return [.. Tag(0x03, 0x8001), .. new byte[16], .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(text.Length), .. Padded(text), .. BitConverter.GetBytes(value)];
    }

    private static byte[] Variable(int type, int id, byte[] value) => [.. Tag(type, id), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(value.Length), .. Padded(value)];

    private static byte[] Tag(int type, int id) => [.. BitConverter.GetBytes((ushort)type), .. BitConverter.GetBytes((ushort)id)];

    private static byte[] Padded(byte[] value) => [.. value, .. new byte[(4 - (value.Length % 4)) % 4]];
}
