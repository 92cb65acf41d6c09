using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Campaigns;
using MailIntake.Reports;

using NodaTime;

namespace MailIntake.Correspondence.Staff;

/// <summary>The words of the letters to staff about a mail that waits for them, and about what came of their command.</summary>
internal sealed class StaffLetters(Campaign campaign, ReplyTokens tokens)
{
    private readonly LetterHead _head = LetterHead.Of(campaign);

    /// <summary>待处理邮件: a mail waits for a decision.</summary>
    /// <param name="held">The mail.</param>
    /// <param name="text">The lines of its text, fit to be shown.</param>
    /// <param name="files">The names of its files, fit to be shown.</param>
    /// <param name="today">The day of the letter.</param>
    public NoticeModel Held(HeldMail held, IReadOnlyList<string> text, IReadOnlyList<string> files, LocalDate today) => new()
    {
        Kind = NoticeKinds.Held,
        Head = _head,
        Subject = $"【待处理】{held.Subject}{tokens.MailTokenFor(held.Id)}",
        Title = "待处理邮件",
        Addressee = "工作人员",
        KeyFact = $"有一封邮件需要您处理：{held.Why}。",
        IsUrgent = true,
        Sections =
        [
            new NoticeSection("来信情况",
            [
                $"发件人：{held.From}",
                $"主题：{held.Subject}",
                $"收到时间：{ChineseDate.Moment(held.ReceivedAt.InZone(campaign.Zone).LocalDateTime)}",
                .. held.Candidates.Count > 0 ? [$"可能属于：{string.Join("、", held.Candidates)}"] : Array.Empty<string>(),
            ]),
            new NoticeSection("附件", files.Count == 0 ? ["（无附件）"] : files),
            new NoticeSection("正文", text.Count == 0 ? ["（无正文）"] : text, IsQuoted: true),
            new NoticeSection("如何处理",
            [
                "请直接回复本邮件，在正文第一行写明指令，每封邮件写一条：",
                "“归入”加单位名称（中间空一格），将材料登记到该单位；其后可再空一格加成果序号；",
                "“忽略”，不再处理该邮件。",
                "处理结果将另行回复。今后该发件人的来信将按本次归入的单位登记。",
            ]),
        ],
        SignedOn = today,
        Footer = "本邮件由材料接收系统自动发送，请勿转发：回复本邮件即可下达指令。",
        Mail = held.Id,
    };

    /// <summary>指令办理结果: what came of a command.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="commands">The lines in which commands were found, fit to be shown.</param>
    /// <param name="today">The day of the letter.</param>
    public NoticeModel Result(StaffOutcome outcome, IReadOnlyList<string> commands, LocalDate today) => new()
    {
        Kind = NoticeKinds.Command,
        Head = _head,
        Subject = $"【{(outcome.IsDone ? "已办理" : "未办理")}】{Shown.Name(outcome.Fact, 60)}",
        Title = "指令办理结果",
        Addressee = "工作人员",
        KeyFact = outcome.Fact + "。",
        IsUrgent = !outcome.IsDone,
        Sections =
        [
            new NoticeSection(null, [outcome.Detail]),
            .. commands.Count == 0 ? Array.Empty<NoticeSection>() : [new NoticeSection("您的指令", commands, IsQuoted: true)],
        ],
        SignedOn = today,
        Footer = "本邮件由材料接收系统自动发送。",
    };
}
