using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

/// <summary>Which mail is ignored, and which without an entry staff must see.</summary>
public class IgnoredMailTests
{
    private const string Title = "职工“码上议事厅”平台";

    [Theory]
    [InlineData("Auto-Submitted", "auto-replied", "auto-reply")]
    [InlineData("List-Id", "<news.example.com>", "list")]
    public async Task Automatic_mail_is_ignored_and_never_answered(string header, string value, string kind)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(headers: [(header, value)]));

        Assert.Equal((MessageState.Ignored, kind), (mail.State, mail.Kind));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Theory]
    [InlineData(Post.Haigang, "X-Auto-Response-Suppress", "All")]
    [InlineData(Post.Haigang, "Auto-Submitted", "auto-generated")]
    [InlineData("qhdghgz@126.com", "X-Mailer", "webmail")]
    public async Task Material_in_a_mail_marked_as_automatic_or_sent_by_hand_from_our_mailbox_was_lost(string from, string header, string value)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(from: from, headers: [(header, value)], files: Post.Writeup(Title)));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Theory]
    [InlineData("qhdghgz@126.com", "own")]
    [InlineData("mailer-daemon@126.com", "bounce")]
    public async Task The_blank_form_of_our_own_letter_is_not_shown_to_staff(string from, string kind)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(from: from, subject: "系统退信", headers: [("Auto-Submitted", "auto-generated")], files: Post.Form("", unit: "")));

        Assert.Equal((MessageState.Ignored, kind), (mail.State, mail.Kind));
    }

    [Fact]
    public async Task A_list_that_carries_a_form_is_shown_to_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(headers: [("List-Id", "<news.example.com>")], files: Post.Form(Title)));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task Our_own_letter_coming_back_is_ignored()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(bench.Campaign.Mailbox, headers: [("Auto-Submitted", "auto-replied")], files: Post.Form(Title)));

        Assert.Equal((MessageState.Ignored, "own"), (mail.State, mail.Kind));
    }

    [Fact]
    public async Task A_unit_that_asks_a_question_is_shown_to_staff_and_not_answered_by_a_receipt()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(subject: "咨询", text: "请问视频什么时候报送？"));

        Assert.Equal((MessageState.Held, "other"), (mail.State, mail.Kind));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_courtesy_in_answer_to_a_letter_of_ours_needs_nobody()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(subject: "回复：回执", text: "收到，谢谢！", inReplyTo: "<receipt@126.com>"));

        Assert.Equal((MessageState.Filed, "reply", "haigang"), (mail.State, mail.Kind, mail.UnitCode));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_strangers_mail_without_material_in_a_junk_folder_does_not_reach_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Mailbox.AddFolder("垃圾邮件", junk: true).Add(Post.Letter(Post.Stranger, "发票代开", "加微信"));
        bench.Inbox.Add(Post.Letter(Post.Stranger, "发票代开", "加微信。"));

        await bench.RunAsync();

        Assert.Equal([MessageState.Held, MessageState.Ignored], (await bench.MessagesAsync()).Select(m => m.State));
    }
}
