using MailIntake.Mail.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Intake.Filing;

/// <summary>Is told of delivery reports, so that nothing more is written to dead addresses.</summary>
internal interface IBounceSink
{
    /// <summary>Takes a report down in the filing transaction: changes rows of <paramref name="database"/>, saves nothing. Gives the letter it speaks of; null where it is none of ours.</summary>
    Task<OutboxRow?> HandleAsync(IntakeDatabase database, DeliveryReport report, CancellationToken cancellation);
}
