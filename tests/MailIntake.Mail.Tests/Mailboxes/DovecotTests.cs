using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Tests.Mailboxes;

/// <summary>Our own IMAP client against Dovecot.</summary>
public sealed class DovecotTests : MailboxContract
{
    /// <inheritdoc/>
    protected override IMailbox Make(ImapSettings settings) => new ImapMailbox(settings, TimeProvider.System);
}
