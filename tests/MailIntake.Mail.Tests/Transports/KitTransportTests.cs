#if MAILKIT
using MailIntake.Kit;
using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Tests.Transports;

/// <summary>MailKit's SMTP client against Postfix, held to the same.</summary>
public sealed class KitTransportTests : TransportContract
{
    /// <inheritdoc/>
    protected override IMailTransport Make(SmtpSettings settings) => new KitTransport(settings, TimeProvider.System);
}
#endif
