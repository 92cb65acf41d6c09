using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>
/// UID FETCH of whole messages (RFC 3501 section 6.4.5) without setting \Seen. The structure is read from the bytes later:
/// NetEase's BODYSTRUCTURE may hold unescaped quotes.
/// Each message is handed on once, as it streams in; what was not asked for is dropped.
/// </summary>
/// <param name="part">What is asked for.</param>
/// <param name="maxMessageBytes">Of a larger message only the head is handed on.</param>
/// <param name="pieces">Goes on with a message whose connection is lost.</param>
/// <param name="arrivals">Where messages are handed on to; it may wait for others too.</param>
/// <param name="lastBegins">Called once, when the last of what is asked for begins to come; null for nothing to do then.</param>
internal sealed class UidFetchCommand(UidSet.Part part, long maxMessageBytes, MessagePieces pieces, Arrivals arrivals, Action? lastBegins) : ImapCommand
{
    private int _toCome = part.Uids.Length;

    public override string Name => "UID FETCH";

    public override void Write(ImapWriter writer) =>
        writer.Atom("UID").Atom("FETCH").Atom(part.Set).Atom("(UID").Atom("INTERNALDATE").Atom("BODY.PEEK[])");

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (!data.Is("FETCH") || reader.Read().Kind != ImapTokenKind.Open)
        {
            return;
        }

        uint? uid = null;
        DateTimeOffset? date = null;
        var dated = false;
        SpooledLiteral? spooled = null;
        try
        {
            ImapToken token;
            while ((token = reader.Read()).Kind == ImapTokenKind.Atom)
            {
                if (token.Is("UID"))
                {
                    token = reader.Read();
                    uid = token.TryGetNumber(out var number) ? number : uid;
                }
                else if (token.Is("INTERNALDATE"))
                {
                    token = reader.Read();
                    date = token.Kind == ImapTokenKind.Quoted ? ImapDate.Parse(token.Bytes) : DateOf(reader.TextOf(token));
                    dated = true;
                }
                else if (!token.Is("BODY[]"))
                {
                    reader.Skip(reader.Read());
                }
                else if (uid is { } known && dated)
                {
                    ReadBody(known, date, reader);
                }
                else
                {
                    // Items may come in any order (RFC 3501 section 7.4.2); who the message is must be known before it is handed on.
                    spooled?.Dispose();
                    spooled = SpooledLiteral.Read(reader, maxMessageBytes);
                }
            }

            if (spooled is not null && uid is { } late && arrivals.Outstanding.Contains(late))
            {
                HandOn(new FetchedMessage(late, date, spooled.Length, spooled.Content) { TooLarge = spooled.TooLarge });
            }
        }
        finally
        {
            spooled?.Dispose();
        }
    }

    private static DateTimeOffset? DateOf(string? text) => text is null ? null : ImapDate.Parse(System.Text.Encoding.UTF8.GetBytes(text));

    private void ReadBody(uint uid, DateTimeOffset? date, ImapReader reader)
    {
        var token = reader.Read();
        if (token.IsNil || !arrivals.Outstanding.Contains(uid))
        {
            reader.Skip(token);
        }
        else if (token.Kind == ImapTokenKind.Literal)
        {
            var length = token.Length;
            var tooLarge = length > maxMessageBytes;
            var handedOn = tooLarge ? Math.Min(length, FetchedMessage.HeadBytes) : length;
            using var literal = new LiteralStream(reader, handedOn);
            using var whole = new ResumingStream(literal, uid, pieces);
            HandOn(new FetchedMessage(uid, date, length, whole) { TooLarge = tooLarge });
            reader.Drain(length - handedOn + literal.Remaining);
        }
        else if (token.Kind is ImapTokenKind.Quoted or ImapTokenKind.Atom)
        {
            using var content = new MemoryStream(token.Bytes.ToArray(), writable: false);
            HandOn(new FetchedMessage(uid, date, content.Length, content));
        }
        else
        {
            throw new ConnectionFaultException("the server sent a message that is no string");
        }
    }

    private void HandOn(FetchedMessage message)
    {
        // With its last message on the way the server writes nothing else into it, so what is asked next is answered behind it.
        if (message.Uid >= part.Uids[0] && message.Uid <= part.Uids[^1] && --_toCome == 0)
        {
            lastBegins?.Invoke();
        }

        arrivals.HandOn(message);
    }
}
