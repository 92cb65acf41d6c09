using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>UID FETCH 1:* (UID): the list of UIDs from a server whose search fails or forgets.</summary>
internal sealed class UidListCommand : ImapCommand
{
    public override string Name => "UID FETCH";

    /// <summary>As they came.</summary>
    public List<uint> Uids { get; } = [];

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("FETCH").Atom("1:*").Atom("(UID)");

    public override async ValueTask ReadAsync(UntaggedData data, ImapReader reader, CancellationToken cancellation)
    {
        if (!data.Is("FETCH") || (await reader.ReadAsync(cancellation).ConfigureAwait(false)).Kind != ImapTokenKind.Open)
        {
            return;
        }

        ImapToken token;
        while ((token = await reader.ReadAsync(cancellation).ConfigureAwait(false)).Kind == ImapTokenKind.Atom)
        {
            var isUid = token.Is("UID");
            token = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (isUid && token.TryGetNumber(out var uid))
            {
                Uids.Add(uid);
            }

            await reader.SkipAsync(token, cancellation).ConfigureAwait(false);
        }
    }
}
