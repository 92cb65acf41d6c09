using System.Globalization;

using MailIntake.Correspondence;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Intake.Similarity;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;
using MailIntake.Storage.Files;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>
/// Files a batch of mails in one transaction: entries, versions of materials, findings, state of the message, and the
/// receipt that follows. Files reach the staff tree before the commit; putting them there again changes nothing.
/// </summary>
internal sealed class Filer(
    IDbContextFactory<IntakeDatabase> databases,
    Campaign campaign,
    StaffTree tree,
    ReceiptWriter receipts,
    UnmatchedWriter unmatched,
    ProblemWriter problems,
    IBounceSink bounces,
    IThreadLookup threads,
    EntryLedger ledger,
    CommonTextFiles common,
    IClock clock)
{
    private readonly EntryFinder _entries = new(campaign);

    /// <summary>Files mails in their order. All or nothing: an exception leaves the database as it was.</summary>
    public async Task<IntakeCounts> FileAsync(
        IReadOnlyList<MailToFile> mails, UnitFinder units, UnitBooks books, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var batch = await FilingBatch.LoadAsync(database, mails, threads, cancellation);
        var now = Instants.Storable(clock.GetCurrentInstant());
        var waiting = mails
            .Where(m => batch.Message(m.Id) is not null)
            .Select(m => (Mail: m, Unit: units.Find(m.Reading, batch.Known(m.Id))))
            .ToList();
        await books.OpenAsync(
            database, waiting.Select(w => w.Unit.Unit?.Code).OfType<string>().Concat(batch.EarlierUnits), cancellation);

        var counts = IntakeCounts.None;
        foreach (var (mail, unit) in waiting)
        {
            counts += await FileOneAsync(batch, books, units, mail, unit, now, cancellation);
        }

        if (batch.Texts.Count > 0)
        {
            var shared = await common.ReadAsync(cancellation);
            batch.Texts.ForEach(t => SignedTexts.Sign(t, shared));
        }

        await ledger.WriteAsync(batch.Opened, cancellation);
        foreach (var (from, to) in batch.Moves)
        {
            tree.Move(from, to);
        }

        batch.Removals.ForEach(tree.Remove);
        var taken = new List<(string TreePath, string Source)>(batch.Puts.Count);
        try
        {
            await PutAsync(batch.Puts, taken, cancellation);
            foreach (var (path, png) in batch.Pictures)
            {
                await tree.PutAsync(path, () => new MemoryStream(png, writable: false), cancellation);
            }

            await database.SaveChangesAsync(cancellation);
        }
        catch
        {
            // The mails may be filed once more, each alone. The tree keeps its files: it is not sure that nothing was committed.
            taken.ForEach(t => tree.CopyOut(t.TreePath, t.Source));
            throw;
        }

        return counts;
    }

    /// <summary>Puts files into the staff tree: by moving them there, unless one is filed twice or a path is taken twice.</summary>
    private async Task PutAsync(
        List<(string TreePath, string Source)> puts, List<(string TreePath, string Source)> taken, CancellationToken cancellation)
    {
        var sources = puts.CountBy(p => p.Source).ToDictionary();
        var paths = puts.CountBy(p => p.TreePath, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var put in puts)
        {
            if (sources[put.Source] > 1 || paths[put.TreePath] > 1)
            {
                await tree.PutAsync(put.TreePath, () => File.OpenRead(put.Source), cancellation);
            }
            else if (await tree.TakeAsync(put.TreePath, put.Source, cancellation))
            {
                taken.Add(put);
            }
        }
    }

    private async Task<IntakeCounts> FileOneAsync(
        FilingBatch batch, UnitBooks books, UnitFinder units, MailToFile mail, UnitFinding unit, Instant now, CancellationToken cancellation)
    {
        var (message, reading, known) = (batch.Message(mail.Id)!, mail.Reading, batch.Known(mail.Id));
        var filing = new MailFiling(campaign, batch, books, message, now, units);
        var verdict = Triage.Decide(reading, known, unit);
        if (verdict.State == MessageState.Filed && reading.Materials.Any())
        {
            var entries = books[unit.Unit!.Code].DomainEntries;
            var plan = _entries.Find(reading, unit.Unit, entries, known.Decision?.EntryCode, books[unit.Unit.Code].FiledBy(message.Id));
            verdict = plan.Held is { } held
                ? new Verdict(MessageState.Held, held, [new Finding(held.Codes[0], Severity.Warning, held.Sentence ?? held.Codes[0])])
                : verdict with { Findings = [.. verdict.Findings, .. plan.Findings] };
            if (plan.Held is null)
            {
                filing.File(unit.Unit, plan);
            }
        }

        if (filing.Files.Count == 0)
        {
            filing.RemoveWhatIsNoMore();
        }

        if (reading.Report is { } report && reading.Kind == MailKinds.Bounce)
        {
            await bounces.HandleAsync(batch.Database, report, message.ArchivedAt, cancellation);
        }

        List<Finding> findings = [.. verdict.Findings, .. reading.Findings, .. filing.Findings];
        Write(message, reading, unit, verdict, findings, now);
        if (message.FromAddress is { } sender && !reading.ByMachine && reading.Authentication.Passed && batch.DeadAddresses.Contains(sender)
            && await bounces.ReviveAsync(batch.Database, sender, message.ArchivedAt, cancellation))
        {
            batch.DeadAddresses.Remove(sender);
        }

        await AddReceiptAsync(batch, books, message, reading, filing, findings, now, cancellation);
        foreach (var turned in filing.Turned)
        {
            var book = books[message.UnitCode!];
            await problems.AddAsync(
                batch.Database, book.Unit, turned, book.Deadline(turned.Material.Kind, turned.Entry), batch.DeadAddresses, now, cancellation);
        }

        if (verdict.Because.Codes.Contains(FindingCodes.UnitUnknown))
        {
            await unmatched.AddAsync(batch.Database, message, reading, batch.DeadAddresses, now, cancellation);
        }

        return verdict.State switch
        {
            MessageState.Filed => IntakeCounts.None with { Filed = 1 },
            MessageState.Held => IntakeCounts.None with { Held = 1 },
            _ => IntakeCounts.None with { Ignored = 1 },
        };
    }

    private static void Write(
        MessageRow message, MailReading reading, UnitFinding unit, Verdict verdict, List<Finding> findings, Instant now)
    {
        var isFiled = verdict.State == MessageState.Filed;
        message.State = verdict.State;
        message.Kind = reading.Kind;
        message.UnitCode = isFiled ? unit.Unit?.Code : null;
        message.Confidence = isFiled ? unit.Confidence : null;
        message.BecauseJson = verdict.Because.ToJson();
        message.FindingsJson = FindingsJson.Write(findings);
        message.MessageIdHeader = Plain(reading.Envelope.MessageId, int.MaxValue);
        message.FromAddress = Plain(reading.Envelope.From?.Address, int.MaxValue);
        message.Subject = Plain(reading.Envelope.Subject, 500);
        message.ProcessedAt = now;
        message.NextAttemptAt = null;
        message.LastError = null;
    }

    /// <summary>One receipt for each mail that brought something and was filed, to whom the reply policy says; the unique key keeps a second one away for ever.</summary>
    private async Task AddReceiptAsync(
        FilingBatch batch, UnitBooks books, MessageRow message, MailReading reading, MailFiling filing, List<Finding> findings, Instant now,
        CancellationToken cancellation)
    {
        if (message.State != MessageState.Filed
            || (filing.Files.Count == 0 && !reading.CameWithoutAll)
            || !batch.NeedsReceipt(message))
        {
            return;
        }

        if (!reading.CameWithoutAll && await EchoGuard.IsEchoAsync(batch.Database, message, cancellation))
        {
            return;
        }

        var book = books[message.UnitCode!];
        var row = receipts.Write(new SubmissionOutcome
        {
            Message = message,
            SenderName = reading.Envelope.From?.Name,
            SenderAddress = reading.Envelope.From?.Address ?? "",
            SenderAuthenticated = reading.Authentication.Passed,
            References = reading.Envelope.References,
            Unit = book.Unit,
            Files = filing.Files,
            Findings = findings,
            Completeness = book.Evaluate(now),
            DeadAddresses = batch.DeadAddresses,
            Now = now,
        });
        if (row is not null)
        {
            batch.Database.Outbox.Add(row);
        }
    }

    /// <summary>Without control characters (PostgreSQL takes no NUL), cut between characters.</summary>
    private static string? Plain(string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        var plain = text.Any(char.IsControl) ? new string([.. text.Where(c => !char.IsControl(c))]) : text;
        if (plain.Length <= longest)
        {
            return plain;
        }

        return StringInfo.GetNextTextElementLength(plain, longest - 1) > 1 ? plain[..(longest - 1)] : plain[..longest];
    }
}
