using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>The words of the notices to units and senders.</summary>
internal sealed class NoticeWriter(Campaign campaign, ReplyTokens tokens)
{
    private readonly LetterHead _head = LetterHead.Of(campaign);

    /// <summary>延期告知: a unit has until another day.</summary>
    public NoticeModel Extension(Unit unit, Phase phase, LocalDate until, string? why, LocalDate today) => new()
    {
        Kind = NoticeKinds.Extension,
        Head = _head,
        Subject = $"【延期】{phase.Name}阶段材料可延至{ChineseDate.Short(until)}报送{tokens.TokenFor(unit.Code)}",
        Title = "延期告知",
        Addressee = unit.Name,
        KeyFact = $"经研究，同意贵单位{phase.Name}阶段材料延期至{ChineseDate.Long(until)}（北京时间当日24时前）报送。",
        Sections =
        [
            new NoticeSection(null,
            [
                $"原截止日期为{ChineseDate.Long(phase.Closes)}{(string.IsNullOrWhiteSpace(why) ? "" : $"，延期事由：{why}")}。",
                "请在延期时限内将尚未报送或需补正的材料报齐。逾期未报的，按未报送处理。",
                $"请直接回复本邮件，或将材料发送至{campaign.Mailbox}。",
            ]),
        ],
        SignedOn = today,
    };

    /// <summary>入围通知: an entry is to prepare its presentation.</summary>
    public NoticeModel Shortlist(Unit unit, string entryCode, string? entryTitle, LocalDate due, LocalDate today) => new()
    {
        Kind = NoticeKinds.Shortlist,
        Head = _head,
        Subject = $"【入围】{(entryTitle is null ? entryCode : $"《{entryTitle}》")}通过初选，请于{ChineseDate.Short(due)}前报送展示材料{tokens.TokenFor(unit.Code)}",
        Title = "入围通知",
        Addressee = unit.Name,
        KeyFact = $"贵单位申报的{entryCode}{(entryTitle is null ? "" : $"《{entryTitle}》")}已通过初选，请准备成果展示材料，于{ChineseDate.Long(due)}（北京时间当日24时前）报送。",
        Sections = [new NoticeSection(null, [.. Presentation(), $"请直接回复本邮件，或将材料发送至{campaign.Mailbox}，邮件主题或文件名中请注明成果编号{entryCode}。"])],
        SignedOn = today,
    };

    /// <summary>单位核实: a sender whose unit could not be told.</summary>
    public NoticeModel Unmatched(string subject, string? messageId, IReadOnlyList<string> references, IReadOnlyList<string> files, LocalDate today) => new()
    {
        Kind = NoticeKinds.Unmatched,
        Head = _head,
        Subject = $"【待核实】请告知报送单位：{Shown.Name(subject, 60)}",
        Title = "报送单位核实",
        Addressee = "您好",
        KeyFact = "您发来的材料已收到，但未能确认报送单位，请回复本邮件告知单位全称。",
        IsUrgent = true,
        Sections =
        [
            new NoticeSection("已收到的文件", files.Count == 0 ? ["（无附件）"] : [.. files.Take(20).Select(f => Shown.Name(f, 120))]),
            new NoticeSection("如何答复", ["请直接回复本邮件，在正文第一行写明单位全称（如某某区总工会），无需重新发送附件。工作人员核实后即予登记。"]),
        ],
        SignedOn = today,
        InReplyTo = messageId,
        References = messageId is null ? references : [.. references, messageId],
    };

    private IEnumerable<string> Presentation() =>
        from requirement in campaign.Requirements
        where requirement.MaxDuration is not null
        select $"展示材料为{requirement.Name}，时长不超过{(int)requirement.MaxDuration!.Value.TotalMinutes}分钟。";
}
