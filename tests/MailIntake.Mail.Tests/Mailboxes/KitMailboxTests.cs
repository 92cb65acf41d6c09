#if MAILKIT
using MailIntake.Kit;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Tests.Mailboxes;

/// <summary>MailKit's IMAP client against Dovecot, held to the same.</summary>
public sealed class KitMailboxTests : MailboxContract
{
    /// <inheritdoc/>
    protected override IMailbox Make(ImapSettings settings) => new KitMailbox(settings);
}
#endif
