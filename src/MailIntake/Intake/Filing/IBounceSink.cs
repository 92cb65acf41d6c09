using MailIntake.Mail.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>Is told of delivery reports, so that nothing more is written to dead addresses, and of the mails that show that one lives.</summary>
internal interface IBounceSink
{
    /// <summary>Takes a report down in the filing transaction: changes rows of <paramref name="database"/>, saves nothing. Gives the letter it speaks of; null where it is none of ours.</summary>
    Task<OutboxRow?> HandleAsync(IntakeDatabase database, DeliveryReport report, Instant cameAt, CancellationToken cancellation);

    /// <summary>Takes down that a good mail came from an address; changes rows of <paramref name="database"/>, saves nothing. Gives whether the address was dead and lives now.</summary>
    Task<bool> ReviveAsync(IntakeDatabase database, string address, Instant cameAt, CancellationToken cancellation);
}
