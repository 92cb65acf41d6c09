using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>The messages that one caller waits for: which are still to come, and that each is handed on once, whichever command brings it.</summary>
internal sealed class Arrivals(uint[] rising, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
{
    /// <summary>Asked for and not yet received.</summary>
    public UidWindow Outstanding { get; } = new(rising);

    /// <summary>The receiver has a message in hand: a fault now leaves it half read.</summary>
    public bool IsReceiving { get; private set; }

    public void HandOn(FetchedMessage message)
    {
        IsReceiving = true;

        // A receiver that goes on elsewhere is waited for: the next message comes behind this one.
        receive(message, cancellation).GetAwaiter().GetResult();
        Outstanding.Remove(message.Uid);
        IsReceiving = false;
    }
}
