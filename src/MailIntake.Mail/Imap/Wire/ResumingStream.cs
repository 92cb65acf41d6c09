using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A message's bytes: from the connection that was asked for it, and where that is lost on the way, the rest from another.</summary>
internal sealed class ResumingStream(LiteralStream first, uint uid, MessagePieces pieces) : Stream
{
    private MailboxException? lost;
    private ReadOnlyMemory<byte> piece;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => first.Length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="MailboxException">The connection was lost on the way, and no other goes on.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position == Length || buffer.IsEmpty)
        {
            return 0;
        }

        if (lost is null)
        {
            try
            {
                var read = await first.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                position += read;
                return read;
            }
            catch (MailboxException e) when (e.Remedy == MailboxRemedy.Reconnect && position >= MessagePieces.WorthResuming)
            {
                lost = e;
            }
        }

        if (piece.IsEmpty)
        {
            piece = await pieces.NextAsync(uid, position, Length - position, lost, cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, piece.Length);
        piece[..count].CopyTo(buffer);
        piece = piece[count..];
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A message is read from the network asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
