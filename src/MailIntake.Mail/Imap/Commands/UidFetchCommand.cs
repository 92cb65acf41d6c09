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
    string set, IEnumerable<uint> uids, long maxMessageBytes, MessagePieces pieces, Func<FetchedMessage, CancellationToken, Task> receive) : ImapCommand
{
    private readonly HashSet<uint> outstanding = [.. uids];

    public override string Name => "UID FETCH";

    /// <summary>Asked for and not yet received.</summary>
    public IReadOnlySet<uint> Outstanding => outstanding;

    /// <summary>The receiver has a message in hand: a fault now leaves it half read.</summary>
    public bool IsReceiving { get; private set; }

    public override void Write(ImapWriter writer) =>
        writer.Atom("UID").Atom("FETCH").Atom(set).Atom("(UID").Atom("INTERNALDATE").Atom("RFC822.SIZE").Atom("BODY.PEEK[])");

    public override async ValueTask ReadAsync(UntaggedData data, ImapReader reader, CancellationToken cancellation)
    {
        if (!data.Is("FETCH") || (await reader.ReadAsync(cancellation).ConfigureAwait(false)).Kind != ImapTokenKind.Open)
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
            while ((token = await reader.ReadAsync(cancellation).ConfigureAwait(false)).Kind == ImapTokenKind.Atom)
            {
                if (token.Is("UID"))
                {
                    token = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                    uid = token.TryGetNumber(out var number) ? number : uid;
                }
                else if (token.Is("INTERNALDATE"))
                {
                    date = await reader.ReadStringAsync(cancellation).ConfigureAwait(false) is { } text ? ImapDate.Parse(text) : null;
                    dated = true;
                }
                else if (!token.Is("BODY[]"))
                {
                    await reader.SkipAsync(await reader.ReadAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
                }
                else if (uid is { } known && dated)
                {
                    await ReadBodyAsync(known, date, reader, cancellation).ConfigureAwait(false);
                }
                else
                {
                    // Items may come in any order (RFC 3501 section 7.4.2); who the message is must be known before it is handed on.
                    spooled = await SpooledLiteral.ReadAsync(reader, maxMessageBytes, cancellation).ConfigureAwait(false);
                }
            }

            if (spooled is not null && uid is { } late && outstanding.Contains(late))
            {
                await HandOnAsync(new FetchedMessage(late, date, spooled.Length, spooled.Content) { TooLarge = spooled.TooLarge }, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (spooled is not null)
            {
                await spooled.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ReadBodyAsync(uint uid, DateTimeOffset? date, ImapReader reader, CancellationToken cancellation)
    {
        var token = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        if (token.IsNil || !outstanding.Contains(uid))
        {
            await reader.SkipAsync(token, cancellation).ConfigureAwait(false);
        }
        else if (token.Kind == ImapTokenKind.Literal)
        {
            var tooLarge = token.Length > maxMessageBytes;
            var handedOn = tooLarge ? Math.Min(token.Length, FetchedMessage.HeadBytes) : token.Length;
            await using var literal = new LiteralStream(reader, handedOn);
            await using var whole = new ResumingStream(literal, uid, pieces);
            await HandOnAsync(new FetchedMessage(uid, date, token.Length, whole) { TooLarge = tooLarge }, cancellation).ConfigureAwait(false);
            await reader.DrainAsync(token.Length - handedOn + literal.Remaining, cancellation).ConfigureAwait(false);
        }
        else if (token.Kind is ImapTokenKind.Quoted or ImapTokenKind.Atom)
        {
            using var content = new MemoryStream(token.Bytes.ToArray(), writable: false);
            await HandOnAsync(new FetchedMessage(uid, date, content.Length, content), cancellation).ConfigureAwait(false);
        }
        else
        {
            throw new ConnectionFaultException("the server sent a message that is no string");
        }
    }

    private async Task HandOnAsync(FetchedMessage message, CancellationToken cancellation)
    {
        IsReceiving = true;
        await receive(message, cancellation).ConfigureAwait(false);
        outstanding.Remove(message.Uid);
        IsReceiving = false;
    }
}
