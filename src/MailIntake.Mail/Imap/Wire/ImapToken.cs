using System.Buffers.Text;
using System.Text;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>What a token is.</summary>
internal enum ImapTokenKind
{
    /// <summary>A word, number or NIL; a section belongs to it: <c>BODY[HEADER]&lt;0&gt;</c>.</summary>
    Atom,

    /// <summary>A quoted string, its quotes and escapes gone.</summary>
    Quoted,

    /// <summary>The announcement of a literal; its <see cref="ImapToken.Length"/> bytes are to be read next.</summary>
    Literal,

    /// <summary>Opening parenthesis.</summary>
    Open,

    /// <summary>Closing parenthesis.</summary>
    Close,

    /// <summary>The end of the response.</summary>
    EndOfLine,
}

/// <summary>One token of a response (RFC 3501 section 9). Its bytes are valid until the next read.</summary>
internal readonly ref struct ImapToken(ImapTokenKind kind, ReadOnlySpan<byte> bytes, long length = 0)
{
    public ImapTokenKind Kind { get; } = kind;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Bytes of a literal.</summary>
    public long Length { get; } = length;

    public bool IsNil => Kind == ImapTokenKind.Atom && Is("NIL");

    /// <summary>Whether it is this word, whatever the case.</summary>
    public bool Is(string word) => Ascii.EqualsIgnoreCase(Bytes, word);

    public bool TryGetNumber(out uint number) =>
        Utf8Parser.TryParse(Bytes, out number, out var used) && used == Bytes.Length && Kind == ImapTokenKind.Atom;

    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
