using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID FETCH 1:* (UID): the list of UIDs from a server whose search fails or forgets.</summary>
internal sealed class UidListCommand : ImapCommand
{
    public override string Name => "UID FETCH";

    /// <summary>As they came.</summary>
    public UidList Uids { get; } = new();

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("FETCH").Atom("1:*").Atom("(UID)");

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (!data.Is("FETCH") || reader.Read().Kind != ImapTokenKind.Open)
        {
            return;
        }

        ImapToken token;
        while ((token = reader.Read()).Kind == ImapTokenKind.Atom)
        {
            var isUid = token.Is("UID");
            token = reader.Read();
            if (isUid && token.TryGetNumber(out var uid))
            {
                Uids.Add(uid);
            }

            reader.Skip(token);
        }
    }
}
