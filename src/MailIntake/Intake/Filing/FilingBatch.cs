using MailIntake.Correspondence;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Filing;

/// <summary>
/// What one transaction of filing works on: the tracked message rows, what is known about each mail, and the files that are
/// to be put into the staff tree before it commits. Loaded with a fixed number of queries however many mails there are.
/// </summary>
internal sealed class FilingBatch
{
    private readonly Dictionary<long, MessageRow> _messages;
    private readonly Dictionary<long, KnownAboutMail> _known;
    private readonly HashSet<string> _receipts;

    private FilingBatch(
        IntakeDatabase database, Dictionary<long, MessageRow> messages, Dictionary<long, KnownAboutMail> known,
        HashSet<string> receipts, IReadOnlyList<string> earlierUnits)
    {
        Database = database;
        _messages = messages;
        _known = known;
        _receipts = receipts;
        EarlierUnits = earlierUnits;
    }

    /// <summary>The database.</summary>
    public IntakeDatabase Database { get; }

    /// <summary>Units under which a mail of the batch was filed before: only in a replay.</summary>
    public IReadOnlyList<string> EarlierUnits { get; }

    /// <summary>Files that go into the staff tree: tree path and where the bytes lie.</summary>
    public List<(string TreePath, string Source)> Puts { get; } = [];

    /// <summary>Pictures of seals and signatures that go into the staff tree beside the files they were cut from.</summary>
    public List<(string TreePath, byte[] Png)> Pictures { get; } = [];

    /// <summary>Files of the staff tree that change their places, because an entry got another title.</summary>
    public List<(string From, string To)> Moves { get; } = [];

    /// <summary>Files that are taken out of the staff tree: malware, and pictures that nobody needs to look at any more.</summary>
    public List<string> Removals { get; } = [];

    /// <summary>Entries that mails of the batch opened.</summary>
    public List<(EntryRow Entry, MessageRow Mail)> Opened { get; } = [];

    /// <summary>The row of a mail; null where it is not there or done already.</summary>
    public MessageRow? Message(long id) =>
        _messages.GetValueOrDefault(id) is { State: MessageState.Archived or MessageState.Failed } row ? row : null;

    /// <summary>What is known about a mail.</summary>
    public KnownAboutMail Known(long id) => _known[id];

    /// <summary>Addresses to which nothing is sent any more.</summary>
    public required HashSet<string> DeadAddresses { get; init; }

    /// <summary>Texts for comparison that mails of the batch brought before, by material: only in a replay.</summary>
    public required IReadOnlyDictionary<long, ComparedTextRow> ComparedTexts { get; init; }

    /// <summary>Those that were brought or changed, to be signed.</summary>
    public List<ComparedTextRow> Texts { get; } = [];

    /// <summary>The receipt for a mail was not written yet.</summary>
    public bool NeedsReceipt(MessageRow message) => !_receipts.Contains(ReceiptWriter.KeyFor(message.Sha256));

    /// <summary>Loads what the mails need.</summary>
    public static async Task<FilingBatch> LoadAsync(
        IntakeDatabase database, IReadOnlyList<MailToFile> mails, IThreadLookup threads, CancellationToken cancellation)
    {
        var ids = mails.Select(m => m.Id).ToList();
        var messages = await database.Messages.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation);
        var hashes = messages.Values.Select(m => m.Sha256).ToList();
        var decisions = (await database.Decisions.AsNoTracking().Where(d => hashes.Contains(d.MessageSha256)).ToListAsync(cancellation))
            .GroupBy(d => d.MessageSha256)
            .ToDictionary(g => g.Key, g => g.OrderBy(d => d.At).ThenBy(d => d.Id).Last());
        var keys = hashes.ConvertAll(ReceiptWriter.KeyFor);
        var receipts = (await database.Outbox.Where(o => keys.Contains(o.Key)).Select(o => o.Key).ToListAsync(cancellation)).ToHashSet();
        var answered = await threads.FindUnitsAsync([.. mails.SelectMany(m => m.Reading.Envelope.Answered).Distinct()], cancellation);
        var learnt = await LearntUnitsAsync(database, mails, cancellation);
        var onlyJunk = await JunkFolders.FindAsync(database, ids, cancellation);
        var known = mails.Where(m => messages.ContainsKey(m.Id)).ToDictionary(m => m.Id, m => new KnownAboutMail
        {
            Decision = decisions.GetValueOrDefault(messages[m.Id].Sha256),
            ThreadUnit = m.Reading.Envelope.Answered.Select(id => answered.GetValueOrDefault(id)).FirstOrDefault(u => u is not null),
            LearntUnits = m.Reading.Envelope.From is { } from ? [.. learnt[from.Address].Distinct()] : [],
            OnlyInJunk = onlyJunk.Contains(m.Id),
        });
        var isReplay = messages.Values.Any(m => m.ProcessedAt is not null);
        var compared = isReplay
            ? await database.ComparedTexts.Where(t => ids.Contains(t.Material!.MessageId)).ToDictionaryAsync(t => t.MaterialId, cancellation)
            : [];
        var earlier = isReplay
            ? await database.Materials
                .Where(m => ids.Contains(m.MessageId))
                .Join(database.Entries, m => m.EntryId, e => e.Id, (m, e) => e.UnitCode)
                .Distinct()
                .ToListAsync(cancellation)
            : [];
        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        return new FilingBatch(database, messages, known, receipts, earlier)
        {
            DeadAddresses = new HashSet<string>(dead, StringComparer.OrdinalIgnoreCase),
            ComparedTexts = compared,
        };
    }

    /// <summary>Begins to track a row that was read without, so that its changes are saved.</summary>
    public void Track(object row)
    {
        if (Database.Entry(row).State == EntityState.Detached)
        {
            Database.Attach(row);
        }
    }

    /// <summary>For each sender the units that staff assigned its mail to.</summary>
    private static async Task<ILookup<string, string>> LearntUnitsAsync(
        IntakeDatabase database, IReadOnlyList<MailToFile> mails, CancellationToken cancellation)
    {
        var senders = mails.Select(m => m.Reading.Envelope.From?.Address).OfType<string>().Distinct().ToList();
        var rows = await database.Decisions
            .Where(d => d.UnitCode != null)
            .Join(database.Messages, d => d.MessageSha256, m => m.Sha256, (d, m) => new { m.FromAddress, d.UnitCode })
            .Where(p => p.FromAddress != null && senders.Contains(p.FromAddress))
            .Distinct()
            .ToListAsync(cancellation);
        return rows.ToLookup(r => r.FromAddress!, r => r.UnitCode!, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>A mail that was read and waits to be filed.</summary>
/// <param name="Id">Number of its row.</param>
/// <param name="Reading">What it is and brings.</param>
internal sealed record MailToFile(long Id, MailReading Reading);
