using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>
/// UID FETCH of whole messages (RFC 3501 section 6.4.5) without setting \Seen. The structure is read from the bytes later:
/// NetEase's BODYSTRUCTURE may hold unescaped quotes.
/// Each message is handed on once, as it streams in; what was not asked for is dropped.
/// </summary>
internal sealed class UidFetchCommand(
    UidSet.Part part, long maxMessageBytes, MessagePieces pieces, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation) : ImapCommand
{
    public override string Name => "UID FETCH";

    /// <summary>Asked for and not yet received.</summary>
    public UidWindow Outstanding { get; } = new(part.Uids);

    /// <summary>The receiver has a message in hand: a fault now leaves it half read.</summary>
    public bool IsReceiving { get; private set; }

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

            if (spooled is not null && uid is { } late && Outstanding.Contains(late))
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
        if (token.IsNil || !Outstanding.Contains(uid))
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
        IsReceiving = true;

        // A receiver that goes on elsewhere is waited for: the next message comes behind this one.
        receive(message, cancellation).GetAwaiter().GetResult();
        Outstanding.Remove(message.Uid);
        IsReceiving = false;
    }
}
