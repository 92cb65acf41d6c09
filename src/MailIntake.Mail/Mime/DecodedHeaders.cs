using System.Buffers;

namespace MailIntake.Mail.Mime;

/// <summary>One header, decoded (RFC 2047, 6532) and unfolded. The value is good until the next one is asked for.</summary>
public readonly ref struct DecodedHeader
{
    internal DecodedHeader(string name, ReadOnlySpan<char> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>Name as written.</summary>
    public string Name { get; }

    /// <summary>Decoded value.</summary>
    public ReadOnlySpan<char> Value { get; }
}

/// <summary>Goes over all headers, top first, decoding each into one pair of rented buffers: no string is made but of rare names.</summary>
public ref struct DecodedHeaders
{
    private readonly HeaderList _headers;
    private readonly char[] _decoded;
    private readonly char[] _unfolded;
    private readonly byte[] _bytes;
    private int _index = -1;
    private int _length;

    internal DecodedHeaders(HeaderList headers, int longest)
    {
        _headers = headers;
        _decoded = ArrayPool<char>.Shared.Rent(longest * EncodedWords.MostBytesOfACharacter);
        _unfolded = ArrayPool<char>.Shared.Rent(longest);
        _bytes = ArrayPool<byte>.Shared.Rent(longest * EncodedWords.MostBytesOfACharacter);
    }

    /// <summary>The present one.</summary>
    public readonly DecodedHeader Current => new(_headers.NameAt(_index), _decoded.AsSpan(0, _length));

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly DecodedHeaders GetEnumerator() => this;

    /// <summary>Decodes the next one; false behind the last.</summary>
    public bool MoveNext()
    {
        if (++_index >= _headers.Count)
        {
            return false;
        }

        _length = _headers.DecodeAt(_index, _bytes, _unfolded, _decoded);
        return true;
    }

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<char>.Shared.Return(_decoded);
        ArrayPool<char>.Shared.Return(_unfolded);
        ArrayPool<byte>.Shared.Return(_bytes);
    }
}
