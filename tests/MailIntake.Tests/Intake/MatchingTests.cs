using MailIntake.Intake;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

public class MatchingTests
{
    [Fact]
    public async Task A_sender_of_the_roster_is_believed()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Brief("职工“码上议事厅”")));

        Assert.Equal((MessageState.Filed, "haigang", "submission"), (mail.State, mail.UnitCode, mail.Kind));
        Assert.Contains("sender-address", Because.Read(mail.BecauseJson)!.Codes);
    }

    [Fact]
    public async Task Mail_of_a_stranger_that_names_no_unit_waits_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(Post.Stranger, "材料", "见附件", files: Post.Brief("职工“码上议事厅”")));

        Assert.Equal((MessageState.Held, null), (mail.State, mail.UnitCode));
        Assert.Equal(HeldReasons.UnitUnknown, Because.Read(mail.BecauseJson)!.Codes[0]);
        Assert.Contains("unit-unknown", mail.FindingsJson, StringComparison.Ordinal);
        Assert.Empty(await bench.EntriesAsync());
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task Mail_that_fits_two_units_waits_for_staff_with_both_as_candidates()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(
            Post.Stranger, "材料", "见附件", files: [Post.Form("甲成果示范平台", "海港区总工会", "a.docx"), Post.Form("乙成果示范平台", "昌黎县总工会", "b.docx")]));

        Assert.Equal(MessageState.Held, mail.State);
        var because = Because.Read(mail.BecauseJson)!;
        Assert.Equal(HeldReasons.UnitAmbiguous, because.Codes[0]);
        Assert.Equal(["changli", "haigang"], because.Candidates!.Order());
    }

    [Fact]
    public async Task What_staff_decide_overrides_everything_and_is_learnt_for_the_sender()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var held = await bench.ReceiveAsync(Post.Letter(Post.Stranger, "材料", "见附件", files: Post.Brief("职工“码上议事厅”")));
        await bench.AssignAsync(held, "changli");
        await bench.RunAsync();

        var next = await bench.ReceiveAsync(Post.Letter(Post.Stranger, "补充材料", "见附件", files: Post.Writeup("职工“码上议事厅”")));

        Assert.Equal([("changli", MessageState.Filed), ("changli", MessageState.Filed)], (await bench.MessagesAsync()).Select(m => (m.UnitCode, m.State)));
        Assert.Contains("sender-address", Because.Read(next.BecauseJson)!.Codes);
        Assert.Equal("2018-changli-01", Assert.Single(await bench.EntriesAsync()).Code);
    }

    [Fact]
    public async Task What_staff_ignore_is_ignored()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var held = await bench.ReceiveAsync(Post.Letter(Post.Stranger, "广告", "您好", files: Post.TextFile("广告.txt", "优惠")));
        await bench.AssignAsync(held, null);

        await bench.RunAsync();

        Assert.Equal(MessageState.Ignored, Assert.Single(await bench.MessagesAsync()).State);
    }

    [Fact]
    public async Task Two_forms_with_two_titles_make_two_entries()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(files:
        [
            Post.Form("职工码上议事厅平台", fileName: "申报表1.docx"), Post.Form("先锋班组竞赛积分管理", fileName: "申报表2.docx"),
            Post.Writeup("先锋班组竞赛积分管理", "总结2.txt"), Post.Writeup("职工码上议事厅平台", "总结1.txt", "另"),
        ]));

        var entries = await bench.EntriesAsync();
        Assert.Equal(["职工码上议事厅平台", "先锋班组竞赛积分管理"], entries.Select(e => e.Title));
        Assert.Equal(["总结1.txt", "申报表1.docx"], entries[0].Materials.Select(m => m.FileName).Order(StringComparer.Ordinal));
        Assert.Equal(["总结2.txt", "申报表2.docx"], entries[1].Materials.Select(m => m.FileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_known_title_is_an_update_and_the_form_has_the_last_word_on_it()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Brief("职工“码上议事厅”平台建设")));

        await bench.ReceiveAsync(Post.Letter(files: Post.Form("职工《码上议事厅》平台建设")));

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal("职工《码上议事厅》平台建设", entry.Title);
        Assert.All(bench.TreeFiles(), f => Assert.Contains("2018-haigang-01 职工《码上议事厅》平台建设", f, StringComparison.Ordinal));
        Assert.Equal(2, bench.TreeFiles().Length);
    }

    [Fact]
    public async Task Material_without_a_title_belongs_to_the_only_entry()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Brief("职工“码上议事厅”")));

        await bench.ReceiveAsync(Post.Letter(subject: "佐证", files: Post.TextFile("领导批示.txt", "同意。")));

        Assert.Equal(2, Assert.Single(await bench.EntriesAsync()).Materials.Count);
    }

    [Fact]
    public async Task Material_that_does_not_say_which_of_several_entries_it_belongs_to_waits_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: [Post.Form("职工码上议事厅平台", fileName: "1.docx"), Post.Form("先锋班组竞赛积分管理", fileName: "2.docx")]));

        var mail = await bench.ReceiveAsync(Post.Letter(subject: "佐证", text: "补充佐证", files: Post.TextFile("领导批示.txt", "同意。")));

        Assert.Equal(MessageState.Held, mail.State);
        var because = Because.Read(mail.BecauseJson)!;
        Assert.Equal(HeldReasons.EntryAmbiguous, because.Codes[0]);
        Assert.Equal(["2018-haigang-01", "2018-haigang-02"], because.Candidates);

        await bench.AssignAsync(mail, "haigang", "2018-haigang-02");
        await bench.RunAsync();
        Assert.Contains((await bench.EntriesAsync())[1].Materials, m => m.FileName == "领导批示.txt");
    }

    [Fact]
    public async Task A_subject_that_names_the_entry_code_says_which_entry()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: [Post.Form("职工码上议事厅平台", fileName: "1.docx"), Post.Form("先锋班组竞赛积分管理", fileName: "2.docx")]));

        await bench.ReceiveAsync(Post.Letter(subject: "2018-haigang-02 佐证", files: Post.TextFile("领导批示.txt", "同意。")));

        Assert.Contains((await bench.EntriesAsync())[1].Materials, m => m.FileName == "领导批示.txt");
    }

    [Fact]
    public async Task A_folder_in_a_container_says_which_entry_evidence_belongs_to()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var zip = Post.Zip(
            "申报材料.zip",
            ("一/申报表.docx", WordForm.Write("职工码上议事厅平台", "海港区总工会")),
            ("二/申报表.docx", WordForm.Write("先锋班组竞赛积分管理", "海港区总工会")),
            ("二/领导批示.txt", "同意推广。"u8.ToArray()));

        await bench.ReceiveAsync(Post.Letter(files: zip));

        var entries = await bench.EntriesAsync();
        Assert.Equal(["申报材料.zip/二/申报表.docx", "申报材料.zip/二/领导批示.txt"], entries[1].Materials.Select(m => m.PathInMail).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_title_beside_an_entry_that_lacks_the_material_is_shown_to_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Brief("职工“码上议事厅”")));

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Form("工会驿站共建共享机制")));

        Assert.Equal(MessageState.Filed, mail.State);
        Assert.Equal(2, (await bench.EntriesAsync()).Count);
        Assert.Contains("entry-ambiguous", mail.FindingsJson, StringComparison.Ordinal);
    }
}
