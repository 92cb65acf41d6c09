using MailIntake.Intake;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

/// <summary>Titles of one innovation that vary from file to file and from mail to mail.</summary>
public class MatchingTitlesTests
{
    private const string Hall = "“码上议事厅”服务新模式";

    [Fact]
    public async Task A_writeup_headed_with_a_verb_in_a_later_mail_joins_the_entry_of_the_form()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: [Post.Form(Hall), Post.Brief(Hall)]));

        await bench.ReceiveAsync(Post.Letter(subject: "修改后的材料", files: Post.Writeup($"打造{Hall}的经验材料")));

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal(Hall, entry.Title);
        Assert.Equal(["brief", "form", "writeup"], entry.Materials.Select(m => m.Kind).Order());
    }

    [Fact]
    public async Task The_title_of_a_form_replaces_the_headline_of_a_writeup_that_came_first()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("以“码上议事厅”为抓手推动职工诉求件件有回音")));

        await bench.ReceiveAsync(Post.Letter(files: Post.Form(Hall)));

        Assert.Equal(Hall, Assert.Single(await bench.EntriesAsync()).Title);
    }

    [Fact]
    public async Task A_mail_whose_form_brief_and_writeup_vary_the_title_is_one_entry()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(files:
        [
            Post.Brief("码上议事厅", "《码上议事厅》简要材料.txt"),
            Post.Writeup("数字赋能 共建共享——“码上议事厅”职工服务的实践与探索", "总结.txt"),
            Post.Form(Hall),
        ]));

        Assert.Equal(MessageState.Filed, mail.State);
        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal((Hall, 3), (entry.Title, entry.Materials.Count));
    }

    [Fact]
    public async Task Two_entries_in_one_mail_whose_writeups_are_headed_with_verbs_are_told_apart()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(subject: "海港区总工会两项创新成果", files:
        [
            Post.Form("“师徒结对积分银行”培训体系", fileName: "1申报表.docx"), Post.Writeup("打造“师徒结对积分银行”培训体系的经验材料", "1总结材料.txt"),
            Post.Form("“心灵驿站”关爱行动", fileName: "2申报表.docx"), Post.Writeup("打造“心灵驿站”关爱行动的经验材料", "2总结材料.txt", "另"),
        ]));

        Assert.Equal(MessageState.Filed, mail.State);
        var entries = await bench.EntriesAsync();
        Assert.Equal(["“师徒结对积分银行”培训体系", "“心灵驿站”关爱行动"], entries.Select(e => e.Title));
        Assert.All(entries, e => Assert.Equal(["form", "writeup"], e.Materials.Select(m => m.Kind).Order()));
        Assert.Equal(["1总结材料.txt", "1申报表.docx"], entries[0].Materials.Select(m => m.FileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_forms_in_one_mail_that_share_the_quoted_name_are_two_entries()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(files:
            [Post.Form("“先锋班组”竞赛积分管理办法", fileName: "1.docx"), Post.Form("“先锋班组”文化建设行动", fileName: "2.docx")]));

        Assert.Equal(2, (await bench.EntriesAsync()).Count);
    }

    [Fact]
    public async Task A_second_phase_is_another_entry()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Form(Hall + "一期")));

        await bench.ReceiveAsync(Post.Letter(files: Post.Form(Hall + "二期", fileName: "码上议事厅一期申报表.docx")));

        Assert.Equal([Hall + "一期", Hall + "二期"], (await bench.EntriesAsync()).Select(e => e.Title));
    }

    [Fact]
    public async Task A_second_form_that_shares_the_quoted_name_alone_waits_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Form("“先锋班组”竞赛积分管理办法")));

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Form("“先锋班组”文化建设行动")));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Equal(HeldReasons.EntryAmbiguous, Because.Read(mail.BecauseJson)!.Codes[0]);
        Assert.Equal("“先锋班组”竞赛积分管理办法", Assert.Single(await bench.EntriesAsync()).Title);
    }

    [Fact]
    public async Task A_title_that_fits_two_known_entries_waits_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files:
            [Post.Form("“先锋班组”竞赛积分管理办法", fileName: "1.docx"), Post.Form("“先锋班组”文化建设行动", fileName: "2.docx")]));

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("打造“先锋班组”激发基层活力")));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Equal(["2018-haigang-01", "2018-haigang-02"], Because.Read(mail.BecauseJson)!.Candidates);
    }

    [Fact]
    public async Task A_mended_writeup_under_the_same_free_headline_is_an_update_and_shown_to_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: [Post.Form(Hall), Post.Writeup("以“码上议事厅”为抓手推动诉求件件有回音", "总结.txt")]));

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("以“码上议事厅”为抓手推动诉求件件有回音", "总结改.txt", "更多。")));

        Assert.Equal(MessageState.Filed, mail.State);
        Assert.Equal([1, 2], Assert.Single(await bench.EntriesAsync()).Materials.Where(m => m.Kind == "writeup").Select(m => m.Version).Order());
        Assert.Contains("entry-ambiguous", mail.FindingsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_forms_in_one_mail_that_both_come_near_one_known_entry_wait_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Brief("“先锋班组”竞赛积分管理办法")));

        var mail = await bench.ReceiveAsync(Post.Letter(files:
            [Post.Form("“先锋班组”竞赛积分管理办法", fileName: "1.docx"), Post.Form("“先锋班组”文化建设行动", fileName: "2.docx")]));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Single(await bench.EntriesAsync());
    }
}
