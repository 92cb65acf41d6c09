using System.Globalization;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Brings messages of one folder, a command for as many as one set holds, each sent when the last message of the one before begins to come;
/// and goes on where a connection is lost on the way. For one call.
/// </summary>
internal sealed class ImapDownload : IDisposable
{
    private readonly ImapKeeper keeper;
    private readonly FolderListing listing;
    private readonly long maxMessageBytes;
    private readonly Arrivals arrivals;
    private readonly MessagePieces pieces;
    private readonly UidSet.Part[] parts;
    private readonly CancellationToken cancellation;
    private UidFetchCommand? ahead;

    public ImapDownload(
        ImapKeeper keeper,
        long maxMessageBytes,
        FolderListing listing,
        IReadOnlyList<uint> uids,
        Func<FetchedMessage, CancellationToken, Task> receive,
        CancellationToken cancellation)
    {
        this.keeper = keeper;
        this.listing = listing;
        this.maxMessageBytes = maxMessageBytes;
        this.cancellation = cancellation;
        parts = [.. UidSet.Split(uids, listing.Uids)];
        arrivals = new Arrivals(UidList.Rising([.. uids]), receive, cancellation);
        pieces = new MessagePieces(() => keeper.OpenSession(cancellation), keeper.WireName(listing.Folder.Name), listing.UidValidity);
    }

    /// <summary>Hands each message on; true when it has.</summary>
    /// <exception cref="MailboxException">The server does not give some of them (skip), or the connection is lost (reconnect).</exception>
    public bool Run()
    {
        var missed = new List<uint>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (Fetch(parts[i], next: i + 1) is { Ok: false })
            {
                missed.AddRange(Left(parts[i]));
            }
        }

        // One message that the server cannot give must not keep the others back.
        var refused = new List<string>();
        var reason = "";
        foreach (var uid in missed)
        {
            if (Fetch(UidSet.Split([uid], listing.Uids).Single(), next: parts.Length) is { Ok: false } answer)
            {
                refused.Add(uid.ToString(CultureInfo.InvariantCulture));
                reason = answer.Text;
            }
        }

        return refused.Count == 0
            ? true
            : throw new MailboxException(
                MailboxRemedy.Skip, $"{keeper.Name}: the server does not give the messages {string.Join(", ", refused)} of {listing.Folder.Name}: {reason}");
    }

    public void Dispose() => pieces.Dispose();

    private uint[] Left(UidSet.Part part) => arrivals.Outstanding.Left(part.Uids[0], part.Uids[^1]);

    /// <returns>The server's last word; null where the connection was lost before it, after the last message.</returns>
    private ResponseText? Fetch(UidSet.Part part, int next)
    {
        while (true)
        {
            try
            {
                return keeper.RepeatOnce(RunOnce, cancellation, unless: () => arrivals.IsReceiving || pieces.IsOpen);
            }
            catch (Exception e) when (e is ConnectionFaultException or MailboxException { Remedy: MailboxRemedy.Reconnect } && !arrivals.IsReceiving && pieces.Take() is { } other)
            {
                // A message was finished over another connection; the rest goes on there.
                keeper.Replace(other);
            }
        }

        ResponseText? RunOnce()
        {
            var command = ahead;
            ahead = null;
            if (command is null || !keeper.Session.Connection.IsAhead(command))
            {
                var left = Left(part);
                if (left.Length == 0)
                {
                    return null;
                }

                keeper.OpenListed(listing, writable: false);
                command = Make(left.Length == part.Uids.Length ? part : UidSet.Split(left, listing.Uids, int.MaxValue).Single(), next);
            }

            return keeper.Session.Connection.Run(command);
        }
    }

    private UidFetchCommand Make(UidSet.Part part, int next) =>
        new(part, maxMessageBytes, pieces, arrivals, next < parts.Length ? () => SendAhead(next) : null);

    private void SendAhead(int index)
    {
        var command = Make(parts[index], index + 1);
        ahead = keeper.Session.Connection.SendAhead(command) ? command : null;
    }
}
