using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID FETCH of a piece of one message (RFC 3501 section 6.4.5, <c>BODY[]&lt;offset.count&gt;</c>) without setting \Seen.</summary>
internal sealed class UidFetchPieceCommand(uint uid, long offset, int count) : ImapCommand
{
    public override string Name => "UID FETCH";

    /// <summary>What came: fewer bytes than asked for at the message's end; null where the message is gone.</summary>
    public byte[]? Piece { get; private set; }

    public override void Write(ImapWriter writer) =>
        writer.Atom("UID").Atom("FETCH").Number(uid).Atom(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"(UID BODY.PEEK[]<{offset}.{count}>)"));

    public override async ValueTask ReadAsync(UntaggedData data, ImapReader reader, CancellationToken cancellation)
    {
        if (!data.Is("FETCH") || (await reader.ReadAsync(cancellation).ConfigureAwait(false)).Kind != ImapTokenKind.Open)
        {
            return;
        }

        uint? named = null;
        byte[]? piece = null;
        ImapToken token;
        while ((token = await reader.ReadAsync(cancellation).ConfigureAwait(false)).Kind == ImapTokenKind.Atom)
        {
            var isBody = token.ToString().StartsWith("BODY[]", StringComparison.OrdinalIgnoreCase);
            var isUid = token.Is("UID");
            token = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (isUid && token.TryGetNumber(out var number))
            {
                named = number;
            }
            else if (isBody && token.Kind == ImapTokenKind.Literal && token.Length <= count)
            {
                piece = await ReadAsync(reader, (int)token.Length, cancellation).ConfigureAwait(false);
            }
            else
            {
                await reader.SkipAsync(token, cancellation).ConfigureAwait(false);
            }
        }

        Piece = named == uid ? piece : Piece;
    }

    private static async ValueTask<byte[]> ReadAsync(ImapReader reader, int length, CancellationToken cancellation)
    {
        var piece = new byte[length];
        for (var done = 0; done < length;)
        {
            done += await reader.ReadLiteralAsync(piece.AsMemory(done, Math.Min(length - done, LiteralStream.BytesPerStep)), cancellation).ConfigureAwait(false);
            reader.NewStep();
        }

        return piece;
    }
}
