using System.Buffers;
using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Headers in their order, names compared without case. Values are made when asked for.</summary>
public sealed class HeaderList
{
    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly HeaderField[] _fields;

    internal HeaderList(ReadOnlyMemory<byte> buffer, HeaderField[] fields)
    {
        _buffer = buffer;
        _fields = fields;
    }

    /// <summary>How many there are.</summary>
    public int Count => _fields.Length;

    /// <summary>Name and raw unfolded value of every header, top first.</summary>
    public IEnumerable<KeyValuePair<string, string>> All =>
        _fields.Select(one => KeyValuePair.Create(NameOf(one), ValueOf(one)));

    /// <summary>
    /// The raw, unfolded value of the first header of that name; null where there is none. Raw 8-bit text is decoded
    /// (UTF-8 where valid, else GB18030, else Latin-1), encoded words are left as they are.
    /// </summary>
    public string? Find(string name)
    {
        var index = IndexOf(name, 0);
        return index < 0 ? null : ValueOf(_fields[index]);
    }

    /// <summary>The decoded (RFC 2047, 6532) value of the first header of that name; null where there is none.</summary>
    public string? FindText(string name) => Find(name) is { } value ? EncodedWords.Decode(value) : null;

    /// <summary>Raw, unfolded values of all headers of that name, top first.</summary>
    public IEnumerable<string> FindAll(string name)
    {
        for (var i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1))
        {
            yield return ValueOf(_fields[i]);
        }
    }

    /// <summary>A header of that name is there.</summary>
    public bool Contains(string name) => IndexOf(name, 0) >= 0;

    private int IndexOf(string name, int from)
    {
        var span = _buffer.Span;
        for (var i = from; i < _fields.Length; i++)
        {
            ref readonly var field = ref _fields[i];
            if (field.NameLength == name.Length && Ascii.EqualsIgnoreCase(span.Slice(field.NameStart, field.NameLength), name))
            {
                return i;
            }
        }

        return -1;
    }

    private string NameOf(in HeaderField field) => Encoding.ASCII.GetString(_buffer.Span.Slice(field.NameStart, field.NameLength));

    private string ValueOf(in HeaderField field) => Unfold(_buffer.Span[field.ValueStart..field.ValueEnd]);

    /// <summary>Takes the line ends out of a folded value (RFC 5322, 2.2.3); a fold by tab becomes a space.</summary>
    internal static string Unfold(ReadOnlySpan<byte> folded)
    {
        var value = folded.Trim(" \t\r\n"u8);
        if (value.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            return Charsets.DecodeUnlabelled(value);
        }

        var rented = ArrayPool<byte>.Shared.Rent(value.Length);
        var length = 0;
        var afterLineEnd = false;
        foreach (var b in value)
        {
            if (b is (byte)'\r' or (byte)'\n')
            {
                afterLineEnd = true;
                continue;
            }

            rented[length++] = afterLineEnd && b == '\t' ? (byte)' ' : b;
            afterLineEnd = false;
        }

        var text = Charsets.DecodeUnlabelled(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }
}

/// <summary>Where a header stands in the buffer.</summary>
internal readonly record struct HeaderField(int NameStart, int NameLength, int ValueStart, int ValueEnd);
