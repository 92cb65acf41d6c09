using MailIntake.Correspondence;
using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Receipts;
using MailIntake.Correspondence.Reminders;
using MailIntake.Domain.Completeness;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>A sample of every kind of letter, and of the turns it takes.</summary>
internal static class Previews
{
    private const string Token = "[编号 2018-haigang-K7Q2M9XA]";
    private static readonly ReplyDecision ToSender = new("someone@example.com", ReplyReason.Sender);
    private static readonly Finding NoSeal = new(FindingCodes.NoSeal, Severity.Problem, "申报表未见单位公章，请加盖公章后报送扫描件");
    private static readonly Finding TooLong = new(FindingCodes.OverLimit, Severity.Problem, "总结材料 2610 字，超过 2500 字", 2610, 2500);

    public static IReadOnlyDictionary<string, ReceiptModel> Receipts { get; } = new Dictionary<string, ReceiptModel>
    {
        ["receipt-incomplete"] = Incomplete(),
        ["receipt-complete"] = Complete(),
        ["receipt-review"] = Review(),
        ["receipt-cloud"] = Cloud(),
        ["receipt-late"] = Late(),
    };

    public static IReadOnlyDictionary<string, ReminderModel> Reminders { get; } = new Dictionary<string, ReminderModel>
    {
        ["reminder"] = Reminder(),
        ["reminder-declaration"] = ReminderForQuota(),
    };

    public static IReadOnlyDictionary<string, DigestModel> Digests { get; } = new Dictionary<string, DigestModel>
    {
        ["digest"] = Busy(),
        ["digest-quiet"] = Quiet(),
        ["digest-brief"] = Quiet() with { IsBrief = true },
    };

    private static ReceiptModel Incomplete()
    {
        var now = Office.At(2018, 9, 20, 9, 5);
        var first = Office.Entry(
            Office.Haigang, 1, "码上议事厅",
            Office.Material("brief", Office.At(2018, 5, 20)),
            Office.Material("writeup", now, 1, TooLong),
            Office.Material("form", now, 2, NoSeal),
            Office.Material("evidence", now));
        return Office.ReceiptModels.Build(
            Office.Outcome(
                Office.Haigang, now,
                [
                    Office.File("附件.zip/总结材料.docx", "writeup", first, 1, 2610, TooLong),
                    Office.File("附件.zip/海港区总工会《码上议事厅》申报表（盖章）.docx", "form", first, 2, 812, NoSeal),
                    Office.File("附件.zip/媒体报道<script>alert(1)</script>.pdf", "evidence", first, 1),
                ],
                Office.Completeness(Office.Haigang, now, first)),
            Token, ToSender);
    }

    private static ReceiptModel Complete()
    {
        var now = Office.At(2018, 5, 20, 15, 30);
        var one = Office.Entry(Office.Jiaoyu, 1, "教师暖心驿站", Office.Material("brief", now));
        return Office.ReceiptModels.Build(
            Office.Outcome(Office.Jiaoyu, now, [Office.File("简要材料.docx", "brief", one, 1, 186)], Office.Completeness(Office.Jiaoyu, now, one)),
            Office.Tokens.TokenFor("jiaoyu"), ToSender);
    }

    private static ReceiptModel Review()
    {
        var now = Office.At(2018, 9, 21, 10, 0);
        var unknown = new Finding(FindingCodes.NoSeal, Severity.Warning, "申报表是否加盖公章未能自动识别，请工作人员核对");
        var one = Office.Entry(
            Office.Jiaoyu, 1, "教师暖心驿站",
            Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("writeup", now), Office.Material("form", now, 1, unknown), Office.Material("evidence", now));
        return Office.ReceiptModels.Build(
            Office.Outcome(
                Office.Jiaoyu, now,
                [
                    Office.File("总结材料.docx", "writeup", one, 1, 2310),
                    Office.File("申报表扫描件.pdf", "form", one, 1, null, unknown),
                    Office.File("佐证材料.pdf", "evidence", one),
                    Office.File("联系方式.txt", "other", one),
                ],
                Office.Completeness(Office.Jiaoyu, now, one)) with { SenderAddress = "stranger@example.org", SenderAuthenticated = false },
            Office.Tokens.TokenFor("jiaoyu"), new("jygh@example.com", ReplyReason.UnverifiedSender));
    }

    private static ReceiptModel Cloud()
    {
        var now = Office.At(2018, 9, 26, 17, 40);
        var one = Office.Entry(Office.Jiaoyu, 1, "教师暖心驿站", Office.Material("brief", Office.At(2018, 5, 20)));
        return Office.ReceiptModels.Build(
            Office.Outcome(
                Office.Jiaoyu, now, [], Office.Completeness(Office.Jiaoyu, now, one),
                new Finding(FindingCodes.CloudAttachment, Severity.Problem, "邮件中的“申报材料.rar”为超大附件，10月5日到期")),
            Office.Tokens.TokenFor("jiaoyu"), ToSender);
    }

    private static ReceiptModel Late()
    {
        var now = Office.At(2018, 10, 8, 8, 2);
        var late = new Finding(FindingCodes.Late, Severity.Warning, "申报表于 10月8日收到，晚于截止日期 9月30日");
        var one = Office.Entry(
            Office.Jiaoyu, 1, "教师暖心驿站",
            Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("writeup", Office.At(2018, 9, 20)), Office.Material("evidence", Office.At(2018, 9, 20)), Office.Material("form", now));
        return Office.ReceiptModels.Build(
            Office.Outcome(
                Office.Jiaoyu, now,
                [
                    Office.File("申报表.pdf", "form", one, 1, null, late),
                    Office.File("佐证材料.pdf", "evidence", one, 0, null, new Finding(FindingCodes.Duplicate, Severity.Note, "与此前收到的文件完全相同，未重复登记", 1)),
                ],
                Office.Completeness(Office.Jiaoyu, now, one)),
            Office.Tokens.TokenFor("jiaoyu"), ToSender);
    }

    private static ReminderModel Reminder()
    {
        var now = Office.At(2018, 9, 27, 9, 0);
        var one = Office.Entry(
            Office.Haigang, 1, "码上议事厅",
            Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("writeup", Office.At(2018, 9, 20)), Office.Material("form", Office.At(2018, 9, 20), 2, NoSeal));
        return new ReminderModelBuilder(Office.Campaign, Office.Calendar).Build(
            Office.Completeness(Office.Haigang, now, one), Office.Campaign.FindPhase("summary")!, Token, "2018年度工会工作创新成果申报表（空白）.docx", now)!;
    }

    private static ReminderModel ReminderForQuota()
    {
        var now = Office.At(2018, 10, 30, 9, 0);
        var one = Office.Entry(
            Office.Haigang, 1, "码上议事厅",
            Office.Material("brief", Office.At(2018, 5, 20)), Office.Material("writeup", Office.At(2018, 9, 20)), Office.Material("form", Office.At(2018, 9, 20)), Office.Material("evidence", Office.At(2018, 9, 20)));
        return new ReminderModelBuilder(Office.Campaign, Office.Calendar).Build(
            Office.Completeness(Office.Haigang, now, one), Office.Campaign.FindPhase("declaration")!, Token, "2018年度工会工作创新成果申报表（空白）.docx", now)!;
    }

    private static DigestModel Busy() => new()
    {
        Head = LetterHead.Of(Office.Campaign),
        Date = new LocalDate(2018, 9, 20),
        PhaseName = "总结",
        Tasks =
        [
            new("有2封邮件未能自动归入单位或成果，请逐封确定归属（详见“待处理邮件”）", []),
            new("有1封邮件未能发出，请以其他方式通知有关单位，或改正邮箱后重新发送", ["[88] 回执　cly@example.com　550 Invalid User"]),
            new("有1个登记邮箱已失效（退信），请与单位核实后更新花名册", ["昌黎县总工会　cly@example.com　550 Invalid User"]),
            new("有1个单位尚缺材料而无可用邮箱，提醒无法送达，请电话通知", ["昌黎县总工会　电话：0335-0000002"]),
        ],
        Held =
        [
            new(17, new(2018, 9, 19, 16, 20), "someone@example.org", "工会材料", "发件人和来件内容均未能确定单位", ""),
            new(21, new(2018, 9, 20, 8, 1), "lianhe@example.com", "联合申报《职工心理关爱》", "来件同时符合两个单位", "市卫生健康工会、市第一医院工会"),
        ],
        Since = new(2018, 9, 19, 8, 30),
        News = [new("海港区总工会", 2, 5, 1), new("市教育工会", 1, 3, 0)],
        Letters = new(3, 0, 1),
        Categories = [new("县区", 9, 6, 2, 13, 6, 1), new("系统", 12, 5, 3, 6, 9, 0), new("机关部室", 10, 10, 8, 11, 2, 0)],
        Deadlines =
        [
            new("总结", new(new(2018, 9, 30), DayKind.MakeUpWorkday), 10, 18),
            new("申报", new(new(2018, 10, 31), DayKind.Workday), 41, 0),
        ],
        ReportFile = "材料报送情况（2018年9月20日）.xlsx",
    };

    private static DigestModel Quiet() => Busy() with
    {
        Tasks = [], Held = [], News = [], Letters = new(0, 0, 0), Date = new(2019, 1, 3), PhaseName = null, Deadlines = [], Since = new(2019, 1, 2, 8, 30),
        ReportFile = "材料报送情况（2019年1月3日）.xlsx",
    };
}
