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
    private readonly ImapKeeper _keeper;
    private readonly FolderListing _listing;
    private readonly long _maxMessageBytes;
    private readonly Arrivals _arrivals;
    private readonly MessagePieces _pieces;
    private readonly UidSet.Part[] _parts;
    private readonly CancellationToken _cancellation;
    private UidFetchCommand? _ahead;

    public ImapDownload(
        ImapKeeper keeper,
        long maxMessageBytes,
        FolderListing listing,
        IReadOnlyList<uint> uids,
        Func<FetchedMessage, CancellationToken, Task> receive,
        CancellationToken cancellation)
    {
        _keeper = keeper;
        _listing = listing;
        _maxMessageBytes = maxMessageBytes;
        _cancellation = cancellation;
        _parts = [.. UidSet.Split(uids, listing.Uids)];
        _arrivals = new Arrivals(UidList.Rising([.. uids]), receive, cancellation);
        _pieces = new MessagePieces(() => keeper.OpenSession(cancellation), keeper.WireName(listing.Folder.Name), listing.UidValidity);
    }

    /// <summary>Hands each message on; true when it has.</summary>
    /// <exception cref="MailboxException">The server does not give some of them (skip), or the connection is lost (reconnect).</exception>
    public bool Run()
    {
        var missed = new List<uint>();
        for (var i = 0; i < _parts.Length; i++)
        {
            if (Fetch(_parts[i], next: i + 1) is { Ok: false })
            {
                missed.AddRange(Left(_parts[i]));
            }
        }

        // One message that the server cannot give must not keep the others back.
        var refused = new List<string>();
        var reason = "";
        foreach (var uid in missed)
        {
            if (Fetch(UidSet.Split([uid], _listing.Uids).Single(), next: _parts.Length) is { Ok: false } answer)
            {
                refused.Add(uid.ToString(CultureInfo.InvariantCulture));
                reason = answer.Text;
            }
        }

        return refused.Count == 0
            ? true
            : throw new MailboxException(
                MailboxRemedy.Skip, $"{_keeper.Name}: the server does not give the messages {string.Join(", ", refused)} of {_listing.Folder.Name}: {reason}");
    }

    public void Dispose() => _pieces.Dispose();

    private uint[] Left(UidSet.Part part) => _arrivals.Outstanding.Left(part.Uids[0], part.Uids[^1]);

    /// <returns>The server's last word; null where the connection was lost before it, after the last message.</returns>
    private ResponseText? Fetch(UidSet.Part part, int next)
    {
        while (true)
        {
            try
            {
                return _keeper.RepeatOnce(RunOnce, _cancellation, unless: () => _arrivals.IsReceiving || _pieces.IsOpen);
            }
            catch (Exception e) when (e is ConnectionFaultException or MailboxException { Remedy: MailboxRemedy.Reconnect } && !_arrivals.IsReceiving && _pieces.Take() is { } other)
            {
                // A message was finished over another connection; the rest goes on there.
                _keeper.Replace(other);
            }
        }

        ResponseText? RunOnce()
        {
            var command = _ahead;
            _ahead = null;
            if (command is null || !_keeper.Session.Connection.IsAhead(command))
            {
                var left = Left(part);
                if (left.Length == 0)
                {
                    return null;
                }

                _keeper.OpenListed(_listing, writable: false);
                command = Make(left.Length == part.Uids.Length ? part : UidSet.Split(left, _listing.Uids, int.MaxValue).Single(), next);
            }

            return _keeper.Session.Connection.Run(command);
        }
    }

    private UidFetchCommand Make(UidSet.Part part, int next) =>
        new(part, _maxMessageBytes, _pieces, _arrivals, next < _parts.Length ? () => SendAhead(next) : null);

    private void SendAhead(int index)
    {
        var command = Make(_parts[index], index + 1);
        _ahead = _keeper.Session.Connection.SendAhead(command) ? command : null;
    }
}
