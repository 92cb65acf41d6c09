using System.Text;
using System.Text.Json;

using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

namespace MailIntake.Tests.Commands;

/// <summary>Staff steer the worker by answering its letters.</summary>
public sealed class StaffByMailTests
{
    private const string Staff = "yanjiushi@example.com";

    [Fact]
    public async Task An_answer_files_the_mail_and_is_confirmed()
    {
        using var world = await VerbWorld.FiledAsync();
        var (held, letter) = await HeldAsync(world);

        await AnswerAsync(world, letter, "归入 海港区总工会\n\n谢谢");

        Assert.DoesNotContain(held, await HeldIdsAsync(world));
        var reply = Assert.Single(Replies(world));
        Assert.Contains("【已办理】已将该邮件归入海港区总工会", reply.Subject, StringComparison.Ordinal);
        Assert.Equal(Staff, Assert.Single(reply.To).Address);
    }

    [Fact]
    public async Task The_answer_may_stand_below_the_quoted_letter()
    {
        using var world = await VerbWorld.FiledAsync();
        var (held, letter) = await HeldAsync(world);
        var quoted = string.Join('\n', MailText.Readable(letter).Split('\n').Select(line => "> " + line));

        await AnswerAsync(world, letter, quoted + "\n\n忽略\n");

        Assert.DoesNotContain(held, await HeldIdsAsync(world));
        Assert.Contains("不再处理", Assert.Single(Replies(world)).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("归入 海岗区总工会", "花名册中没有")]
    [InlineData("归入 海港区总工会\n忽略", "2条指令")]
    [InlineData("归入 海港区总工会 77", "没有序号")]
    [InlineData("我看看", "未能识别指令")]
    public async Task What_cannot_be_carried_out_is_refused_and_changes_nothing(string text, string said)
    {
        using var world = await VerbWorld.FiledAsync();
        var (held, letter) = await HeldAsync(world);
        var before = await world.StatusAsync();

        await AnswerAsync(world, letter, text);

        Assert.Contains(held, await HeldIdsAsync(world));
        Assert.Equal(before, await world.StatusAsync());
        Assert.Contains(said, Assert.Single(Replies(world)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_sender_changes_nothing()
    {
        using var world = await VerbWorld.FiledAsync();
        var (held, letter) = await HeldAsync(world);

        await AnswerAsync(world, letter, "忽略", spf: "fail");

        Assert.Contains(held, await HeldIdsAsync(world));
        Assert.Contains("未能通过发件人验证", Assert.Single(Replies(world)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_a_token_changes_nothing()
    {
        using var world = await VerbWorld.FiledAsync();
        var (held, _) = await HeldAsync(world);

        await DeliverAsync(world, "归入", "延期 海港区总工会 10月15日", inReplyTo: "<forged.0123456789abcdef0123.aaaaaaaaaaaaaaaa@126.com>");

        Assert.Contains(held, await HeldIdsAsync(world));
        Assert.Contains("指令未执行", Assert.Single(Replies(world)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_answer_to_the_same_letter_comes_too_late()
    {
        using var world = await VerbWorld.FiledAsync();
        var (_, letter) = await HeldAsync(world);
        await AnswerAsync(world, letter, "归入 海港区总工会");
        var before = await world.StatusAsync();

        await AnswerAsync(world, letter, "归入 山海关区总工会");

        Assert.Equal(before, await world.StatusAsync());
        Assert.Contains(Replies(world), reply => reply.Subject.Contains("该邮件此前已归入海港区总工会", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_extension_is_granted_and_the_unit_is_told()
    {
        using var world = await VerbWorld.FiledAsync();
        var (_, letter) = await HeldAsync(world);

        await AnswerAsync(world, letter, "延期 卢龙县总工会 10月15日 人员调整");

        var notice = Assert.Single(Letters(world), l => l.Subject.Contains("【延期】", StringComparison.Ordinal));
        Assert.Equal("lulong@example.com", Assert.Single(notice.To).Address);
        Assert.Contains("2018年10月15日", MailText.Readable(notice), StringComparison.Ordinal);
        var output = (await world.RunAtAsync(VerbWorld.Later, "status", "--unit", "lulong", "--json")).Expect(0).Output;
        Assert.True(output.Contains("2018-10-15T23:59:59", StringComparison.Ordinal), output);
    }

    private static async Task<(long Mail, MimeMessage Letter)> HeldAsync(VerbWorld world)
    {
        var letter = Letters(world).First(l => l.Subject.Contains("【待处理】", StringComparison.Ordinal) && l.To[0].Address == Staff);
        var held = await HeldIdsAsync(world);
        var subject = letter.Subject[(letter.Subject.LastIndexOf("-m", StringComparison.Ordinal) + 2)..];
        return (held.Single(id => subject.StartsWith(id + "-", StringComparison.Ordinal)), letter);
    }

    private static async Task<IReadOnlyList<long>> HeldIdsAsync(VerbWorld world) =>
        [.. (await world.RunAtAsync(VerbWorld.Later, "held", "--json")).Expect(0).Json.EnumerateArray().Select(Id)];

    private static long Id(JsonElement mail) => mail.GetProperty("mail").GetInt64();

    private static IReadOnlyList<MimeMessage> Letters(VerbWorld world) => [.. world.Letters().Select(l => MimeMessage.Read(Encoding.UTF8.GetBytes(l)))];

    private static IReadOnlyList<MimeMessage> Replies(VerbWorld world) =>
        [.. Letters(world).Where(l => l.Subject.StartsWith("【已办理】", StringComparison.Ordinal) || l.Subject.StartsWith("【未办理】", StringComparison.Ordinal))];

    private static Task AnswerAsync(VerbWorld world, MimeMessage letter, string text, string spf = "pass") =>
        DeliverAsync(world, "回复：" + letter.Subject, text, letter.MessageId, spf);

    private static async Task DeliverAsync(VerbWorld world, string subject, string text, string? inReplyTo, string spf = "pass")
    {
        var id = Guid.NewGuid().ToString("N");
        await File.WriteAllTextAsync(
            world.Path($"mail-in/new/1538012100.{id}.staff.eml"),
            $"""
            Received: from mail.example.com (unknown [203.0.113.25])
            	by mx27 (Coremail) with SMTP id G8Cow{id[..10]};
            	Thu, 27 Sep 2018 09:35:00 +0800 (CST)
            From: {Staff}
            To: qhdghgz@126.com
            Subject: {subject}
            Date: Thu, 27 Sep 2018 09:35:00 +0800
            Message-ID: <{id}@example.com>
            In-Reply-To: {inReplyTo}
            X-CM-TRANSID: G8Cow{id[..10]}
            Authentication-Results: mx27; spf={spf} smtp.mail={Staff};
            Content-Type: text/plain; charset=utf-8

            {text}
            """.ReplaceLineEndings("\n"), TestContext.Current.CancellationToken);
        (await world.RunAtAsync("2018-09-27T09:40", "run", "--once")).Expect(0);
    }
}
