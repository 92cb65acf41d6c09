using System.Globalization;

using MailIntake.Domain.Campaigns;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Decisions;

/// <summary>
/// Takes down what staff decide: first durably in the archive, then in the database. Each method is an answer to one verb;
/// what cannot be decided (an unknown mail, unit, or date) is a sentence, not an exception.
/// </summary>
internal sealed class DecisionBook(
    IDbContextFactory<IntakeDatabase> databases, IMailArchive archive, Campaign campaign, IClock clock)
{
    /// <summary>Says that a mail belongs to a unit; the mail is processed again by the next round.</summary>
    /// <returns>Null when done, else what is wrong.</returns>
    public async Task<string?> AssignAsync(long mail, string unit, string? entry, string by, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Messages.FindAsync([mail], cancellation) is not { } message)
        {
            return Sentence($"there is no mail {mail}");
        }

        if (message.State == MessageState.Filed)
        {
            return Sentence($"mail {mail} is already filed under {message.UnitCode}");
        }

        if (!await database.Units.AnyAsync(u => u.Code == unit, cancellation))
        {
            return Sentence($"there is no unit {unit}");
        }

        if (entry is not null && !await database.Entries.AnyAsync(e => e.Code == entry && e.UnitCode == unit, cancellation))
        {
            return Sentence($"unit {unit} has no entry {entry}");
        }

        await ApplyAsync(database, Record(DecisionRecord.Assign, by) with { Mail = message.Sha256, Unit = unit, Entry = entry }, cancellation);
        return null;
    }

    /// <summary>Says that nothing is to be done with a mail.</summary>
    /// <returns>Null when done, else what is wrong.</returns>
    public async Task<string?> IgnoreAsync(long mail, string why, string by, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Messages.FindAsync([mail], cancellation) is not { } message)
        {
            return Sentence($"there is no mail {mail}");
        }

        if (message.State == MessageState.Filed)
        {
            return Sentence($"mail {mail} is already filed under {message.UnitCode}");
        }

        await ApplyAsync(database, Record(DecisionRecord.Ignore, by) with { Mail = message.Sha256, Why = why }, cancellation);
        return null;
    }

    /// <summary>Gives a unit longer for a phase.</summary>
    /// <returns>Null when done, else what is wrong.</returns>
    public async Task<string?> ExtendAsync(string unit, string phase, LocalDate until, string why, string by, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Units.AnyAsync(u => u.Code == unit, cancellation))
        {
            return Sentence($"there is no unit {unit}");
        }

        if (campaign.FindPhase(phase) is not { } found)
        {
            return Sentence($"there is no phase {phase}; there are {string.Join(", ", campaign.Phases.Select(p => p.Id))}");
        }

        if (until <= found.Closes)
        {
            return Sentence($"{until:uuuu-MM-dd} is no extension: {phase} closes on {found.Closes:uuuu-MM-dd}");
        }

        await ApplyAsync(
            database, Record(DecisionRecord.Extend, by) with { Unit = unit, Phase = phase, Until = Day(until), Why = why }, cancellation);
        return null;
    }

    /// <summary>Notes that an entry passed the first selection and owes its presentation until a day.</summary>
    /// <returns>Null when done, else what is wrong.</returns>
    public async Task<string?> ShortlistAsync(string entry, LocalDate due, string by, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Entries.AnyAsync(e => e.Code == entry, cancellation))
        {
            return Sentence($"there is no entry {entry}");
        }

        await ApplyAsync(database, Record(DecisionRecord.Shortlist, by) with { Entry = entry, Until = Day(due) }, cancellation);
        return null;
    }

    /// <summary>Stops reminding a unit that is known, or goes on with it.</summary>
    public async Task PauseAsync(string unit, bool pauses, string? why, string by, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await ApplyAsync(database, Record(pauses ? DecisionRecord.Pause : DecisionRecord.Resume, by) with { Unit = unit, Why = why }, cancellation);
    }

    /// <summary>Codes of the units that are not to be reminded now.</summary>
    public static async Task<IReadOnlySet<string>> PausedAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        var rows = await database.Decisions.AsNoTracking()
            .Where(d => d.Action == DecisionRecord.Pause || d.Action == DecisionRecord.Resume)
            .Select(d => new { d.UnitCode, d.Action, d.At, d.Id }).ToListAsync(cancellation);
        return rows.GroupBy(d => d.UnitCode!)
            .Where(g => g.OrderBy(d => d.At).ThenBy(d => d.Id).Last().Action == DecisionRecord.Pause)
            .Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Writes the rows that follow from a decision that is in the archive; saving is the caller's.</summary>
    /// <remarks>A decision upon a mail or entry that is not there any more leaves no trace but its record.</remarks>
    public static async Task WriteRowsAsync(IntakeDatabase database, DecisionRecord record, CancellationToken cancellation)
    {
        var at = InstantPattern.ExtendedIso.Parse(record.At).Value;
        switch (record.Action)
        {
            case DecisionRecord.Assign or DecisionRecord.Ignore when record.Mail is { } sha:
                database.Decisions.Add(new DecisionRow
                {
                    MessageSha256 = sha,
                    Action = record.Action,
                    UnitCode = record.Unit,
                    EntryCode = record.Entry,
                    Why = record.Why,
                    By = record.By,
                    At = at,
                });
                if (await database.Messages.SingleOrDefaultAsync(m => m.Sha256 == sha, cancellation) is { } message
                    && message.State != MessageState.Filed)
                {
                    message.State = MessageState.Archived;
                    message.Attempts = 0;
                    message.NextAttemptAt = null;
                }

                break;
            case DecisionRecord.Pause or DecisionRecord.Resume when record.Unit is { } paused:
                // About no mail: the column that names one stays empty, and no mail has that hash.
                database.Decisions.Add(new DecisionRow { MessageSha256 = "", Action = record.Action, UnitCode = paused, Why = record.Why, By = record.By, At = at });
                break;
            case DecisionRecord.Extend when record is { Unit: { } unit, Phase: { } phase, Until: { } until }:
                database.Extensions.Add(new ExtensionRow
                {
                    Campaign = record.Campaign,
                    UnitCode = unit,
                    Phase = phase,
                    Until = LocalDatePattern.Iso.Parse(until).Value,
                    Why = record.Why ?? "",
                    GrantedBy = record.By,
                    GrantedAt = at,
                });
                break;
            case DecisionRecord.Shortlist when record is { Entry: { } code, Until: { } until }:
                if (await database.Entries.SingleOrDefaultAsync(e => e.Code == code, cancellation) is { } entry)
                {
                    entry.ShortlistedAt = at;
                    entry.PresentationDue = LocalDatePattern.Iso.Parse(until).Value;
                }

                break;
        }
    }

    private static string Day(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Sentence(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Now, and after all mail that was there, even where the clock was set back: a rebuild takes things up in this order, and
    /// the entry that staff named must be there before the mail that goes to it.
    /// </summary>
    private async Task<Instant> MomentAfterAllMailAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var latest = await database.Messages.OrderByDescending(m => m.ArchivedAt).Select(m => m.ArchivedAt).FirstOrDefaultAsync(cancellation);
        return now > latest ? now : latest + Duration.FromMilliseconds(1);
    }

    private DecisionRecord Record(string action, string by) => new()
    {
        Action = action,
        Campaign = campaign.Id,
        By = by,
        At = InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant()),
    };

    private async Task ApplyAsync(IntakeDatabase database, DecisionRecord record, CancellationToken cancellation)
    {
        var at = await MomentAfterAllMailAsync(database, cancellation);
        record = record with { At = InstantPattern.ExtendedIso.Format(at) };
        var metadata = new ArchiveMetadata
        {
            ArchivedAt = at,
            Key = record.Mail ?? record.Entry ?? record.Unit,
        };
        using (var content = new MemoryStream(record.ToBytes()))
        {
            await archive.AppendAsync(ArchiveRecordKind.Decision, metadata, content, cancellation);
        }

        await archive.FlushAsync(cancellation);
        await WriteRowsAsync(database, record, cancellation);
        await database.SaveChangesAsync(cancellation);
    }
}
