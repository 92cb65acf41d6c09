using MailIntake.Decisions;
using MailIntake.Domain.Campaigns;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database.Rows;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Intake.Filing;

/// <summary>
/// Keeps in the archive which code each entry got. Units are told their codes and staff decide by them, so a code is a
/// promise: a rebuild must give the same one even where the reader has learnt to see things otherwise since.
/// </summary>
internal sealed class EntryLedger(IMailArchive archive, Campaign campaign, IClock clock)
{
    /// <summary>The action of such a record among the decisions of the archive.</summary>
    public const string Action = "entry";

    /// <summary>Writes down codes, durably, before the transaction that gives them commits. A later record for the same mail and title counts.</summary>
    public async Task WriteAsync(IReadOnlyList<(EntryRow Entry, MessageRow Mail)> opened, CancellationToken cancellation)
    {
        if (opened.Count == 0)
        {
            return;
        }

        var now = Instants.Storable(clock.GetCurrentInstant());
        foreach (var (entry, mail) in opened)
        {
            var record = new DecisionRecord
            {
                Action = Action,
                Campaign = campaign.Id,
                Mail = mail.Sha256,
                Unit = entry.UnitCode,
                Entry = entry.Code,
                Why = entry.Title,
                By = "mailintake",
                At = InstantPattern.ExtendedIso.Format(now),
            };
            using var content = new MemoryStream(record.ToBytes());
            await archive.AppendAsync(
                ArchiveRecordKind.Decision, new ArchiveMetadata { ArchivedAt = now, Key = entry.Code }, content, cancellation);
        }

        await archive.FlushAsync(cancellation);
    }
}

/// <summary>The codes that were promised: what a rebuild reads out of the archive.</summary>
internal sealed class PromisedEntries
{
    private readonly Dictionary<(string Unit, string Mail), List<Promise>> _byMail = [];
    private readonly Dictionary<string, int> _highest = new(StringComparer.Ordinal);

    /// <summary>Takes a record in, in the order of the archive.</summary>
    public void Add(DecisionRecord record)
    {
        if (record is not { Action: EntryLedger.Action, Unit: { } unit, Mail: { } mail, Entry: { } code } || NumberOf(code) is not { } number)
        {
            return;
        }

        var promises = _byMail.TryGetValue((unit, mail), out var known) ? known : _byMail[(unit, mail)] = [];
        promises.RemoveAll(p => p.Title == record.Why);
        promises.Add(new Promise(record.Why, number));
        _highest[unit] = Math.Max(number, _highest.GetValueOrDefault(unit));
    }

    /// <summary>The number promised to the entry that a mail opens; null where none was, or it is taken.</summary>
    public int? Find(string unit, string mail, string? title, Func<int, bool> isTaken)
    {
        var promises = _byMail.GetValueOrDefault((unit, mail), []).Where(p => !isTaken(p.Number)).ToList();
        return (promises.Find(p => p.Title == title) ?? promises.FirstOrDefault())?.Number;
    }

    /// <summary>The highest number ever promised to a unit; 0 for none.</summary>
    public int Highest(string unit) => _highest.GetValueOrDefault(unit);

    private static int? NumberOf(string code) => int.TryParse(code[(code.LastIndexOf('-') + 1)..], out var number) ? number : null;

    private sealed record Promise(string? Title, int Number);
}
