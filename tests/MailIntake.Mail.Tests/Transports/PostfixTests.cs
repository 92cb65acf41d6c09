using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Tests.Transports;

/// <summary>Our own SMTP client against Postfix.</summary>
public sealed class PostfixTests : TransportContract
{
    /// <inheritdoc/>
    protected override IMailTransport Make(SmtpSettings settings) => new SmtpTransport(settings, TimeProvider.System);
}
