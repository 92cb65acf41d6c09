namespace MailIntake.Mail.Connections;

/// <summary>What has come from the server and is not yet used. Parsers look at <see cref="Buffered"/>, consume what they understood and ask for more.</summary>
internal abstract class ReceiveBuffer
{
    /// <summary>Bytes that can wait here at most, and so the longest thing that can be looked at as a whole.</summary>
    public const int Capacity = 64 * 1024;

    private readonly byte[] _bytes = new byte[Capacity];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Buffered => _bytes.AsSpan(_start, _end - _start);

    public void Consume(int count) => _start += count;

    /// <summary>Room for one more byte at least. What was <see cref="Buffered"/> may move.</summary>
    /// <exception cref="ConnectionFaultException">The buffer is full.</exception>
    protected Memory<byte> MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _bytes.Length)
        {
            if (_start == 0)
            {
                throw new ConnectionFaultException($"the server sent more than {Capacity} bytes without an end");
            }

            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were read into the room.</summary>
    /// <exception cref="ConnectionFaultException">None: the connection has ended.</exception>
    protected void Add(int count) => _end += Some(count);

    /// <summary>The count that a read gave, unless it is none.</summary>
    /// <exception cref="ConnectionFaultException">The connection has ended.</exception>
    protected static int Some(int count) => count > 0 ? count : throw new ConnectionFaultException("the server closed the connection");
}
