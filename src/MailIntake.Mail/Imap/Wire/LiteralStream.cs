using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A literal's bytes straight from the connection.</summary>
internal sealed class LiteralStream(ImapReader reader, long length) : MessageStream(length)
{
    /// <summary>Bytes that must come within one time limit: at 60 seconds about 1 KiB a second.</summary>
    public const int BytesPerStep = 64 * 1024;

    private int _sinceStep;

    /// <exception cref="MailboxException">The connection was lost on the way.</exception>
    protected override int Receive(Span<byte> target)
    {
        int count;
        try
        {
            count = reader.ReadLiteral(target);
        }
        catch (ConnectionFaultException e)
        {
            throw new MailboxException(MailboxRemedy.Reconnect, $"A message broke off: {e.Message}", e);
        }

        _sinceStep += count;
        if (_sinceStep >= BytesPerStep || Remaining == count)
        {
            reader.NewStep();
            _sinceStep = 0;
        }

        return count;
    }
}
