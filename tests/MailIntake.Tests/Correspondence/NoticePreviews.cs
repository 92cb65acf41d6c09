using MailIntake.Correspondence.Notices;
using MailIntake.Correspondence.Staff;
using MailIntake.Domain.Completeness;
using MailIntake.Reports;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>A sample of every kind of notice.</summary>
internal static class NoticePreviews
{
    private static readonly LocalDate Today = new(2018, 9, 20);
    private static readonly NoticeWriter Writer = new(Office.Campaign, Office.Tokens);
    private static readonly PhaseNotices Phases = new(Office.Campaign, Office.Calendar, Office.Tokens);
    private static readonly StaffLetters StaffLetters = new(Office.Campaign, Office.Tokens);

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
        ["notice-held"] = StaffLetters.Held(
            new HeldMail(128, Office.At(2018, 9, 20, 9, 5), "someone@example.com", "报送材料", "未能确定报送单位", ["海港区总工会", "海港医院工会"], Failed: false),
            ["您好，<b>附件</b>请查收。", "联系人：王某某"], ["总结材料.docx", "申报表（盖章）.jpg"], Today),
        ["notice-command"] = StaffLetters.Result(
            StaffOutcome.Refused("花名册中没有“海岗区总工会”，或有不止一个单位与之相符", "名称相近的单位：海港区总工会。"), ["归入 海岗区总工会"], Today),
        ["notice-command-done"] = StaffLetters.Result(
            StaffOutcome.Done("已将该邮件归入海港区总工会的成果2018-haigang-02", "材料将随即登记，并向报送单位发出回执。"), ["归入 海港区总工会 2"], Today),
    };
}
