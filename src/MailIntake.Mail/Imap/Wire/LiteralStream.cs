using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A literal's bytes straight from the connection; asynchronous reading only.</summary>
internal sealed class LiteralStream(ImapReader reader, long length) : Stream
{
    /// <summary>Bytes that must come within one time limit: at 60 seconds about 1 KiB a second.</summary>
    public const int BytesPerStep = 64 * 1024;

    private long position;
    private int sinceStep;

    /// <summary>Bytes still to come.</summary>
    public long Remaining => length - position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="MailboxException">The connection was lost on the way.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Remaining == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var wanted = buffer.Length > Remaining ? buffer[..(int)Remaining] : buffer;
        int count;
        try
        {
            count = await reader.ReadLiteralAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionFaultException e)
        {
            throw new MailboxException(MailboxRemedy.Reconnect, $"A message broke off: {e.Message}", e);
        }

        position += count;
        sinceStep += count;
        if (sinceStep >= BytesPerStep || Remaining == 0)
        {
            reader.NewStep();
            sinceStep = 0;
        }

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
