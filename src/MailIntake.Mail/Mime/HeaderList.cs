using System.Buffers;
using System.Text;
using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Mime;

/// <summary>Headers in their order, names compared without case. Values are made when asked for.</summary>
public sealed class HeaderList : IMessageHeaders
{
    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly HeaderField[] _fields;

    /// <summary>No headers.</summary>
    internal static HeaderList Empty { get; } = new(default, []);

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

    /// <summary>Name and decoded (RFC 2047, 6532), unfolded value of every header, top first, without a string for each; for <c>foreach</c>.</summary>
    public DecodedHeaders Decoded => new(this, LongestValue());

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
    public string? FindText(string name) => IndexOf(name, 0) is >= 0 and var index ? TextOf(_fields[index]) : null;

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

    private int LongestValue()
    {
        var longest = 0;
        foreach (ref readonly var field in _fields.AsSpan())
        {
            longest = Math.Max(longest, field.ValueEnd - field.ValueStart);
        }

        return longest;
    }

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

    /// <summary>A header with parameters; <see cref="HeaderParameters.None"/> where it is missing.</summary>
    internal HeaderParameters Parameters(string name) => IndexOf(name, 0) is >= 0 and var index ? OfValue(index, HeaderParameters.Parse) : HeaderParameters.None;

    /// <summary>How a body is encoded.</summary>
    internal TransferEncoding Encoding(string name) => IndexOf(name, 0) is >= 0 and var index ? OfValue(index, TransferEncodings.Parse) : TransferEncoding.Identity;

    private string NameOf(in HeaderField field) => WellKnown.Header(_buffer.Span.Slice(field.NameStart, field.NameLength));

    private string ValueOf(in HeaderField field) => Unfold(_buffer.Span[field.ValueStart..field.ValueEnd]);

    private string TextOf(in HeaderField field)
    {
        var raw = _buffer.Span[field.ValueStart..field.ValueEnd];
        return raw.IndexOf("=?"u8) < 0 ? Unfold(raw) : OfUnfolded(raw, EncodedWords.Decode);
    }

    internal string NameAt(int index) => NameOf(_fields[index]);

    /// <summary>Decodes one value into <paramref name="decoded"/>; the other buffers are for the way there.</summary>
    internal int DecodeAt(int index, Span<byte> bytes, Span<char> unfolded, Span<char> decoded)
    {
        ref readonly var field = ref _fields[index];
        var value = _buffer.Span[field.ValueStart..field.ValueEnd].Trim(" \t\r\n"u8);
        if (value.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            value = bytes[..Unfold(value, bytes)];
        }

        if (value.IndexOf("=?"u8) < 0)
        {
            return Charsets.Decode(value, default, decoded);
        }

        var length = Charsets.Decode(value, default, unfolded);
        return EncodedWords.Decode(unfolded[..length], bytes, decoded);
    }

    private T OfValue<T>(int index, Func<ReadOnlySpan<char>, T> read)
    {
        ref readonly var field = ref _fields[index];
        return OfUnfolded(_buffer.Span[field.ValueStart..field.ValueEnd], read);
    }

    /// <summary>Takes the line ends out of a folded value (RFC 5322, 2.2.3); a fold by tab becomes a space.</summary>
    internal static string Unfold(ReadOnlySpan<byte> folded)
    {
        var value = folded.Trim(" \t\r\n"u8);
        if (value.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            return Charsets.DecodeUnlabelled(value);
        }

        var rented = ArrayPool<byte>.Shared.Rent(value.Length);
        var text = Charsets.DecodeUnlabelled(rented.AsSpan(0, Unfold(value, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>Reads an unfolded value without making a string of it where it is plain ASCII.</summary>
    private static T OfUnfolded<T>(ReadOnlySpan<byte> folded, Func<ReadOnlySpan<char>, T> read)
    {
        var value = folded.Trim(" \t\r\n"u8);
        if (!Ascii.IsValid(value))
        {
            return read(Unfold(value));
        }

        var bytes = ArrayPool<byte>.Shared.Rent(value.Length);
        var characters = ArrayPool<char>.Shared.Rent(value.Length);
        var length = Unfold(value, bytes);
        Ascii.ToUtf16(bytes.AsSpan(0, length), characters, out _);
        var result = read(characters.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(characters);
        return result;
    }

    private static int Unfold(ReadOnlySpan<byte> value, Span<byte> unfolded)
    {
        var length = 0;
        while (true)
        {
            var line = value.IndexOfAny((byte)'\r', (byte)'\n');
            if (line < 0)
            {
                value.CopyTo(unfolded[length..]);
                return length + value.Length;
            }

            value[..line].CopyTo(unfolded[length..]);
            length += line;
            value = value[line..].TrimStart("\r\n"u8);
            if (!value.IsEmpty && value[0] == '\t')
            {
                unfolded[length++] = (byte)' ';
                value = value[1..];
            }
        }
    }
}

/// <summary>Where a header stands in the buffer.</summary>
internal readonly record struct HeaderField(int NameStart, int NameLength, int ValueStart, int ValueEnd);
