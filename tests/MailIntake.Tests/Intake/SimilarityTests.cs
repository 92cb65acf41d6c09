using System.Text;

using MailIntake.Domain.Completeness;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Tests.Intake;

/// <summary>Write-ups (总结材料) that resemble earlier ones of other units and years.</summary>
public class SimilarityTests
{
    private const string Title = "职工码上议事厅平台";
    private const string OtherTitle = "先锋班组竞赛积分管理";
    private const string Shanhaiguan = "shanhaiguan@example.com";

    private static readonly string Notice = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "campaigns", "2018-notice.txt"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_up_of_another_unit_sent_again_is_shown_to_staff_and_to_nobody_else()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));
        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Han(1, 1400) + Han(2, 100));

        var findings = await FindingsAsync(bench);

        Assert.Empty(findings["2018-haigang-01"]);
        var finding = Assert.Single(findings["2018-shanhaiguan-01"]);
        Assert.Equal((FindingCodes.SimilarToEarlier, Severity.Warning, 50L), (finding.Code, finding.Severity, finding.Limit));
        Assert.InRange(finding.Value!.Value, 85, 97);
        Assert.Equal($"与海港区总工会此前报送的《{Title}》（2018-haigang-01）总结材料内容相近，相同文字约占{finding.Value}%，请工作人员核对", finding.Message);
        Assert.DoesNotContain(await bench.OutboxAsync(), l => l.PayloadJson.Contains("相近", StringComparison.Ordinal) || l.PayloadJson.Contains("海港区总工会此前", StringComparison.Ordinal));
        await using var database = bench.Databases.CreateDbContext();
        var state = await CampaignState.LoadAsync(database, "2018", null, Stop);
        var matrix = CompletenessCheck.Evaluate(bench.Campaign, state.Roster, state.Entries, state.Extensions, IntakeBench.Now + Duration.FromDays(1));
        var cell = matrix.Units.Single(u => u.Unit.Code == "shanhaiguan").Entries[0].Materials.Single(m => m.Requirement.Kind == "writeup");
        Assert.Equal(MaterialState.Received, cell.State);
    }

    [Fact]
    public async Task A_units_own_new_version_and_its_other_entry_of_the_year_are_not_reported()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500) + "修改");
        await ReceiveAsync(bench, Post.Haigang, OtherTitle, Han(1, 1500));

        Assert.Equal(3, await bench.Databases.CreateDbContext().ComparedTexts.CountAsync(t => t.IsCompared, Stop));
        Assert.All(await FindingsAsync(bench), Assert.Empty);
    }

    [Fact]
    public async Task A_new_version_of_the_one_that_was_copied_from_is_not_reported()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));
        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Han(1, 1500));
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500) + "修改");

        var findings = await FindingsAsync(bench);

        Assert.Empty(findings["2018-haigang-01"]);
        Assert.Single(findings["2018-shanhaiguan-01"]);
    }

    [Fact]
    public async Task What_both_copied_from_the_notice_is_not_reported()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 500) + Notice[..1200]);
        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Notice[..1200] + Han(2, 500));

        Assert.All(await FindingsAsync(bench), Assert.Empty);
    }

    [Fact]
    public async Task A_units_own_write_up_of_another_year_is_reported()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var mail = await ReceiveAsync(bench, Post.Haigang, "去年的材料之外", Han(9, 300));
        var last = new EntryRow { Campaign = "2017", Code = "2017-haigang-01", UnitCode = "haigang", Number = 1, Title = "去年的成果", CreatedAt = Instant.FromUtc(2017, 9, 1, 0, 0) };
        last.Materials.Add(new MaterialRow
        {
            MessageId = mail.Id, Kind = "writeup", Version = 1, FileName = "总结.docx", PathInMail = "2017/总结.docx", Sha256 = new string('7', 64), MediaType = "x",
            ReceivedAt = Instant.FromUtc(2017, 9, 1, 0, 0), TreePath = "2017", FindingsJson = "[]",
        });
        await bench.WriteAsync(d =>
        {
            d.Entries.Add(last);
            d.ComparedTexts.Add(new ComparedTextRow { Material = last.Materials[0], Text = Han(1, 1500), IsCompared = true });
        });

        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));

        var finding = Assert.Single((await FindingsAsync(bench))["2018-haigang-02"]);
        Assert.Contains("《去年的成果》（2017-haigang-01）", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_later_one_is_marked_where_the_earlier_was_held_and_filed_after_it()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var held = await ReceiveAsync(bench, Post.Stranger, Title, Han(1, 1500));
        Assert.Equal(MessageState.Held, held.State);
        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Han(1, 1500));
        Assert.All(await FindingsAsync(bench), Assert.Empty);

        await bench.AssignAsync(held, "haigang");
        await bench.RunAsync();

        var findings = await FindingsAsync(bench);
        Assert.Empty(findings["2018-haigang-01"]);
        Assert.Single(findings["2018-shanhaiguan-01"]);
    }

    [Fact]
    public async Task A_replay_and_a_rebuild_say_the_same_and_what_was_taken_back_resembles_nothing()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var first = await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));
        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Han(1, 1500));
        var (before, found) = (await DescribeAsync(bench), await FoundAsync(bench));

        bench.Clock.AdvanceMinutes(10);
        await bench.Build().Replayer.RunAsync(null, null, null, Stop);
        Assert.Equal(before, await DescribeAsync(bench));
        Assert.Equal(found, await FoundAsync(bench));

        await bench.LoseDatabaseAsync();
        await bench.Build().Rebuilder.RunAsync(null, Stop);
        Assert.Equal(before, await DescribeAsync(bench));

        await bench.WriteAsync(d => d.Decisions.Add(new DecisionRow { MessageSha256 = first.Sha256, Action = "ignore", Why = "撤回", By = "staff", At = IntakeBench.Now }));
        await bench.Build().Replayer.RunAsync(null, null, null, Stop);
        Assert.All(await FindingsAsync(bench), Assert.Empty);
        Assert.Equal([null], await FoundAsync(bench));
    }

    [Fact]
    public async Task Signatures_are_made_again_when_the_common_texts_are_others()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));
        var signature = await bench.ReadAsync(d => d.ComparedTexts);
        await bench.WriteAsync(d => d.ComparedTexts.ExecuteUpdate(s => s.SetProperty(t => t.SignatureVersion, "0:x").SetProperty(t => t.Signature, Array.Empty<byte>())));

        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Han(1, 1500));

        Assert.Equal(signature[0].Signature, (await bench.ReadAsync(d => d.ComparedTexts.OrderBy(t => t.MaterialId)))[0].Signature);
        Assert.Single((await FindingsAsync(bench))["2018-shanhaiguan-01"]);
    }

    [Fact]
    public async Task What_an_older_method_had_missed_is_found_once_all_is_signed_by_the_newer()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await ReceiveAsync(bench, Post.Haigang, Title, Han(1, 1500));
        await ReceiveAsync(bench, Shanhaiguan, OtherTitle, Han(1, 1500));
        await bench.WriteAsync(d =>
        {
            d.ComparedTexts.ExecuteUpdate(s => s.SetProperty(t => t.SignatureVersion, "0:x").SetProperty(t => t.FoundAt, (Instant?)null));
            d.Materials.ExecuteUpdate(s => s.SetProperty(m => m.FindingsJson, "[]"));
        });

        await ReceiveAsync(bench, Post.Haigang, "另一项成果", Han(9, 1500));

        Assert.Single((await FindingsAsync(bench))["2018-shanhaiguan-01"]);
    }

    private static async Task<MessageRow> ReceiveAsync(IntakeBench bench, string from, string title, string text)
    {
        bench.Clock.AdvanceMinutes(10);
        return await bench.ReceiveAsync(Post.Letter(from, files: Writeup(title, text)));
    }

    private static OutgoingFile Writeup(string title, string text) => Post.Writeup(title, more: text);

    private static string Han(int seed, int length)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append((char)(0x4E00 + random.Next(3000)));
        }

        return text.ToString();
    }

    private static async Task<ILookup<string, Finding>> FindingsAsync(IntakeBench bench) =>
        (await bench.EntriesAsync())
            .SelectMany(e => e.Materials.SelectMany(m => FindingsJson.Read(m.FindingsJson)).Where(f => f.Code == FindingCodes.SimilarToEarlier).Select(f => (e.Code, f)))
            .ToLookup(p => p.Code, p => p.f);

    private static async Task<List<string>> DescribeAsync(IntakeBench bench) =>
        [.. (await bench.EntriesAsync()).SelectMany(e => e.Materials.Select(m => $"{e.Code} {m.Kind} v{m.Version} {m.FindingsJson}")).Order(StringComparer.Ordinal)];

    private static async Task<List<Instant?>> FoundAsync(IntakeBench bench) =>
        [.. (await bench.ReadAsync(d => d.ComparedTexts.OrderBy(t => t.MaterialId))).Select(t => t.FoundAt)];
}
