using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Campaigns;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>The words of the letter that tells staff what keeps the worker from its work (系统告警).</summary>
internal sealed class AlertWriter(Campaign campaign)
{
    /// <summary>The login of the mailbox was refused.</summary>
    public const string MailboxRefused = "mailbox-refused";

    /// <summary>The mail server refuses our letters until a person does something.</summary>
    public const string SendingStopped = "sending-stopped";

    /// <summary>The mailbox was not read for too long.</summary>
    public const string MailboxSilent = "mailbox-silent";

    /// <summary>A part of the work breaks off again and again.</summary>
    public const string WorkBroken = "work-broken";

    /// <summary>The letter for one of the causes above.</summary>
    public NoticeModel Write(string cause, Instant now)
    {
        var (fact, subject, todo) = cause switch
        {
            MailboxRefused => (
                "邮箱登录被拒绝，系统已停止收信，各单位来信暂未登记（邮件仍在邮箱中，不会丢失）。", "邮箱登录被拒绝，已停止收信",
                $"请登录{campaign.Mailbox}的网页版，检查客户端授权码是否失效或被停用；更换授权码后，请管理员更新设置并重新启动系统。"),
            SendingStopped => (
                "邮件服务器拒绝发信，系统已停止发送回执和提醒（待发邮件均已保存，恢复后自动发送）。", "发信被拒绝，已停止发信",
                "请检查发信邮箱的客户端授权码和发信权限；处理后，请管理员重新启动系统。"),
            MailboxSilent => (
                "系统较长时间未能收取邮件，各单位来信暂未登记（邮件仍在邮箱中，不会丢失）。", "较长时间未能收信",
                "系统会自动重试。如持续未恢复，请管理员检查网络和邮箱服务。"),
            _ => ("系统有一部分工作未能完成，正在自动重试。", "部分工作未能完成", "如持续未恢复，请管理员查看运行日志。"),
        };
        return new NoticeModel
        {
            Kind = NoticeKinds.Alert,
            Head = LetterHead.Of(campaign),
            Subject = $"【告警】材料接收系统：{subject}",
            Title = "系统告警",
            Addressee = "工作人员",
            KeyFact = fact,
            IsUrgent = true,
            Sections = [new NoticeSection("请您处理", [todo, "同一情况每天只告知一次，恢复正常后不再发送。"])],
            SignedOn = now.InZone(campaign.Zone).Date,
            Footer = "本邮件由材料接收系统自动发送。",
            Cause = cause,
        };
    }
}
