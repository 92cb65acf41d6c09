using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A message's bytes: from the connection that was asked for it, and where that is lost on the way, the rest from another.</summary>
internal sealed class ResumingStream(LiteralStream first, uint uid, MessagePieces pieces) : MessageStream(first.Length)
{
    private MailboxException? lost;
    private ReadOnlyMemory<byte> piece;

    /// <exception cref="MailboxException">The connection was lost on the way, and no other goes on.</exception>
    protected override int Receive(Span<byte> target)
    {
        if (lost is null)
        {
            try
            {
                return first.Read(target);
            }
            catch (MailboxException e) when (e.Remedy == MailboxRemedy.Reconnect && Position >= MessagePieces.WorthResuming)
            {
                lost = e;
            }
        }

        if (piece.IsEmpty)
        {
            piece = pieces.Next(uid, Position, Remaining, lost);
        }

        var count = Math.Min(target.Length, piece.Length);
        piece.Span[..count].CopyTo(target);
        piece = piece[count..];
        return count;
    }
}
