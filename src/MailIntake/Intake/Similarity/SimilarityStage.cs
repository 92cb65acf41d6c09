using System.Globalization;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Similarity;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Similarity;

/// <summary>
/// Compares what was filed with all that was filed before; what resembles an earlier text of another unit or year
/// gets a finding for staff. Doing it again gives the same, and what a crash left undone is done in the next round.
/// </summary>
internal sealed class SimilarityStage(
    IDbContextFactory<IntakeDatabase> databases, Campaign campaign, CommonTextFiles common, IClock clock, ILogger<SimilarityStage> logger)
{
    private const int Window = 200;

    /// <summary>Compares what was filed since the last time. Only while the processing lease is held.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.ComparedTexts.AnyAsync(t => !t.IsCompared, cancellation))
        {
            return;
        }

        var texts = await OpenAsync(database, cancellation);
        var due = await database.ComparedTexts.Where(t => !t.IsCompared || t.FoundAt != null)
            .Select(t => new { t.MaterialId, t.IsCompared, IsFound = t.FoundAt != null }).ToListAsync(cancellation);
        var fresh = due.Where(d => !d.IsCompared).Select(d => d.MaterialId).ToList();
        var found = due.Where(d => d.IsFound).Select(d => d.MaterialId).ToHashSet();

        // What is new may also be the earlier one of a pair (a mail that was held), or no longer what another was found to resemble.
        var similar = 0;
        foreach (var window in fresh.Concat(found).Concat(fresh.SelectMany(m => texts.LaterThan(m).Select(c => c.MaterialId))).Distinct().Order().Chunk(Window))
        {
            similar += await CompareAsync(database, texts, window, found, cancellation);
        }

        logger.LogInformation("{Count} texts compared with earlier ones, {Similar} resemble one", fresh.Count, similar);
    }

    /// <summary>All texts, signed anew where the notice, the templates or the method have changed.</summary>
    public async Task<SimilarTexts> OpenAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        var shared = await common.ReadAsync(cancellation);
        var version = SignedTexts.Version(shared);
        while (await database.ComparedTexts.Where(t => t.SignatureVersion != version).OrderBy(t => t.MaterialId).Take(Window).ToListAsync(cancellation)
            is { Count: > 0 } old)
        {
            foreach (var row in old)
            {
                // What another signature had found may be another's now.
                row.IsCompared &= row.SignatureVersion.Length == 0;
                SignedTexts.Sign(row, shared);
            }

            await database.SaveChangesAsync(cancellation);
            database.ChangeTracker.Clear();
        }

        return await SimilarTexts.LoadAsync(database, shared, cancellation);
    }

    /// <summary>Compares some; the rows of those alone are read for which something was or is found, and those are few.</summary>
    private async Task<int> CompareAsync(
        IntakeDatabase database, SimilarTexts texts, long[] window, HashSet<long> found, CancellationToken cancellation)
    {
        await texts.PrepareAsync(window, cancellation);
        var pairs = new Dictionary<long, IReadOnlyList<SimilarPair>>();
        foreach (var material in window)
        {
            if (await texts.FindEarlierAsync(material, cancellation) is { Count: > 0 } some)
            {
                pairs.Add(material, some);
            }
        }

        var touched = window.Where(m => pairs.ContainsKey(m) || found.Contains(m)).ToList();
        if (touched.Count > 0)
        {
            var names = await database.Units.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Name, cancellation);
            foreach (var row in await database.ComparedTexts.Include(t => t.Material).Where(t => touched.Contains(t.MaterialId)).ToListAsync(cancellation))
            {
                Write(row, pairs.GetValueOrDefault(row.MaterialId, []), names);
            }

            await database.SaveChangesAsync(cancellation);
            database.ChangeTracker.Clear();
        }

        await database.ComparedTexts.Where(t => window.Contains(t.MaterialId) && !t.IsCompared)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.IsCompared, true), cancellation);
        return pairs.Count;
    }

    private void Write(ComparedTextRow row, IReadOnlyList<SimilarPair> pairs, Dictionary<string, string> names)
    {
        row.IsCompared = true;
        row.FoundAt = pairs.Count == 0 ? null : row.FoundAt ?? Instants.Storable(clock.GetCurrentInstant());
        row.Material!.FindingsJson = FindingsJson.Write(
        [
            .. FindingsJson.Read(row.Material.FindingsJson).Where(f => f.Code != FindingCodes.SimilarToEarlier),
            .. pairs.Select(p => FindingOf(p, names)),
        ]);
    }

    private Finding FindingOf(SimilarPair pair, Dictionary<string, string> names)
    {
        var other = pair.Earlier;
        var title = other.Title is null ? "" : $"《{other.Title}》";
        var material = campaign.FindRequirement(other.Kind)?.Name ?? "材料";
        return new Finding(
            FindingCodes.SimilarToEarlier,
            Severity.Warning,
            string.Create(
                CultureInfo.InvariantCulture,
                $"与{names.GetValueOrDefault(other.UnitCode, other.UnitCode)}此前报送的{title}（{other.EntryCode}）{material}内容相近，相同文字约占{pair.Percent}%，请工作人员核对"),
            pair.Percent,
            (long)(100 * Resemblance.NearIdentical));
    }
}
