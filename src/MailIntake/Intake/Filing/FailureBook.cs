using MailIntake.Domain.Completeness;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>Takes down mails whose processing failed: tried again with a growing pause, then held for staff.</summary>
internal sealed class FailureBook(
    IDbContextFactory<IntakeDatabase> databases, ProcessingOptions options, IClock clock, ILogger<FailureBook> logger)
{
    private const int LongestError = 500;

    /// <summary>Takes one down.</summary>
    public async Task<IntakeCounts> RecordAsync(long id, Exception error, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Messages.FindAsync([id], cancellation) is not { } message)
        {
            return IntakeCounts.None;
        }

        var now = Instants.Storable(clock.GetCurrentInstant());
        var said = $"{error.GetType().Name}: {error.Message}";
        message.Attempts++;
        message.LastError = new string([.. said.Where(c => !char.IsControl(c)).Take(LongestError)]);
        if (message.Attempts < options.MaxAttempts)
        {
            message.State = MessageState.Failed;
            message.NextAttemptAt = now + Pause(message.Attempts);
            await database.SaveChangesAsync(cancellation);
            logger.LogWarning(error, "Mail {Id} failed ({Attempts} of {Max}); next try at {Next}", id, message.Attempts, options.MaxAttempts, message.NextAttemptAt);
            return IntakeCounts.None with { Failed = 1 };
        }

        Hold(message, now);
        await database.SaveChangesAsync(cancellation);
        logger.LogError(error, "Mail {Id} failed {Attempts} times and waits for staff", id, message.Attempts);
        return IntakeCounts.None with { Held = 1 };
    }

    /// <summary>Holds one at once, whatever was tried before.</summary>
    public async Task<IntakeCounts> HoldAsync(long id, string why, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Messages.FindAsync([id], cancellation) is not { } message)
        {
            return IntakeCounts.None;
        }

        message.LastError = why;
        Hold(message, Instants.Storable(clock.GetCurrentInstant()));
        await database.SaveChangesAsync(cancellation);
        logger.LogError("Mail {Id} waits for staff: {Why}", id, why);
        return IntakeCounts.None with { Held = 1 };
    }

    private static void Hold(MessageRow message, Instant now)
    {
        const string Sentence = "邮件多次处理失败，无法读取，请工作人员查看原件";
        message.State = MessageState.Held;
        message.NextAttemptAt = null;
        message.ProcessedAt = now;
        message.BecauseJson = new Because([HeldReasons.Unreadable], Sentence).ToJson();
        message.FindingsJson = FindingsJson.Write([new Finding(FindingCodes.Unreadable, Severity.Warning, Sentence)]);
    }

    /// <summary>1, 4, 16… minutes, at most a day.</summary>
    private static Duration Pause(int attempts) =>
        Duration.Min(Duration.FromMinutes(Math.Pow(4, attempts - 1)), Duration.FromDays(1));
}
