using MailIntake.Domain.Entries;
using MailIntake.Intake;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

public class TitlesTests
{
    [Theory]
    [InlineData("打造“码上议事厅”服务新模式", "“码上议事厅”服务新模式", true)]
    [InlineData("职工暖心工程二期", "职工暖心工程", false)]
    [InlineData("工会驿站共建共享机制", "困难职工精准帮扶档案", false)]
    public void A_title_that_holds_another_whole_is_the_same_unless_a_number_tells_them_apart(string left, string right, bool same)
    {
        Assert.Equal(same, EntryMatcher.AreSame(left, right));
        Assert.Equal(same, EntryMatcher.AreSame(right, left));
    }

    [Fact]
    public async Task The_label_before_a_title_in_a_text_is_no_part_of_the_title()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(files: Post.Brief("创新成果名称：职工码上议事厅")));

        Assert.Equal("职工码上议事厅", Assert.Single(await bench.EntriesAsync()).Title);
    }

    [Fact]
    public async Task Texts_that_fit_neither_of_two_forms_wait_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(files:
        [
            Post.Form("职工码上议事厅平台", fileName: "1.docx"), Post.Form("先锋班组竞赛积分管理", fileName: "2.docx"),
            Post.Writeup("以心换心办好身边小事", "总结甲.txt"), Post.Writeup("凝心聚力推动企业发展", "总结乙.txt"),
        ]));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Equal(HeldReasons.EntryAmbiguous, Because.Read(mail.BecauseJson)!.Codes[0]);
        Assert.Empty(await bench.EntriesAsync());
    }

    [Fact]
    public async Task Words_about_seal_and_signature_in_a_file_name_are_no_title()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(subject: "申报表", files: Post.TextFile("申报表-有签无章.txt", "扫描件")));

        Assert.Null(Assert.Single(await bench.EntriesAsync()).Title);
    }

    [Fact]
    public void A_full_disk_is_no_fault_of_a_mail()
    {
        Assert.True(HouseFaults.IsDiskFull(new InvalidOperationException("", new IOException("No space left on device", 28))));
        Assert.False(HouseFaults.IsAny(new InvalidDataException()));
    }
}
