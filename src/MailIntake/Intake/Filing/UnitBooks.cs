using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>
/// What the database holds of the units that a round has to do with, kept in step with what is filed: read once a round, unless
/// there are so many units that the oldest have to be let go. Only good while the processing lease is held; <see cref="Forget"/> after a transaction failed.
/// </summary>
/// <param name="campaign">The campaign.</param>
/// <param name="roster">All units.</param>
/// <param name="promised">Entry codes that were given before: in a rebuild; null otherwise.</param>
internal sealed class UnitBooks(Campaign campaign, Roster roster, PromisedEntries? promised = null)
{
    /// <summary>Several times the units of a campaign; more are kept only while one batch needs them.</summary>
    private const int MostKept = 200;

    private readonly Dictionary<string, UnitBook> _books = new(StringComparer.Ordinal);

    /// <summary>All units.</summary>
    public Roster Roster => roster;

    /// <summary>Entry codes that were given before; null where only the database counts.</summary>
    public PromisedEntries? Promised => promised;

    /// <summary>Opens the books of a batch's units, and no longer vouches for any other.</summary>
    public async Task OpenAsync(IntakeDatabase database, IEnumerable<string> units, CancellationToken cancellation)
    {
        var wanted = units.ToHashSet(StringComparer.Ordinal);
        var codes = wanted.Where(c => !_books.ContainsKey(c) && roster.Find(c) is not null).ToList();
        if (codes.Count == 0)
        {
            return;
        }

        if (_books.Count + codes.Count > MostKept)
        {
            foreach (var code in _books.Keys.Where(c => !wanted.Contains(c)).ToList())
            {
                _books.Remove(code);
            }
        }

        var entries = await database.Entries.AsNoTracking()
            .Include(e => e.Materials)
            .Where(e => e.Campaign == campaign.Id && codes.Contains(e.UnitCode))
            .ToListAsync(cancellation);
        var extensions = await database.Extensions.AsNoTracking()
            .Where(e => e.Campaign == campaign.Id && codes.Contains(e.UnitCode))
            .ToListAsync(cancellation);
        foreach (var code in codes)
        {
            _books.Add(code, new UnitBook(
                campaign,
                roster.Find(code)!,
                [.. entries.Where(e => e.UnitCode == code).OrderBy(e => e.Number)],
                [.. extensions.Where(e => e.UnitCode == code).Select(ToExtension)]));
        }
    }

    /// <summary>The book of a unit that was opened.</summary>
    public UnitBook this[string code] => _books[code];

    /// <summary>Forgets everything: the next round of <see cref="OpenAsync"/> reads it anew.</summary>
    public void Forget() => _books.Clear();

    private static Extension ToExtension(ExtensionRow row) =>
        new(row.UnitCode, row.Phase, row.Until, row.Why, row.GrantedBy, row.GrantedAt);
}

/// <summary>One unit: its entries with their materials, and its extensions.</summary>
internal sealed class UnitBook(Campaign campaign, Unit unit, List<EntryRow> entries, IReadOnlyList<Extension> extensions)
{
    private readonly Dictionary<EntryRow, Entry> _domain = [];
    private readonly Roster _alone = new([unit]);

    /// <summary>The unit.</summary>
    public Unit Unit => unit;

    /// <summary>Its entries, by number.</summary>
    public List<EntryRow> Entries => entries;

    /// <summary>Its entries as the domain sees them.</summary>
    public IReadOnlyList<Entry> DomainEntries => [.. entries.Select(ToDomain)];

    /// <summary>The row of an entry.</summary>
    public EntryRow Row(Entry entry) => entries.First(e => e.Code == entry.Code);

    /// <summary>What a mail was filed as before: the entry's code by the hash of the file; empty for a mail that is new.</summary>
    public IReadOnlyDictionary<string, string> FiledBy(long message) =>
        entries.SelectMany(e => e.Materials.Where(m => m.MessageId == message).Select(m => (m.Sha256, e.Code)))
            .DistinctBy(m => m.Sha256)
            .ToDictionary(m => m.Sha256, m => m.Code);

    /// <summary>The number of the next entry.</summary>
    public int NextNumber(PromisedEntries? promised, string mail, string? title)
    {
        var highest = entries.Count == 0 ? 0 : entries.Max(e => e.Number);
        return promised?.Find(unit.Code, mail, title, n => entries.Exists(e => e.Number == n))
            ?? Math.Max(highest, promised?.Highest(unit.Code) ?? 0) + 1;
    }

    /// <summary>An entry has changed.</summary>
    public void Touch(EntryRow entry) => _domain.Remove(entry);

    /// <summary>The unit's row of the matrix.</summary>
    public UnitCompleteness Evaluate(Instant now) =>
        CompletenessCheck.Evaluate(campaign, _alone, DomainEntries, extensions, now).Units[0];

    /// <summary>The last instant at which a material of that kind is in time; null for what no phase asks for, and for a presentation that is not yet owed.</summary>
    public Instant? Deadline(string kind, EntryRow entry)
    {
        if (campaign.FindRequirement(kind) is not { } requirement || campaign.FindPhase(requirement.Phase) is not { } phase)
        {
            return null;
        }

        if (requirement.Owed == Obligation.Shortlisted)
        {
            return entry.PresentationDue is { } due ? phase.Deadline(campaign.Zone, due) : null;
        }

        var extended = extensions.Where(e => e.Phase == phase.Id).OrderBy(e => e.GrantedAt).LastOrDefault();
        return phase.Deadline(campaign.Zone, extended?.Until);
    }

    private Entry ToDomain(EntryRow row)
    {
        if (!_domain.TryGetValue(row, out var entry))
        {
            entry = CampaignState.ToEntry(row);
            _domain.Add(row, entry);
        }

        return entry;
    }
}
