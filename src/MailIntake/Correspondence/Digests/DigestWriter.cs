using Microsoft.EntityFrameworkCore;

using NodaTime;
using NodaTime.Text;

using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Digests;

/// <summary>Puts the daily digest into the outbox, one row for each member of staff. May be called as often as one likes.</summary>
internal sealed class DigestWriter(
    IDbContextFactory<IntakeDatabase> databases,
    Campaign campaign,
    WorkCalendar calendar,
    ReplyTokens tokens,
    MailIdentity identity,
    ScheduleOptions schedules,
    IClock clock,
    ILogger<DigestWriter> log)
{
    /// <summary>Kind of the rows.</summary>
    public const string Kind = "digest";

    /// <summary>Digests go last.</summary>
    public const int Priority = 30;

    /// <summary>Plans today's digest where today is a workday, its hour has come, and it is not planned yet; gives the number of new rows.</summary>
    public async Task<int> WriteAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var local = now.InZone(campaign.Zone).LocalDateTime;
        if (campaign.Staff.Count == 0 || !calendar.IsWorkday(local.Date) || local.TimeOfDay < LocalTime.FromTimeOnly(schedules.DigestAt))
        {
            return 0;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var prefix = $"{Kind}:{campaign.Id}:";
        var earlier = await database.Outbox.AsNoTracking()
            .Where(r => r.Kind == Kind && r.Key.StartsWith(prefix))
            .Select(r => new { r.Key, r.CreatedAt }).ToListAsync(cancellation);
        var keys = earlier.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var today = $"{prefix}{LocalDatePattern.Iso.Format(local.Date)}:";
        var before = earlier.Where(r => !r.Key.StartsWith(today, StringComparison.Ordinal)).Select(r => (Instant?)r.CreatedAt).Max();
        // The first digest looks back one day.
        var payload = LetterJson.Write(new DigestPayload(local.Date, before ?? now - Duration.FromDays(1)));
        var rows = campaign.Staff
            .Select(address => (Address: address, Key: today + address.ToLowerInvariant()))
            .Where(p => !keys.Contains(p.Key))
            .DistinctBy(p => p.Key)
            .Select(p => new OutboxRow
            {
                Key = p.Key,
                Kind = Kind,
                Priority = Priority,
                Recipient = p.Address,
                MessageIdHeader = tokens.MessageIdFor(Kind, p.Key, identity.Domain),
                PayloadJson = payload,
                CreatedAt = now,
                State = OutboxState.Pending,
            })
            .ToList();
        if (rows.Count == 0)
        {
            return 0;
        }

        database.Outbox.AddRange(rows);
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            log.LogInformation("The digest was planned by another worker at the same time");
            return 0;
        }

        return rows.Count;
    }
}
