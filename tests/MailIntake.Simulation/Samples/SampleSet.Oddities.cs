using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;

namespace MailIntake.Simulation.Samples;

/// <summary>Mail that comes by other ways, and mail that nobody should answer.</summary>
public sealed partial class SampleSet
{
    private void AddOddities()
    {
        AddForwarded();
        AddUnderOtherNames();
        AddStrangers();
        AddMachines();
    }

    private void AddForwarded()
    {
        byte[] inner = LetterWriter.Write(From("changli", "昌黎县总工会创新成果材料", "申报表和总结材料见附件。\n昌黎县总工会", Gbk,
            Docx($"{Nursery}申报表", new Materials(Seed + 40).Form(Nursery, "昌黎县总工会", Titles.Person(70), "2018年9月12日")),
            Docx($"{Nursery}总结材料", new Materials(Seed + 41).WriteUp(Nursery, 2050))) with
        {
            Date = Time("2018-09-13 17:20"),
            MessageId = "<20180913172000.inner@mail.example.com>",
        });
        AddFrom("changli", "2018-09-14 08:31", "the unit's mail, forwarded whole by a colleague whose address is in no roster", new Letter
        {
            FromName = "小李",
            FromAddress = "lixiaoming1986@example.com",
            Subject = "转发：昌黎县总工会创新成果材料",
            Text = "单位邮箱发不出去，我用个人邮箱转一下，见附件邮件。",
            Date = default,
            MessageId = "",
            Forwarded = inner,
        }, [new($"{Nursery}申报表.docx", "form", Nursery, 1, Unsealed), new($"{Nursery}总结材料.docx", "writeup", Nursery)]);
    }

    private void AddUnderOtherNames()
    {
        AddFrom("lulong", "2018-09-18 20:05", "from a private address; the form names the unit in traditional characters", new Letter
        {
            FromName = "张老师",
            FromAddress = "zhanglaoshi@example.com",
            Subject = "盧龍縣總工會申報材料",
            Text = "申報表見附件。",
            Date = default,
            MessageId = "",
            Files = [Docx($"{Chair}申报表", new Materials(Seed + 42).Form(Chair, Spellings.InTraditional("卢龙县总工会"), Titles.Person(81), "2018年9月18日"))],
        }, [new($"{Chair}申报表.docx", "form", Chair, 1, Unsealed)]);
        AddFrom("yanda", "2018-09-19 21:40", "the film as a cloud attachment: it was not sent at all", From("yanda", "燕山大学工会创新成果视频", "视频较大，已用超大附件发送，请查收。", Utf8,
            Docx($"{Skills}总结材料", new Materials(Seed + 43).WriteUp(Skills, 1999))) with
            {
                Html = Reports.NetEaseCloudAttachment("燕山大学工会成果视频.mp4", Time("2018-10-04 21:40")),
            },
            [new($"{Skills}总结材料.docx", "writeup", Skills)], "cloud-attachment");
        Add("2018-09-21 09:33", From("qingang", "秦港股份工会总结材料", "总结材料请查收。", Gbk, Docx($"{Hall}总结材料", new Materials(Seed + 44).WriteUp(Hall, 2123))), new ExpectedMail
        {
            File = "",
            About = "a good mail that the server put into the junk folder",
            Kind = "submission",
            State = "filed",
            Unit = "qingang",
            Receipt = true,
            Files = [new($"{Hall}总结材料.docx", "writeup", Hall)],
        }, folder: ".Junk/new");
    }

    private void AddStrangers()
    {
        Add("2018-09-15 13:13", new Letter
        {
            FromName = "热心职工",
            FromAddress = "someone@elsewhere.example",
            Subject = "我也想参加评选",
            Text = "附件是我的材料。",
            Date = default,
            MessageId = "",
            Files = [Docx("我的建议", new Materials(Seed + 50).Plan("我的建议"))],
        }, new ExpectedMail { File = "", About = "an unknown sender who names no unit: held, and not answered", Kind = "submission", State = "held", Findings = ["unit-unknown"] }, spf: "none");
        Add("2018-09-16 10:22", new Letter
        {
            FromName = "王科长",
            FromAddress = "wangkezhang@example.com",
            Subject = "市第一医院工会、市第二医院工会联合报送总结材料",
            Text = "市第一医院工会与市第二医院工会联合开展，材料见附件。",
            Date = default,
            MessageId = "",
            Files = [Docx("总结材料", new Materials(Seed + 51).WriteUp("“健康同行”关爱行动", 2002))],
        }, new ExpectedMail { File = "", About = "a private address, two units named: held, never guessed", Kind = "submission", State = "held", Findings = ["unit-ambiguous"] });
    }

    private void AddMachines()
    {
        Add("2018-09-12 14:05", From("diyiyiyuan", "自动回复: 关于报送创新成果的提醒", "您好，您的邮件已收到，我会尽快处理。", Utf8) with { Headers = [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")] },
            Ignored("an automatic reply", "auto-reply") with { Unit = null });
        Add("2018-09-12 14:06", From("zhongyi", "自动回复：我正在外出", "本人外出培训，9月20日返回单位，如有急事请电话联系。", Gbk) with { Headers = [("X-AutoReply", "yes"), ("Precedence", "auto_reply")] },
            Ignored("an absence note without Auto-Submitted", "auto-reply"));
        AddRaw("2018-09-12 14:10", Reports.NetEaseBounce("relidian@example.com", "<reminder-1@mailintake.example>", "Wed, 12 Sep 2018 14:10:00 +0800 (CST)"),
            Ignored("a bounce as NetEase writes it (系统退信), of a letter that was never sent here: nobody is declared dead", "bounce"));
        AddRaw("2018-09-12 14:11", Reports.StandardBounce("zilaishui@example.com", "<reminder-2@mailintake.example>", "5.1.1", "Wed, 12 Sep 2018 14:11:00 +0800"),
            Ignored("a bounce by RFC 3464, of a letter that was never sent here either", "bounce"));
        AddRaw("2018-09-12 14:12", Reports.StandardBounce("gongdian@example.com", "<reminder-3@mailintake.example>", "4.4.1", "Wed, 12 Sep 2018 14:12:00 +0800"),
            Ignored("a delay notice by RFC 3464", "bounce"));
        Add("2018-09-17 07:00", new Letter
        {
            FromName = "工会资讯",
            FromAddress = "news@list.example",
            Subject = "工会资讯第36期",
            Text = "本期导读。",
            Date = default,
            MessageId = "",
            Headers = [("List-Id", "<news.list.example>"), ("List-Unsubscribe", "<mailto:leave@list.example>"), ("Precedence", "bulk")],
        }, Ignored("a newsletter", "list"));
    }

    private static ExpectedMail Ignored(string about, string kind) => new() { File = "", About = about, Kind = kind, State = "ignored" };
}
