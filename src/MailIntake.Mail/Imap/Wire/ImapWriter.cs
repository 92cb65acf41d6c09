using System.Globalization;
using System.Text;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>
/// Builds one command. A string goes out quoted, or as a literal where it holds what quotes cannot carry; without LITERAL+
/// (RFC 7888) the server's leave is asked before each literal, so a command is a row of parts.
/// </summary>
internal sealed class ImapWriter(bool literalPlus)
{
    private readonly List<byte[]> _parts = [];
    private byte[] _current = new byte[256];
    private int _length;

    /// <summary>Parts in order; between two of them the server must answer <c>+</c>.</summary>
    public IReadOnlyList<byte[]> Finish()
    {
        Raw("\r\n"u8);
        EndPart();
        return _parts;
    }

    /// <summary>A word, set off by a space.</summary>
    public ImapWriter Atom(string word) => Space().Raw(Encoding.ASCII.GetBytes(word));

    public ImapWriter Number(uint number) => Atom(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A string of any characters but NUL.</summary>
    public ImapWriter String(string value)
    {
        Space();
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return Raw(Encoding.ASCII.GetBytes("\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""));
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("IMAP has no way to send a NUL character.", nameof(value));
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        Raw(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{{bytes.Length}{(literalPlus ? "+" : "")}}}\r\n")));
        if (!literalPlus)
        {
            EndPart();
        }

        return Raw(bytes);
    }

    /// <summary>Ends the line; once the server has answered <c>+</c>, the next one goes out.</summary>
    public ImapWriter NextLine(string line)
    {
        Raw("\r\n"u8);
        EndPart();
        return Raw(Encoding.ASCII.GetBytes(line));
    }

    /// <summary>A list of strings, or NIL for none (RFC 2971).</summary>
    public ImapWriter StringList(IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return Atom("NIL");
        }

        Space().Raw("("u8);
        foreach (var value in values)
        {
            String(value);
        }

        return Raw(")"u8);
    }

    private ImapWriter Space()
    {
        var afterOpening = _length > 0 && _current[_length - 1] == '(';
        return (_length == 0 && _parts.Count == 0) || afterOpening ? this : Raw(" "u8);
    }

    private ImapWriter Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _current.Length - _length)
        {
            Array.Resize(ref _current, Math.Max(_current.Length * 2, _length + bytes.Length));
        }

        bytes.CopyTo(_current.AsSpan(_length));
        _length += bytes.Length;
        return this;
    }

    private void EndPart()
    {
        _parts.Add(_current.AsSpan(0, _length).ToArray());
        _length = 0;
    }
}
