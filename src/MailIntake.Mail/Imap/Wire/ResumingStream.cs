using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A message's bytes: from the connection that was asked for it, and where that is lost on the way, the rest from another.</summary>
internal sealed class ResumingStream(LiteralStream first, uint uid, MessagePieces pieces) : MessageStream(first.Length)
{
    private MailboxException? _lost;
    private ReadOnlyMemory<byte> _piece;

    /// <exception cref="MailboxException">The connection was lost on the way, and no other goes on.</exception>
    protected override int Receive(Span<byte> target)
    {
        if (_lost is null)
        {
            try
            {
                return first.Read(target);
            }
            catch (MailboxException e) when (e.Remedy == MailboxRemedy.Reconnect && Position >= MessagePieces.WorthResuming)
            {
                _lost = e;
            }
        }

        if (_piece.IsEmpty)
        {
            _piece = pieces.Next(uid, Position, Remaining, _lost);
        }

        var count = Math.Min(target.Length, _piece.Length);
        _piece.Span[..count].CopyTo(target);
        _piece = _piece[count..];
        return count;
    }
}
