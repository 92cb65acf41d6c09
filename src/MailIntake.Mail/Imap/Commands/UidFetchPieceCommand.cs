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

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (!data.Is("FETCH") || reader.Read().Kind != ImapTokenKind.Open)
        {
            return;
        }

        uint? named = null;
        byte[]? piece = null;
        ImapToken token;
        while ((token = reader.Read()).Kind == ImapTokenKind.Atom)
        {
            var isBody = token.ToString().StartsWith("BODY[]", StringComparison.OrdinalIgnoreCase);
            var isUid = token.Is("UID");
            token = reader.Read();
            if (isUid && token.TryGetNumber(out var number))
            {
                named = number;
            }
            else if (isBody && token.Kind == ImapTokenKind.Literal && token.Length <= count)
            {
                piece = Read(reader, (int)token.Length);
            }
            else
            {
                reader.Skip(token);
            }
        }

        Piece = named == uid ? piece : Piece;
    }

    private static byte[] Read(ImapReader reader, int length)
    {
        var piece = new byte[length];
        for (int done = 0, sinceStep = 0; done < length;)
        {
            var count = reader.ReadLiteral(piece.AsSpan(done));
            done += count;
            sinceStep += count;
            if (sinceStep >= LiteralStream.BytesPerStep || done == length)
            {
                reader.NewStep();
                sinceStep = 0;
            }
        }

        return piece;
    }
}
