using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>Brings messages of one folder, a command for as many as one set holds, and goes on where a connection is lost on the way.</summary>
internal sealed class ImapDownload(
    ImapKeeper keeper, long maxMessageBytes, FolderListing listing, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
{
    /// <summary>Hands each message on; true when it has.</summary>
    /// <exception cref="MailboxException">The server does not give some of them (skip), or the connection is lost (reconnect).</exception>
    public bool Run(IReadOnlyList<uint> uids)
    {
        var refused = new List<string>();
        var reason = "";
        foreach (var part in UidSet.Split(uids, listing.Uids))
        {
            var command = Fetch(part);
            if (command.Outstanding.Count == 0 || command.Completion is { Ok: true })
            {
                continue;
            }

            // One message that the server cannot give must not keep the others back.
            foreach (var uid in command.Outstanding.Left())
            {
                var single = Fetch(UidSet.Split([uid], listing.Uids).Single());
                if (single.Completion is { Ok: false } answer)
                {
                    refused.Add(uid.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    reason = answer.Text;
                }
            }
        }

        if (refused.Count > 0)
        {
            throw new MailboxException(
                MailboxRemedy.Skip, $"{keeper.Name}: the server does not give the messages {string.Join(", ", refused)} of {listing.Folder.Name}: {reason}");
        }

        return true;
    }

    private UidFetchCommand Fetch(UidSet.Part part)
    {
        using var pieces = new MessagePieces(() => keeper.OpenSession(cancellation), keeper.WireName(listing.Folder.Name), listing.UidValidity);
        var command = new UidFetchCommand(part, maxMessageBytes, pieces, receive, cancellation);
        while (true)
        {
            try
            {
                return keeper.RepeatOnce(() => RunOnce(), cancellation, unless: () => command.IsReceiving || pieces.IsOpen);
            }
            catch (Exception e) when (e is ConnectionFaultException or MailboxException { Remedy: MailboxRemedy.Reconnect } && !command.IsReceiving && pieces.Take() is { } other)
            {
                // A message was finished over another connection; the rest goes on there.
                keeper.Replace(other);
            }
        }

        UidFetchCommand RunOnce()
        {
            if (command.Outstanding.Count == 0)
            {
                // The connection was lost after the last message; only the server's last word is missing.
                return command;
            }

            var connection = keeper.OpenListed(listing, writable: false).Connection;
            if (command.Outstanding.Count < part.Uids.Length)
            {
                var rest = UidSet.Split(command.Outstanding.Left(), listing.Uids, int.MaxValue).Single();
                command = new UidFetchCommand(rest, maxMessageBytes, pieces, receive, cancellation);
            }

            connection.Run(command);
            return command;
        }
    }
}
