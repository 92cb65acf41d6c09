using System.CommandLine;

using MailIntake.Domain.Campaigns;
using MailIntake.Hosting;
using MailIntake.Intake.Filing;
using MailIntake.Intake.Similarity;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

using NodaTime.Text;

namespace MailIntake.Commands;

/// <summary><c>similar [ENTRY] [--json]</c>: materials that resemble an earlier one of another unit or year, their passages side by side.</summary>
internal static class SimilarCommand
{
    private const int ColumnWidth = 44;

    private static readonly LocalDatePattern _day = LocalDatePattern.CreateWithInvariantCulture("uuuu年M月d日");

    public static Command Create(CommonOptions common)
    {
        var entry = new Argument<string?>("entry")
        {
            Description = "Only what this entry resembles, and what resembles it.", HelpName = "ENTRY", Arity = ArgumentArity.ZeroOrOne,
        };
        var json = CommonOptions.Json();
        var command = new Command("similar", "Show materials that resemble earlier ones of other units or years, side by side.") { entry, json };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().OpenDatabaseAsync(cancellation);
            await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
            var code = parsed.GetValue(entry);
            if (code is not null && !await database.Entries.AnyAsync(e => e.Code == code, cancellation))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"there is no entry {code}");
                return ExitCodes.BadInput;
            }

            var texts = await context.Get<SimilarityStage>().OpenAsync(database, cancellation);
            var pairs = new List<(SimilarPair Pair, IReadOnlyList<(string Later, string Earlier)> Passages)>();
            foreach (var material in texts.Materials.Where(m => m.Campaign == context.Settings.Campaign.Id || m.EntryCode == code))
            {
                foreach (var pair in await texts.FindEarlierAsync(material.MaterialId, cancellation))
                {
                    if (code is null || pair.Later.EntryCode == code || pair.Earlier.EntryCode == code)
                    {
                        pairs.Add((pair, await PassagesAsync(texts, pair, cancellation)));
                    }
                }
            }

            var names = await database.Units.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Name, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(Json.Write(pairs.Select(p => new
                {
                    share = Math.Round(p.Pair.Resemblance.Share, 3),
                    later = ToJson(p.Pair.Later),
                    earlier = ToJson(p.Pair.Earlier),
                    passages = p.Passages.Select(s => new { later = s.Later, earlier = s.Earlier }),
                })));
                return ExitCodes.Done;
            }

            for (var i = 0; i < pairs.Count; i++)
            {
                Write(output, i + 1, pairs[i].Pair, pairs[i].Passages, context.Settings.Campaign, names);
            }

            await output.WriteLineAsync(pairs.Count == 0 ? "没有与其他单位或往年材料相近的材料。" : $"共 {pairs.Count} 处相近，是否属于重复申报请工作人员核对。");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<(string Later, string Earlier)>> PassagesAsync(
        SimilarTexts texts, SimilarPair pair, CancellationToken cancellation)
    {
        var later = (await texts.TextAsync(pair.Later.MaterialId, cancellation)).Text;
        var earlier = (await texts.TextAsync(pair.Earlier.MaterialId, cancellation)).Text;
        return [.. pair.Resemblance.Passages.Select(p => (later.Substring(p.Start, p.Length), earlier.Substring(p.OtherStart, p.OtherLength)))];
    }

    private static void Write(
        TextWriter output, int number, SimilarPair pair, IReadOnlyList<(string Later, string Earlier)> passages, Campaign campaign,
        Dictionary<string, string> names)
    {
        output.WriteLine($"{number}. 相同文字约占 {pair.Percent}%");
        output.WriteLine($"   本篇：{Describe(pair.Later, campaign, names)}");
        output.WriteLine($"   此前：{Describe(pair.Earlier, campaign, names)}");
        output.WriteLine();
        output.WriteLine($"   {TextColumns.Pad("本篇", ColumnWidth)} │ 此前");
        foreach (var (later, earlier) in passages)
        {
            output.WriteLine($"   {new string('─', ColumnWidth)}─┼─{new string('─', ColumnWidth)}");
            var (left, right) = (TextColumns.Wrap(later, ColumnWidth), TextColumns.Wrap(earlier, ColumnWidth));
            for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
            {
                output.WriteLine($"   {TextColumns.Pad(left.ElementAtOrDefault(i) ?? "", ColumnWidth)} │ {right.ElementAtOrDefault(i)}".TrimEnd());
            }
        }

        output.WriteLine();
    }

    private static string Describe(ComparedMaterial material, Campaign campaign, Dictionary<string, string> names)
    {
        var title = material.Title is null ? "" : $"《{material.Title}》";
        var kind = TreePlaces.MaterialName(campaign, material.Kind);
        var day = _day.Format(material.ReceivedAt.InZone(campaign.Zone).Date);
        return $"{names.GetValueOrDefault(material.UnitCode, material.UnitCode)}　{material.EntryCode}{title}　{kind}第{material.Version}版（{day}报送）";
    }

    private static object ToJson(ComparedMaterial material) => new
    {
        campaign = material.Campaign,
        unit = material.UnitCode,
        entry = material.EntryCode,
        title = material.Title,
        kind = material.Kind,
        version = material.Version,
        receivedAt = InstantPattern.General.Format(material.ReceivedAt),
    };
}
