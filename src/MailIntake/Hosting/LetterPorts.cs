using MailIntake.Correspondence;
using MailIntake.Correspondence.Outbox;
using MailIntake.Intake.Filing;
using MailIntake.Intake.Matching;
using MailIntake.Mail.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Hosting;

/// <summary>Intake asks for reply tokens; correspondence signs them.</summary>
internal sealed class SignedReplyTokens(ReplyTokens tokens) : IReplyTokens
{
    /// <inheritdoc/>
    public string? FindUnit(string text) => tokens.FindUnit(text);
}

/// <summary>Intake reads bounces; correspondence knows which letter they speak of.</summary>
internal sealed class BouncesToCorrespondence(BounceHandler handler) : IBounceSink
{
    /// <inheritdoc/>
    public Task<OutboxRow?> HandleAsync(IntakeDatabase database, DeliveryReport report, Instant cameAt, CancellationToken cancellation) =>
        handler.HandleAsync(database, report, cameAt, cancellation);

    /// <inheritdoc/>
    public Task<bool> ReviveAsync(IntakeDatabase database, string address, Instant cameAt, CancellationToken cancellation) =>
        DeadAddresses.ReviveAsync(database, address, cameAt, cancellation);
}
