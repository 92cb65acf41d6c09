using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Tests.Messages;

/// <summary>Our own reader.</summary>
public sealed class OwnReaderTests : MessageReaderContract
{
    /// <inheritdoc/>
    protected override IMessageReader Reader { get; } = new MimeMessageReader();
}
