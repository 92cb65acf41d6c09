using MailIntake.Mail.Reading;
using MailIntake.Storage.Database;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>Is told of delivery reports, so that nothing more is written to dead addresses.</summary>
internal interface IBounceSink
{
    /// <summary>Takes a report down in the filing transaction: changes rows of <paramref name="database"/>, saves nothing.</summary>
    Task TakeAsync(IntakeDatabase database, DeliveryReport report, Instant now, CancellationToken cancellation);
}
