using System.Buffers;
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

    private int _nesting;
    private long _lineBytes;

    /// <summary>Nothing of a response has been read since the last one ended.</summary>
    public bool AtLineStart { get; private set; } = true;

    /// <summary>How deep in parentheses the reader is.</summary>
    public int Nesting => _nesting;

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
            var outside = _nesting - 1;
            while (_nesting > outside && !AtLineStart)
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
        var seen = input.Buffered;
        var spaces = seen.IndexOfAnyExcept((byte)' ');
        Consume(spaces < 0 ? seen.Length : spaces);
        if (spaces < 0 || !ImapLexer.TryRead(seen[spaces..], out token, out var length))
        {
            token = default;
            return false;
        }

        Consume(length);
        AtLineStart = false;
        switch (token.Kind)
        {
            case ImapTokenKind.Open when ++_nesting > MaxNesting:
                throw new ConnectionFaultException($"the server nested lists deeper than {MaxNesting}");
            case ImapTokenKind.Close:
                _nesting = Math.Max(0, _nesting - 1);
                break;
            case ImapTokenKind.EndOfLine:
                EndLine();
                break;
        }

        return true;
    }

    private void Consume(int count)
    {
        input.Consume(count);
        _lineBytes += count;
        if (_lineBytes > MaxLineBytes)
        {
            throw new ConnectionFaultException($"the server sent a response longer than {MaxLineBytes} bytes");
        }
    }

    private void EndLine()
    {
        AtLineStart = true;
        _nesting = 0;
        _lineBytes = 0;
    }
}
