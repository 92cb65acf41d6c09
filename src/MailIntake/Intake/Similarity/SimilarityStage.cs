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
/// Signs what was filed and compares it with all that was filed before; what resembles an earlier text of another unit or year
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
        var fresh = await database.ComparedTexts.Where(t => !t.IsCompared).Select(t => t.MaterialId).ToListAsync(cancellation);
        var found = await database.ComparedTexts.Where(t => t.FoundAt != null).Select(t => t.MaterialId).ToListAsync(cancellation);

        // What is new may also be the earlier one of a pair (a mail that was held), or no longer what another was found to resemble.
        var names = await UnitNamesAsync(database, cancellation);
        var similar = 0;
        foreach (var window in fresh.Concat(found).Concat(fresh.SelectMany(m => texts.Candidates(m).Select(c => c.MaterialId))).Distinct().Order().Chunk(Window))
        {
            var rows = await database.ComparedTexts.Include(t => t.Material).Where(t => window.Contains(t.MaterialId)).ToListAsync(cancellation);
            await texts.PrepareAsync(window, cancellation);
            foreach (var row in rows)
            {
                similar += await CompareAsync(texts, row, names, cancellation);
            }

            await database.SaveChangesAsync(cancellation);
            database.ChangeTracker.Clear();
        }

        logger.LogInformation("{Count} texts compared with earlier ones, {Similar} resemble one", fresh.Count, similar);
    }

    /// <summary>All texts, signed anew where the notice, the templates or the method have changed.</summary>
    public async Task<SimilarTexts> OpenAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        var shared = await common.ReadAsync(cancellation);
        var version = string.Create(CultureInfo.InvariantCulture, $"{TextSignature.Version}:{shared.Id}");
        while (await database.ComparedTexts.Where(t => t.SignatureVersion != version).OrderBy(t => t.MaterialId).Take(Window).ToListAsync(cancellation)
            is { Count: > 0 } old)
        {
            foreach (var row in old)
            {
                row.Signature = TextSignature.Of(new ComparableText(row.Text, shared))?.ToBytes() ?? [];
                row.SignatureVersion = version;
            }

            await database.SaveChangesAsync(cancellation);
            database.ChangeTracker.Clear();
        }

        return await SimilarTexts.LoadAsync(database, shared, cancellation);
    }

    private async Task<int> CompareAsync(SimilarTexts texts, ComparedTextRow row, Dictionary<string, string> names, CancellationToken cancellation)
    {
        var pairs = await texts.FindEarlierAsync(row.MaterialId, cancellation);
        row.IsCompared = true;
        row.FoundAt = pairs.Count == 0 ? null : row.FoundAt ?? Instants.Storable(clock.GetCurrentInstant());
        row.Material!.FindingsJson = FindingsJson.Write(
        [
            .. FindingsJson.Read(row.Material.FindingsJson).Where(f => f.Code != FindingCodes.SimilarToEarlier),
            .. pairs.Select(p => FindingOf(p, names)),
        ]);
        return pairs.Count == 0 ? 0 : 1;
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

    private static async Task<Dictionary<string, string>> UnitNamesAsync(IntakeDatabase database, CancellationToken cancellation) =>
        await database.Units.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Name, cancellation);
}
