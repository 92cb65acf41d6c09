using System.Text.Json;

using MailIntake.Mail.Writing;

namespace MailIntake.Tests.Intake;

/// <summary>One document that holds brief, write-up and form.</summary>
public class SeveralMaterialsTests
{
    private const string Title = "职工“码上议事厅”平台";

    private static readonly string Sentence = "针对职工反映集中的问题，我们搭建线上议事平台，分批推进，让职工诉求件件有回音、事事有着落。";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_material_of_one_document_is_filed_and_checked_by_itself()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(files: Together(briefSentences: 6)));

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal(Title, entry.Title);
        var materials = entry.Materials.ToDictionary(m => m.Kind);
        Assert.Equal(["brief", "form", "writeup"], materials.Keys.Order());
        Assert.Single(entry.Materials.Select(m => m.Sha256).Distinct());
        Assert.Equal(6 * Sentence.Length, materials["brief"].Characters);
        Assert.Contains("over-limit", materials["brief"].FindingsJson, StringComparison.Ordinal);
        Assert.DoesNotContain("over-limit", materials["writeup"].FindingsJson, StringComparison.Ordinal);
        Assert.Null(materials["writeup"].FieldsJson);
        Assert.Equal("海港区总工会", JsonSerializer.Deserialize<Dictionary<string, string?>>(materials["form"].FieldsJson!)!["申报单位"]);
        Assert.Contains("no-seal", materials["form"].FindingsJson, StringComparison.Ordinal);
        Assert.Equal(
            [
                $"2018/县区/海港区总工会/2018-haigang-01 {Title}/总结材料.v1.txt",
                $"2018/县区/海港区总工会/2018-haigang-01 {Title}/申报表.v1.txt",
                $"2018/县区/海港区总工会/2018-haigang-01 {Title}/简要材料.v1.txt",
            ],
            bench.TreeFiles());
        var receipt = Assert.Single(await bench.OutboxAsync()).PayloadJson;
        Assert.All(["简要材料", "总结材料", "申报表"], name => Assert.Contains($"\"materialName\":\"{name}\"", receipt.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_mended_brief_alone_replaces_the_brief_in_the_document()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Together(briefSentences: 6)));

        await bench.ReceiveAsync(Post.Letter(files: Post.Brief(Title)));

        var materials = Assert.Single(await bench.EntriesAsync()).Materials;
        Assert.Equal(["brief 1", "brief 2", "form 1", "writeup 1"], materials.Select(m => $"{m.Kind} {m.Version}").Order());
    }

    [Fact]
    public async Task The_same_document_again_and_a_replay_change_nothing()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Together(briefSentences: 2)));
        var mail = await bench.ReceiveAsync(Post.Letter(files: Together(briefSentences: 2)));
        var (ids, tree) = (await IdsAsync(bench), bench.TreeFiles());

        await bench.Build().Replayer.RunAsync(null, null, null, Stop);

        Assert.Contains("duplicate", mail.FindingsJson, StringComparison.Ordinal);
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids, await IdsAsync(bench));
        Assert.Equal(tree, bench.TreeFiles());
    }

    [Fact]
    public async Task A_rebuild_from_the_archive_takes_the_document_apart_in_the_same_way()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Together(briefSentences: 6)));
        await bench.ReceiveAsync(Post.Letter(files: Post.Brief(Title)));
        var (before, tree) = (await DescribeAsync(bench), bench.TreeFiles());

        await bench.LoseDatabaseAsync();
        await bench.Build().Rebuilder.RunAsync(null, Stop);

        Assert.Equal(4, before.Count);
        Assert.Equal(before, await DescribeAsync(bench));
        Assert.Equal(tree, bench.TreeFiles());
    }

    [Fact]
    public async Task A_document_with_the_materials_of_two_entries_is_shown_to_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var text = $"附件1：甲简介\n{Many(3)}\n附件2：甲经验材料\n{Sections()}附件3：乙简介\n{Many(3)}\n附件4：乙经验材料\n{Sections()}";

        await bench.ReceiveAsync(Post.Letter(files: Post.TextFile("申报材料.txt", text)));

        Assert.All(Assert.Single(await bench.EntriesAsync()).Materials, m => Assert.Contains("多项成果", m.FindingsJson, StringComparison.Ordinal));
    }

    private static async Task<List<string>> DescribeAsync(IntakeBench bench) =>
        [.. (await bench.EntriesAsync()).SelectMany(e => e.Materials.Select(m => $"{e.Code} {m.Kind} {m.Version} {m.Characters} {m.TreePath} {m.FindingsJson}")).Order()];

    private static async Task<List<long>> IdsAsync(IntakeBench bench) => [.. (await bench.EntriesAsync()).SelectMany(e => e.Materials).Select(m => m.Id).Order()];

    private static OutgoingFile Together(int briefSentences) => Post.TextFile(
        "申报材料汇总.txt",
        $"附件1：创新成果简介\n{Many(briefSentences)}\n附件2：创新成果材料\n{Sections()}附件3：工会工作创新成果申报表\n"
        + $"创新成果名称：{Title}\n申报单位：海港区总工会\n申报时间：2018年9月18日\n创新成果负责人：张三\n创新成果主要内容及效果：{Many(2)}\n");

    private static string Sections() => $"一、创新背景\n{Many(2)}\n二、创新点\n{Many(2)}\n三、创新举措和过程\n{Many(2)}\n四、取得成效\n{Many(2)}\n";

    private static string Many(int sentences) => string.Concat(Enumerable.Repeat(Sentence, sentences));
}
