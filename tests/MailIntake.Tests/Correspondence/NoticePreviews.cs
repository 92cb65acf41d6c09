using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Completeness;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>A sample of every kind of notice.</summary>
internal static class NoticePreviews
{
    private static readonly LocalDate Today = new(2018, 9, 20);
    private static readonly NoticeWriter Writer = new(Office.Campaign, Office.Tokens);
    private static readonly PhaseNotices Phases = new(Office.Campaign, Office.Calendar, Office.Tokens);
    private static readonly LetterHead Head = LetterHead.Of(Office.Campaign);

    public static IReadOnlyDictionary<string, NoticeModel> All { get; } = new Dictionary<string, NoticeModel>
    {
        ["notice-extension"] = Writer.Extension(Office.Haigang, Office.Campaign.FindPhase("summary")!, new LocalDate(2018, 10, 15), "机构改革期间人员调整", Today),
        ["notice-shortlist"] = Writer.Shortlist(Office.Haigang, "2018-haigang-01", "码上议事厅", new LocalDate(2018, 11, 9), new LocalDate(2018, 11, 1)),
        ["notice-opening"] = Phases.Opening(Office.Completeness(Office.Haigang, Office.At(2018, 6, 1)), Office.Campaign.FindPhase("summary")!, new LocalDate(2018, 6, 1))!,
        ["notice-opening-quota"] = Phases.Opening(Office.Completeness(Office.Haigang, Office.At(2018, 10, 8)), Office.Campaign.FindPhase("declaration")!, new LocalDate(2018, 10, 8))!,
        ["notice-overdue"] = Phases.Overdue(
            Office.Completeness(
                Office.Jiaoyu, Office.At(2018, 10, 8),
                Office.Entry(Office.Jiaoyu, 1, "教师暖心驿站", Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("writeup", Office.At(2018, 9, 20)))),
            Office.Campaign.FindPhase("summary")!, Office.At(2018, 10, 8))!,
        ["notice-complete"] = Phases.Complete(
            Office.Completeness(
                Office.Jiaoyu, Office.At(2018, 10, 9),
                Office.Entry(
                    Office.Jiaoyu, 1, "教师暖心驿站", Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("writeup", Office.At(2018, 9, 20), 2),
                    Office.Material("evidence", Office.At(2018, 9, 20)), Office.Material("form", Office.At(2018, 9, 27)))),
            Office.Campaign.FindPhase("declaration")!, Office.At(2018, 10, 9))!,
        ["notice-problem"] = Phases.Problem(
            Office.Haigang, "2018-haigang-01", "码上议事厅", "申报表", Office.Campaign.FindPhase("summary")!,
            [new Finding(FindingCodes.NoSeal, Severity.Problem, "申报表未见单位公章，请加盖公章后报送扫描件")], Today),
        ["notice-alert"] = new AlertWriter(Office.Campaign).Write(AlertWriter.MailboxRefused, Office.At(2018, 9, 20)),
        ["notice-unmatched"] = Writer.Unmatched("报送材料", "<1@example.com>", [], ["总结材料.docx", "申报表.pdf"], Today),
        ["notice-held"] = new NoticeModel
        {
            Kind = NoticeKinds.Held,
            Head = Head,
            Subject = "【待处理】报送材料[处理 2018-m128-K7Q2M9XA]",
            Title = "待处理邮件",
            Addressee = "工作人员",
            KeyFact = "有一封邮件需要您处理：未能确定报送单位。",
            IsUrgent = true,
            Sections =
            [
                new NoticeSection("来信情况", ["发件人：someone@example.com", "主题：报送材料", "收到时间：2018年9月20日9时05分", "可能属于：海港区总工会、海港医院工会"]),
                new NoticeSection("正文", ["您好，<b>附件</b>请查收。"], IsQuoted: true),
                new NoticeSection("如何处理", ["请直接回复本邮件，在正文第一行写明指令，每封邮件写一条："]),
            ],
            SignedOn = Today,
        },
        ["notice-command"] = new NoticeModel
        {
            Kind = NoticeKinds.Command,
            Head = Head,
            Subject = "【未办理】花名册中没有“海岗区总工会”，或有不止一个单位与之相符",
            Title = "指令办理结果",
            Addressee = "工作人员",
            KeyFact = "花名册中没有“海岗区总工会”，或有不止一个单位与之相符。",
            IsUrgent = true,
            Sections = [new NoticeSection(null, ["名称相近的单位：海港区总工会。"]), new NoticeSection("您的指令", ["归入 海岗区总工会"], IsQuoted: true)],
            SignedOn = Today,
            Footer = "本邮件由材料接收系统自动发送。",
        },
    };
}
