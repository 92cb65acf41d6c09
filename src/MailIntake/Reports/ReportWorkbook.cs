using System.Globalization;

using NodaTime;
using NodaTime.Text;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;

namespace MailIntake.Reports;

/// <summary>The workbook of <c>report FILE.xlsx</c>, which the digest carries too: 成果登记表, 齐备情况, 待处理.</summary>
internal static class ReportWorkbook
{
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm");

    /// <summary>Writes a file, replacing one that is there.</summary>
    public static void Write(string path, StatusSnapshot snapshot, IReadOnlyList<HeldMail> held)
    {
        using var stream = File.Create(path);
        Write(stream, snapshot, held);
    }

    /// <summary>Writes to a stream that can seek.</summary>
    public static void Write(Stream stream, StatusSnapshot snapshot, IReadOnlyList<HeldMail> held)
    {
        using var workbook = new Workbook(stream);
        WriteRegister(workbook, snapshot);
        WriteMatrix(workbook, snapshot);
        WriteHeld(workbook, snapshot, held);
    }

    private static void WriteRegister(Workbook workbook, StatusSnapshot snapshot)
    {
        var requirements = snapshot.Campaign.Requirements.ToList();
        (string, double)[] columns =
        [
            ("序号", 6), ("成果编号", 20), ("创新成果名称", 44), ("申报单位", 28), ("类别", 12),
            .. requirements.Select(r => (r.Name, 16.0)), ("最近收件时间", 18), ("核查意见", 60),
        ];
        workbook.AddSheet("成果登记表", columns, snapshot.Matrix.Units
            .SelectMany(u => u.Entries.Select(e => (Unit: u, Entry: e)))
            .Select((pair, i) => (IReadOnlyList<WorkbookCell>)
            [
                i + 1,
                pair.Entry.Entry.Code,
                pair.Entry.Entry.Title ?? "（名称待定）",
                pair.Unit.Unit.Name,
                pair.Unit.Unit.Category.FolderName(),
                .. requirements.Select(r => MaterialCell(pair.Entry.Materials.FirstOrDefault(m => m.Requirement.Kind == r.Kind))),
                Time(pair.Entry.Entry.Materials.Select(m => (Instant?)m.ReceivedAt).Max(), snapshot.Campaign.Zone),
                string.Join('\n', pair.Entry.Materials.SelectMany(m => m.Findings.Select(f => $"{m.Requirement.Name}：{f.Message}"))),
            ]));
    }

    private static void WriteMatrix(Workbook workbook, StatusSnapshot snapshot)
    {
        var requirements = snapshot.Campaign.Requirements.ToList();
        var table = StatusTable.Of(snapshot);
        (string, double)[] columns =
        [
            ("编码", 18), ("单位", 32), ("类别", 12), ("名额", 10), ("已报成果", 10),
            .. requirements.Select(r => (r.Name, 14.0)), ("是否齐备", 10), ("尚缺或需补正", 50), ("最近收件", 18), ("最近提醒", 18), ("邮箱状态", 10),
        ];
        workbook.AddSheet("齐备情况", columns, table.Rows.Select(row =>
        {
            var contact = snapshot.Contacts[row.Unit.Unit.Code];
            return (IReadOnlyList<WorkbookCell>)
            [
                row.Unit.Unit.Code,
                row.Unit.Unit.Name,
                row.Unit.Unit.Category.FolderName(),
                QuotaText(row.Unit),
                row.Unit.Entries.Count,
                .. row.Cells.Select(c => new WorkbookCell(c.Text, Style(c.Worst))),
                row.Unit.Standing switch
                {
                    UnitStanding.Complete => new WorkbookCell("是", WorkbookStyle.Good),
                    UnitStanding.Review => "待核对",
                    _ => new WorkbookCell("否", WorkbookStyle.Bad),
                },
                row.Owed,
                Time(contact.LastReceivedAt, snapshot.Campaign.Zone),
                Time(contact.LastRemindedAt, snapshot.Campaign.Zone),
                contact.State switch
                {
                    AddressState.Ok => "正常",
                    AddressState.Dead => new WorkbookCell("退信", WorkbookStyle.Bad),
                    _ => new WorkbookCell("无邮箱", WorkbookStyle.Bad),
                },
            ];
        }));
    }

    private static void WriteHeld(Workbook workbook, StatusSnapshot snapshot, IReadOnlyList<HeldMail> held) =>
        workbook.AddSheet(
            "待处理",
            [("邮件号", 10), ("收到时间", 18), ("发件人", 36), ("主题", 50), ("原因", 50), ("可能的单位", 40)],
            held.Select(m => (IReadOnlyList<WorkbookCell>)
            [
                new WorkbookCell(m.Id.ToString(CultureInfo.InvariantCulture)),
                Time(m.ReceivedAt, snapshot.Campaign.Zone),
                m.From,
                m.Subject,
                m.Why,
                string.Join('、', m.Candidates),
            ]));

    private static WorkbookCell MaterialCell(MaterialStatus? status)
    {
        if (status is null)
        {
            return new WorkbookCell("—", WorkbookStyle.Faint);
        }

        var version = status.Current is { } current ? $"第{current.Version}版" : "";
        var word = status.State switch
        {
            MaterialState.Received => $"已收{version}",
            MaterialState.Problem => $"需补正{version}",
            MaterialState.Late => $"逾期{version}",
            MaterialState.Missing => "未交",
            _ => status.Current is null ? "—" : $"已收{version}",
        };
        return new WorkbookCell(word, Style(status.State));
    }

    private static WorkbookStyle Style(MaterialState state) => state switch
    {
        MaterialState.Received => WorkbookStyle.Good,
        MaterialState.Problem => WorkbookStyle.Attention,
        MaterialState.Late => WorkbookStyle.Late,
        MaterialState.Missing => WorkbookStyle.Bad,
        _ => WorkbookStyle.Faint,
    };

    private static string QuotaText(UnitCompleteness unit) => unit.Quota switch
    {
        null => "—",
        { Max: null } quota => string.Create(CultureInfo.InvariantCulture, $"至少{quota.Min}"),
        { } quota => string.Create(CultureInfo.InvariantCulture, $"{quota.Min}—{quota.Max}"),
    };

    private static string Time(Instant? instant, DateTimeZone zone) =>
        instant is { } at ? Moment.Format(at.InZone(zone).LocalDateTime) : "";
}
