using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MailIntake.Mail.Connections;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>
/// Reads responses token by token out of the receive buffer; nothing is copied and no response is held as a whole.
/// A literal is announced and then read by the caller, who may stream it. Limits: a token 64 KiB, a response 16 MiB without
/// its literals (a SEARCH of 1.4 million messages), nesting 32, time by the channel's step.
/// </summary>
internal sealed class ImapReader(BlockingInput input)
{
    public const int MaxNesting = 32;
    public const long MaxLineBytes = 16L << 20;

    /// <summary>Largest literal that is taken as an answer at all; nothing in a mailbox is larger.</summary>
    public const long MaxLiteralBytes = 1L << 31;

    private int nesting;
    private long lineBytes;

    /// <summary>Nothing of a response has been read since the last one ended.</summary>
    public bool AtLineStart { get; private set; } = true;

    /// <summary>How deep in parentheses the reader is.</summary>
    public int Nesting => nesting;

    /// <summary>The first token of a response.</summary>
    /// <exception cref="ConnectionFaultException">What came is no IMAP, or goes beyond a limit.</exception>
    public ImapToken Begin() =>
        TryRead(out var token) ? token : ReadSlowly();

    /// <summary>The next token of the response that was begun.</summary>
    /// <exception cref="ConnectionFaultException">The response ended before, what came is no IMAP, or it goes beyond a limit.</exception>
    public ImapToken Read() =>
        AtLineStart ? throw new ConnectionFaultException("the server ended a response early") : Begin();

    /// <summary>Rest of the response as text, without its line end: what follows OK, NO, BAD and BYE.</summary>
    public string ReadText()
    {
        int end;
        while ((end = input.Buffered.IndexOf((byte)'\n')) < 0)
        {
            input.Fill();
        }

        var line = input.Buffered[..end];
        var text = Encoding.UTF8.GetString(line[Ascii.Trim(line)]);
        Consume(end + 1);
        EndLine();
        return text;
    }

    /// <summary>Passes over what is left of the response, literals included.</summary>
    public void SkipLine()
    {
        while (!AtLineStart)
        {
            Skip(Read());
        }
    }

    /// <summary>Passes over a value whose first token was just read: a whole list, a literal's bytes, or nothing more.</summary>
    public void Skip(ImapToken token)
    {
        if (token.Kind == ImapTokenKind.Literal)
        {
            Drain(token.Length);
        }
        else if (token.Kind == ImapTokenKind.Open)
        {
            var outside = nesting - 1;
            while (nesting > outside && !AtLineStart)
            {
                token = Read();
                if (token.Kind == ImapTokenKind.Literal)
                {
                    Drain(token.Length);
                }
            }
        }
    }

    /// <summary>The text of an atom, a quoted string or a small literal; null for NIL.</summary>
    public string? ReadString() => TextOf(Read());

    /// <summary>As <see cref="ReadString"/>, of the token that was just read.</summary>
    public string? TextOf(ImapToken token)
    {
        switch (token.Kind)
        {
            case ImapTokenKind.Atom or ImapTokenKind.Quoted:
                return token.IsNil ? null : token.ToString();
            case ImapTokenKind.Literal when token.Length <= BlockingInput.Capacity:
                var bytes = new byte[token.Length];
                var filled = 0;
                while (filled < bytes.Length)
                {
                    filled += ReadLiteral(bytes.AsSpan(filled));
                }

                return Encoding.UTF8.GetString(bytes);
            default:
                throw new ConnectionFaultException($"the server sent {token.Kind} in place of a string");
        }
    }

    /// <summary>Reads bytes of the announced literal; the caller counts them.</summary>
    public int ReadLiteral(Span<byte> target) => input.Read(target);

    /// <summary>Begins a new time limit.</summary>
    public void NewStep() => input.NewStep();

    /// <summary>Throws a literal's bytes away.</summary>
    public void Drain(long length)
    {
        var scratch = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, BlockingInput.Capacity));
        try
        {
            var sinceStep = 0L;
            while (length > 0)
            {
                var count = ReadLiteral(scratch.AsSpan(0, (int)Math.Min(length, scratch.Length)));
                length -= count;
                sinceStep += count;
                if (sinceStep >= LiteralStream.BytesPerStep || length == 0)
                {
                    NewStep();
                    sinceStep = 0;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private ImapToken ReadSlowly()
    {
        ImapToken token;
        while (!TryRead(out token))
        {
            input.Fill();
        }

        return token;
    }

    private bool TryRead(out ImapToken token)
    {
        token = default;
        var seen = input.Buffered;
        var spaces = 0;
        while (spaces < seen.Length && seen[spaces] == ' ')
        {
            spaces++;
        }

        Consume(spaces);
        seen = seen[spaces..];
        if (seen.IsEmpty)
        {
            return false;
        }

        switch (seen[0])
        {
            case (byte)'(':
                if (++nesting > MaxNesting)
                {
                    throw new ConnectionFaultException($"the server nested lists deeper than {MaxNesting}");
                }

                return Take(ImapTokenKind.Open, 0, 1, 1, out token);
            case (byte)')':
                nesting = Math.Max(0, nesting - 1);
                return Take(ImapTokenKind.Close, 0, 1, 1, out token);
            case (byte)'"':
                return TryReadQuoted(seen, out token);
            case (byte)'{' or (byte)'~':
                return TryReadLiteral(seen, out token);
            case (byte)'\r' or (byte)'\n':
                var length = seen[0] == '\n' ? 1 : 2;
                if (seen.Length < length)
                {
                    return false;
                }

                if (seen[length - 1] != '\n')
                {
                    throw new ConnectionFaultException("the server sent a bare carriage return");
                }

                Take(ImapTokenKind.EndOfLine, 0, 0, length, out token);
                EndLine();
                return true;
            default:
                return TryReadAtom(seen, out token);
        }
    }

    private bool TryReadAtom(ReadOnlySpan<byte> seen, out ImapToken token)
    {
        token = default;
        var length = 0;
        while (true)
        {
            while (length < seen.Length && seen[length] is not ((byte)' ' or (byte)'(' or (byte)')' or (byte)'\r' or (byte)'\n' or (byte)'['))
            {
                length++;
            }

            if (length == seen.Length)
            {
                return false;
            }

            if (seen[length] != '[')
            {
                return Take(ImapTokenKind.Atom, 0, length, length, out token);
            }

            var close = seen[length..].IndexOf((byte)']');
            if (close < 0)
            {
                return false;
            }

            length += close + 1;
        }
    }

    private bool TryReadQuoted(ReadOnlySpan<byte> seen, out ImapToken token)
    {
        token = default;
        var escapes = 0;
        for (var i = 1; i < seen.Length; i++)
        {
            switch (seen[i])
            {
                case (byte)'\\' when i + 1 < seen.Length:
                    i++;
                    escapes++;
                    break;
                case (byte)'\r' or (byte)'\n':
                    throw new ConnectionFaultException("the server ended a line inside a quoted string");
                case (byte)'"':
                    if (escapes == 0)
                    {
                        return Take(ImapTokenKind.Quoted, 1, i - 1, i + 1, out token);
                    }

                    var plain = Unescape(seen[1..i], escapes);
                    Consume(i + 1);
                    AtLineStart = false;
                    token = new ImapToken(ImapTokenKind.Quoted, plain);
                    return true;
            }
        }

        return false;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> quoted, int escapes)
    {
        var plain = new byte[quoted.Length - escapes];
        for (int from = 0, to = 0; to < plain.Length; from++, to++)
        {
            plain[to] = quoted[from] == '\\' ? quoted[++from] : quoted[from];
        }

        return plain;
    }

    private bool TryReadLiteral(ReadOnlySpan<byte> seen, out ImapToken token)
    {
        token = default;
        var end = seen.IndexOf((byte)'\n');
        if (end < 0)
        {
            return false;
        }

        var open = seen[0] == '~' ? 1 : 0;
        var digits = seen[open..(seen[end - 1] == '\r' ? end - 1 : end)];
        if (digits.Length < 3 || digits[0] != '{' || digits[^1] != '}')
        {
            // A word may begin with a tilde or a brace where the server is careless.
            return TryReadAtom(seen, out token);
        }

        digits = digits[^2] == '+' ? digits[1..^2] : digits[1..^1];
        if (!Utf8Parser.TryParse(digits, out long length, out var used) || used != digits.Length || length is < 0 or > MaxLiteralBytes)
        {
            throw new ConnectionFaultException("the server announced a literal of impossible size");
        }

        Take(ImapTokenKind.Literal, 0, 0, end + 1, out _);
        token = new ImapToken(ImapTokenKind.Literal, default, length);
        return true;
    }

    private bool Take(ImapTokenKind kind, int offset, int length, int consumed, out ImapToken token)
    {
        token = new ImapToken(kind, input.Buffered.Slice(offset, length));
        Consume(consumed);
        AtLineStart = false;
        return true;
    }

    private void Consume(int count)
    {
        input.Consume(count);
        lineBytes += count;
        if (lineBytes > MaxLineBytes)
        {
            throw new ConnectionFaultException($"the server sent a response longer than {MaxLineBytes} bytes");
        }
    }

    private void EndLine()
    {
        AtLineStart = true;
        nesting = 0;
        lineBytes = 0;
    }
}
