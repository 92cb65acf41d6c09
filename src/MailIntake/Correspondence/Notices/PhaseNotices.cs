using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>The words of the letters that follow from a phase's dates and from what a unit has sent. Pure.</summary>
internal sealed class PhaseNotices(Campaign campaign, WorkCalendar calendar, ReplyTokens tokens)
{
    private readonly LetterHead _head = LetterHead.Of(campaign);

    /// <summary>阶段启动通知: what the phase asks for, and until when. Null where it asks nothing of every unit.</summary>
    public NoticeModel? Opening(UnitCompleteness unit, Phase phase, LocalDate today)
    {
        var always = phase.Requirements.Where(r => r.Owed == Obligation.Always).ToList();
        var counts = campaign.QuotaPhase == phase.Id && unit.Quota is { Min: > 0 };
        if (always.Count == 0 && !counts)
        {
            return null;
        }

        var deadline = Deadline.Of(phase.Closes, calendar);
        var what = always.Count > 0 ? $"报送{string.Join('、', always.Select(r => r.Name))}" : $"完成创新成果申报（{Number(unit.Quota!)}）";
        var asked = always.Concat(phase.Requirements.Where(r => r.Owed == Obligation.Optional)).ToList();
        return new NoticeModel
        {
            Kind = NoticeKinds.Opening,
            Head = _head,
            Subject = $"【通知】{phase.Name}阶段开始，请于{deadline.ShortText}{what}{tokens.TokenFor(unit.Unit.Code)}",
            Title = "阶段启动通知",
            Addressee = unit.Unit.Name,
            KeyFact = $"{phase.Name}阶段已于{ChineseDate.Long(phase.Opens)}开始，请于{deadline.Text}{what}。{DayOff(deadline)}",
            Sections =
            [
                .. asked.Count == 0 ? Array.Empty<NoticeSection>() : [new NoticeSection("材料要求", [.. asked.Select(Asked)])],
                .. counts && always.Count > 0 ? [new NoticeSection("申报名额", [$"贵单位{Number(unit.Quota!)}。"])] : Array.Empty<NoticeSection>(),
                HowTo(always.Any(r => r.Form is not null) || counts),
            ],
            SignedOn = today,
            Phase = phase.Id,
            WithBlankForm = counts || always.Any(r => r.Form is not null),
            Calendar = CalendarEntry.Of(_head, campaign.Id, phase.Id, phase.Name, unit.Unit.Code, phase.Closes),
        };
    }

    /// <summary>逾期提醒: what was due and did not come. Null where nothing of the phase is overdue.</summary>
    public NoticeModel? Overdue(UnitCompleteness unit, Phase phase, Instant now)
    {
        var owed = OwedItem.Of(unit, campaign, calendar, now, phase.Id).Where(o => o.IsOverdue).ToList();
        if (owed.Count == 0)
        {
            return null;
        }

        var names = owed.Select(o => o.Name).Distinct().ToList();
        var listed = names.Count <= 2 ? string.Join('、', names) : $"{string.Join('、', names.Take(2))}等{names.Count}项";
        return new NoticeModel
        {
            Kind = NoticeKinds.Overdue,
            Head = _head,
            Subject = $"【逾期】{phase.Name}阶段已截止，尚缺{listed}，请尽快补报{tokens.TokenFor(unit.Unit.Code)}",
            Title = "逾期提醒",
            Addressee = unit.Unit.Name,
            KeyFact = $"{phase.Name}阶段材料报送已于{ChineseDate.Long(owed[^1].Deadline.Date)}截止，贵单位{listed}尚未报送或需补正，请尽快补报。",
            IsUrgent = true,
            Sections =
            [
                new NoticeSection("尚需报送或补正的材料", [.. owed.Select(o => $"{o.Name}{(o.EntryCode is null ? "" : $"（{o.EntryCode}{o.EntryTitle}）")}：{o.Remark}。")]),
                new NoticeSection("补报方式",
                [
                    $"请直接回复本邮件，或将材料发送至{campaign.Mailbox}。补报的材料将注明逾期，由工作人员审核确定是否受理。",
                    "确有困难不能及时报送的，请与承办部门联系说明情况。如材料已于近日寄出，请以收到的回执为准。",
                ]),
            ],
            SignedOn = now.InZone(campaign.Zone).Date,
            Phase = phase.Id,
        };
    }

    /// <summary>材料齐备确认: everything came. Null where that is not so, or where the unit has no entry.</summary>
    public NoticeModel? Complete(UnitCompleteness unit, Phase phase, Instant now)
    {
        if (!unit.IsComplete || unit.Entries.Count == 0)
        {
            return null;
        }

        var later = campaign.Requirements.FirstOrDefault(r => r.Owed == Obligation.Shortlisted);
        return new NoticeModel
        {
            Kind = NoticeKinds.Complete,
            Head = _head,
            Subject = $"【确认】贵单位申报材料已齐备，共{unit.Entries.Count}项创新成果{tokens.TokenFor(unit.Unit.Code)}",
            Title = "材料齐备确认",
            Addressee = unit.Unit.Name,
            KeyFact = $"截至{ChineseDate.Long(now.InZone(campaign.Zone).Date)}，贵单位申报的{unit.Entries.Count}项创新成果应报送的材料均已收齐，无需再次报送。",
            Sections =
            [
                .. unit.Entries.Select(e => new NoticeSection(
                    $"{e.Entry.Code}{Shown.Title(e.Entry.Title)}",
                    [.. e.Materials.Where(m => m.Current is not null).Select(m =>
                        $"{m.Requirement.Name}：{ChineseDate.Long(m.Current!.ReceivedAt.InZone(campaign.Zone).Date)}收到{(m.Requirement.Multiple ? "" : $"（第{m.Current.Version}版）")}。")])),
                new NoticeSection("后续安排",
                [
                    .. later is null ? Array.Empty<string>() : [$"通过初选的成果，将另行通知报送{later.Name}。"],
                    $"如需更换材料，请在{ChineseDate.Long(phase.Closes)}前重新发送，以最后一次报送的为准。感谢贵单位对本项工作的支持。",
                ]),
            ],
            SignedOn = now.InZone(campaign.Zone).Date,
            Phase = phase.Id,
        };
    }

    /// <summary>材料问题告知: what was accepted must be mended after all.</summary>
    public NoticeModel Problem(Domain.Units.Unit unit, string entryCode, string? entryTitle, string material, Phase phase, IReadOnlyList<Finding> problems, LocalDate today) => new()
    {
        Kind = NoticeKinds.Problem,
        Head = _head,
        Subject = $"【补正】{material}经复核需补正（{entryCode}）{tokens.TokenFor(unit.Code)}",
        Title = "材料问题告知",
        Addressee = unit.Name,
        KeyFact = $"贵单位此前报送的{entryCode}{Shown.Title(entryTitle)}{material}，经复核需要补正，请于{Deadline.Of(phase.Closes, calendar).Text}重新报送。",
        IsUrgent = true,
        Sections =
        [
            new NoticeSection("需补正的内容", [.. problems.Select(p => $"{Remedies.ProblemAndRemedy(p)}。")]),
            new NoticeSection(null, [$"此前的回执未指出上述问题，给贵单位带来不便，敬请谅解。请直接回复本邮件，或将补正后的材料发送至{campaign.Mailbox}。"]),
        ],
        SignedOn = today,
        Phase = phase.Id,
    };

    private static string Asked(Requirement requirement) =>
        $"{requirement.Name}{(requirement.Owed == Obligation.Optional ? "（可选）" : "")}{(RequirementWords.Limits(requirement) is { } limits ? $"：{limits}" : "")}。";

    private static string Number(Quota quota) => quota.Max is { } max && max != quota.Min ? $"申报名额为{quota.Min}至{max}项" : $"至少申报{quota.Min}项";

    private static string DayOff(Deadline deadline) => deadline.Day == DayKind.DayOff ? "截止日为休息日，请提前安排报送。" : "";

    private NoticeSection HowTo(bool withForm) => new("报送方式",
    [
        $"请直接回复本邮件，或将材料发送至{campaign.Mailbox}，以普通附件形式报送，请勿使用超大附件（云附件）。",
        "邮件主题或文件名中请注明成果名称或成果编号，以便准确登记。",
        .. withForm ? ["空白申报表随本邮件附上，供填报使用。"] : Array.Empty<string>(),
    ]);
}
