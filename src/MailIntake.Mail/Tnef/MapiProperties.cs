using System.Buffers.Binary;
using System.Text;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Tnef;

/// <summary>The properties of an attachment as TNEF encodes them ([MS-OXTNEF] 2.1.3.4): the three that a file needs.</summary>
internal sealed class MapiProperties
{
    private const int MostProperties = 4_096;
    private const int LongFileName = 0x3707;
    private const int FileName = 0x3704;
    private const int DisplayName = 0x3001;
    private const int AttachData = 0x3701;

    private readonly Dictionary<int, string> _names = [];

    /// <summary>The best name; null without any.</summary>
    public string? Name => _names.GetValueOrDefault(LongFileName) ?? _names.GetValueOrDefault(FileName) ?? _names.GetValueOrDefault(DisplayName);

    /// <summary>The bytes of the file; null where they stand elsewhere.</summary>
    public ReadOnlyMemory<byte>? Data { get; private set; }

    /// <summary>A message inside, as TNEF; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Message { get; private set; }

    /// <summary>Reads them; what is cut off ends the list.</summary>
    public static MapiProperties Read(ReadOnlyMemory<byte> block, Encoding codePage)
    {
        var properties = new MapiProperties();
        var at = 0;
        if (!TryInt(block, ref at, out var count))
        {
            return properties;
        }

        for (var i = 0; i < Math.Min(count, MostProperties) && TryInt(block, ref at, out var tag); i++)
        {
            if (!properties.ReadOne(block, ref at, (ushort)tag, (ushort)(tag >> 16), codePage))
            {
                break;
            }
        }

        return properties;
    }

    private bool ReadOne(ReadOnlyMemory<byte> block, ref int at, int type, int id, Encoding codePage)
    {
        if (id >= 0x8000 && !SkipName(block, ref at))
        {
            return false;
        }

        var isMany = (type & 0x1000) != 0;
        var simple = type & 0x0FFF;
        var isVariable = simple is 0x0D or 0x1E or 0x1F or 0x102;
        var values = 1;
        if ((isMany || isVariable) && !TryInt(block, ref at, out values))
        {
            return false;
        }

        for (var i = 0; i < values; i++)
        {
            var length = simple switch { 0x05 or 0x06 or 0x07 or 0x14 or 0x40 => 8, 0x48 => 16, _ => 4 };
            if ((isVariable && !TryInt(block, ref at, out length)) || length < 0 || length > block.Length - at)
            {
                return false;
            }

            Take(id, simple, block.Slice(at, length), codePage);
            at = (int)Math.Min(block.Length, at + ((length + 3L) & ~3L));
        }

        return true;
    }

    private void Take(int id, int type, ReadOnlyMemory<byte> value, Encoding codePage)
    {
        if (id == AttachData && type == 0x102)
        {
            Data = value;
        }
        else if (id == AttachData && type == 0x0D && value.Length > 16)
        {
            // Sixteen bytes name the interface: a message follows as TNEF, anything else is a storage of some program.
            Message = value[16..];
        }
        else if (id is LongFileName or FileName or DisplayName && type is 0x1E or 0x1F)
        {
            var name = type == 0x1F ? Encoding.Unicode.GetString(value.Span) : Charsets.Decode(value.Span, codePage.WebName);
            _names[id] = name.Split('\0')[0].Trim();
        }
    }

    private static bool SkipName(ReadOnlyMemory<byte> block, ref int at)
    {
        at += 16;
        if (!TryInt(block, ref at, out var kind) || !TryInt(block, ref at, out var length))
        {
            return false;
        }

        if (kind == 1)
        {
            at = (int)Math.Clamp(at + ((Math.Max(0L, length) + 3) & ~3L), 0, block.Length);
        }

        return true;
    }

    private static bool TryInt(ReadOnlyMemory<byte> block, ref int at, out int value)
    {
        value = 0;
        if (at < 0 || at > block.Length - 4)
        {
            return false;
        }

        value = BinaryPrimitives.ReadInt32LittleEndian(block.Span[at..]);
        at += 4;
        return true;
    }
}
