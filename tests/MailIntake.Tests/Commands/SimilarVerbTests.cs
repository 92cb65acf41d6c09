using MailIntake.Tests.Intake;

namespace MailIntake.Tests.Commands;

/// <summary><c>similar</c>: what resembles an earlier write-up, side by side.</summary>
public sealed class SimilarVerbTests
{
    private const string Passage = "我们搭建“线上议事厅”平台，职工用手机扫码即可反映诉求，工会干部二十四小时内必须答复，办结情况由职工本人评价打分。";

    [Fact]
    public async Task Nothing_similar_is_said_so_and_an_unknown_entry_is_refused()
    {
        using var world = await VerbWorld.FiledAsync();

        Assert.Contains("没有与其他单位或往年材料相近的材料。", (await world.RunAsync("similar")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(["there is no entry 2018-nobody-01"], (await world.RunAsync("similar", "2018-nobody-01")).Expect(2).Faults);
    }

    [Fact]
    public async Task Both_write_ups_stand_side_by_side_in_lines_of_one_width()
    {
        using var world = VerbWorld.Empty();
        await ImportTwoAsync(world);

        var output = (await world.RunAsync("similar")).Expect(0).Output;

        Assert.StartsWith("1. 相同文字约占 ", output, StringComparison.Ordinal);
        Assert.Contains("本篇：山海关区总工会　2018-shanhaiguan-01《先锋班组竞赛积分管理》　总结材料第1版（2018年9月20日报送）", output, StringComparison.Ordinal);
        Assert.Contains("此前：海港区总工会　2018-haigang-01《职工码上议事厅平台》　总结材料第1版（2018年9月19日报送）", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("职工用手机扫码即可反映诉求").Length - 1);
        Assert.Contains("二十四小时内必须", output, StringComparison.Ordinal);
        Assert.Contains("四十八小时内必须", output, StringComparison.Ordinal);
        Assert.EndsWith("共 1 处相近，是否属于重复申报请工作人员核对。\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var left = output.Split('\n').Where(l => l.Contains(" │ ", StringComparison.Ordinal)).Select(l => MailIntake.Commands.TextColumns.Width(l[..l.IndexOf('│', StringComparison.Ordinal)]));
        Assert.Single(left.Distinct());
    }

    [Fact]
    public async Task Json_holds_the_pair_and_its_passages()
    {
        using var world = VerbWorld.Empty();
        await ImportTwoAsync(world);

        var pair = Assert.Single((await world.RunAsync("similar", "2018-haigang-01", "--json")).Expect(0).Json.EnumerateArray());

        Assert.Equal("2018-shanhaiguan-01", pair.GetProperty("later").GetProperty("entry").GetString());
        Assert.Equal("2018-haigang-01", pair.GetProperty("earlier").GetProperty("entry").GetString());
        Assert.InRange(pair.GetProperty("share").GetDouble(), 0.8, 1);
        Assert.Contains(pair.GetProperty("passages").EnumerateArray(), p => p.GetProperty("later").GetString()!.Contains("四十八小时内必须答复", StringComparison.Ordinal)
            && p.GetProperty("earlier").GetString()!.Contains("二十四小时内必须答复", StringComparison.Ordinal));
        Assert.Contains("similar-to-earlier", (await world.RunAsync("status", "--unit", "shanhaiguan", "--json")).Expect(0).Output, StringComparison.Ordinal);
    }

    private static async Task ImportTwoAsync(VerbWorld world)
    {
        var random = new Random(5);
        var text = Passage + string.Concat(Enumerable.Range(0, 600).Select(_ => (char)(0x4E00 + random.Next(3000))));
        await WriteAsync(world, 19, Post.Letter(files: Post.Writeup("职工码上议事厅平台", more: text)));
        await WriteAsync(world, 20, Post.Letter(
            "shanhaiguan@example.com", files: Post.Writeup("先锋班组竞赛积分管理", more: text.Replace("二十四", "四十八", StringComparison.Ordinal))));
        (await world.RunAsync("run", "--once")).Expect(0);
    }

    /// <summary>A Maildir tells by the name of a file when it came.</summary>
    private static Task WriteAsync(VerbWorld world, int day, byte[] mail) => File.WriteAllBytesAsync(
        world.Path($"mail-in/new/{new DateTimeOffset(2018, 9, day, 1, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}.M{day}.samples.eml"), mail, TestContext.Current.CancellationToken);
}
