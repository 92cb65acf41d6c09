using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Goes on with a message whose connection was lost in its middle: a new connection, the same folder, and the rest in pieces. A server that cuts
/// every connection after some minutes would otherwise never give a large message at all.
/// </summary>
internal sealed class MessagePieces(Func<ImapSession> connect, string wireName, uint uidValidity) : IDisposable
{
    /// <summary>Bytes that must have come before it is worth to go on instead of beginning again.</summary>
    public const int WorthResuming = 256 * 1024;

    private const int PieceBytes = 512 * 1024;

    /// <summary>Connections that may be lost in a row without a piece between them.</summary>
    private const int MostLosses = 3;

    private ImapSession? _session;

    /// <summary>A message was finished over a connection of its own, which can go on.</summary>
    public bool IsOpen => _session is { Connection.IsBroken: false };

    /// <summary>The next bytes of a message; never none.</summary>
    /// <param name="uid">The message.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="remaining">How many are missing.</param>
    /// <param name="lost">The loss that is told where it does not go on.</param>
    /// <exception cref="MailboxException"><paramref name="lost"/>, or a login that is refused.</exception>
    public byte[] Next(uint uid, long offset, long remaining, MailboxException lost)
    {
        for (var losses = 0; losses < MostLosses; losses++)
        {
            try
            {
                _session ??= Open(lost);
                var command = new UidFetchPieceCommand(uid, offset, (int)Math.Min(remaining, PieceBytes));
                var answer = _session.Connection.Run(command);
                return answer.Ok && command.Piece is { Length: > 0 } piece ? piece : throw lost;
            }
            catch (ConnectionFaultException)
            {
                Dispose();
            }
        }

        throw lost;
    }

    /// <summary>Hands the connection over to whoever goes on with the rest of the folder; null where none was made or it is lost.</summary>
    public ImapSession? Take()
    {
        if (!IsOpen)
        {
            return null;
        }

        var kept = _session;
        _session = null;
        return kept;
    }

    public void Dispose()
    {
        if (_session is { } old)
        {
            _session = null;
            old.Dispose();
        }
    }

    private ImapSession Open(MailboxException lost)
    {
        var opened = connect();
        try
        {
            var folder = opened.RunIdentified(() => new OpenFolderCommand(wireName, writable: false));
            if (folder.Completion is not { Ok: true } || folder.UidValidity != uidValidity)
            {
                // The UID may be another message by now.
                throw lost;
            }

            opened.Connection.Selected = (wireName, false);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
