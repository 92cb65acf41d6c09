using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;

namespace MailIntake.Correspondence.Receipts;

/// <summary>Makes a receipt's model from what became of a mail. Pure.</summary>
internal sealed class ReceiptModelBuilder(Campaign campaign, WorkCalendar calendar)
{
    /// <summary>The model.</summary>
    /// <param name="outcome">What became of the mail.</param>
    /// <param name="token">Reply token, written as it stands at the end of the subject.</param>
    /// <param name="decision">Where the receipt goes, and why.</param>
    public ReceiptModel Build(SubmissionOutcome outcome, string token, ReplyDecision decision)
    {
        var touched = outcome.Files
            .GroupBy(f => f.EntryCode, StringComparer.Ordinal)
            .Where(g => g.Key.Length > 0)
            .Select(g => new ReceiptEntry(g.Key, Shown.Title(g.Select(f => f.EntryTitle).LastOrDefault(t => t is not null))))
            .OrderBy(e => e.Code, StringComparer.Ordinal)
            .ToList();
        return new ReceiptModel
        {
            Head = LetterHead.Of(campaign),
            UnitName = outcome.Unit.Name,
            ReceivedAt = outcome.Message.ReceivedAt.InZone(campaign.Zone).LocalDateTime,
            SignedOn = outcome.Now.InZone(campaign.Zone).Date,
            MailSubject = Shown.Name(outcome.Message.Subject) is { Length: > 0 } subject ? subject : null,
            Files = [.. outcome.Files.Select(File)],
            Remarks = [.. Remarks(outcome)],
            Owed = OwedItem.Of(
                outcome.Completeness, campaign, calendar, outcome.Now, told: outcome.Files.Select(f => ((string?)f.EntryCode, f.Kind)).ToHashSet()),
            Entries = touched,
            Outlook = [.. Outlook(outcome.Now)],
            Verdict = Verdict(outcome),
            HasCloudAttachment = outcome.Findings.Any(f => f.Code == FindingCodes.CloudAttachment),
            Unread = outcome.Findings.Select(f => Unread(f.Code)).FirstOrDefault(u => u is not null),
            HasLate = outcome.Findings.Concat(outcome.Files.SelectMany(f => f.Findings)).Any(f => f.Code == FindingCodes.Late),
            Redirected = decision.ToRegisteredAddress ? Redirected(decision.Why, Shown.Name(outcome.SenderAddress)) : null,
            Token = token,
            InReplyTo = outcome.Message.MessageIdHeader,
            References = outcome.References,
        };
    }

    /// <summary>Never "complete" while anything is owed, must be mended, came late, or waits for a person's eye.</summary>
    internal static ReceiptVerdict Verdict(SubmissionOutcome outcome)
    {
        var cells = outcome.Completeness.Entries.SelectMany(e => e.Materials);
        var findings = outcome.Findings.Concat(outcome.Files.SelectMany(f => f.Findings)).Where(f => f.Code != FindingCodes.SimilarToEarlier).ToList();
        if (outcome.Completeness.Standing == UnitStanding.Incomplete
            || findings.Any(f => f.Severity == Severity.Problem || f.Code == FindingCodes.CloudAttachment))
        {
            return ReceiptVerdict.Incomplete;
        }

        var review = outcome.Completeness.Standing == UnitStanding.Review
            || findings.Any(f => f.Severity == Severity.Warning || f.Code == FindingCodes.Late)
            || cells.All(c => c.State != MaterialState.Received)
            || outcome.Files.Count == 0
            || outcome.Files.Any(f => f.Kind == MaterialGuess.Other);
        return review ? ReceiptVerdict.Review : ReceiptVerdict.Complete;
    }

    private static string? Unread(string code) => code switch
    {
        FindingCodes.PartialMail => "来件被拆分，内容不完整",
        FindingCodes.EncryptedMail => "来件经加密，内容无法读取",
        _ => null,
    };

    private static string Redirected(ReplyReason why, string sender) => why switch
    {
        ReplyReason.Staff => "该邮件由工作人员转交登记，本回执特发至贵单位登记邮箱，请知悉。",
        ReplyReason.DeadAddress => $"发件邮箱（{sender}）无法送达，本回执特发至贵单位其他登记邮箱。",
        ReplyReason.NoSender => "该邮件未载明有效的发件地址，本回执特发至贵单位登记邮箱。如该邮件并非贵单位发送，请及时与我们联系。",
        _ => $"该邮件由{sender}发出，发件人身份未能核实，本回执特发至贵单位登记邮箱。如该邮件并非贵单位发送，请及时与我们联系。",
    };

    private static ReceiptFile File(FiledFile filed)
    {
        // What resembles an earlier text is for staff to judge, not for a program to reproach a unit with.
        var file = filed with { Findings = [.. filed.Findings.Where(f => f.Code != FindingCodes.SimilarToEarlier)] };
        var worst = file.Findings.Count == 0 ? Severity.Note : file.Findings.Max(f => f.Severity);
        var opinion = file.Findings.OrderByDescending(f => f.Severity).Select(Remedies.ProblemAndRemedy).ToList();
        if (file.Kind == MaterialGuess.Other)
        {
            opinion.Add("未能识别为应报送的材料，已收存，待工作人员核对");
        }

        if (file.Version == 0 && file.Findings.All(f => f.Code != FindingCodes.Duplicate))
        {
            opinion.Add("与此前报送的文件相同，未重复登记，无需处理");
        }

        var standing = worst switch
        {
            Severity.Problem => ReceiptStanding.Problem,
            Severity.Warning => ReceiptStanding.Review,
            _ => file.Kind == MaterialGuess.Other ? ReceiptStanding.Review : ReceiptStanding.Good,
        };
        if (opinion.Count == 0)
        {
            opinion.Add("未发现问题");
        }

        return new ReceiptFile(
            Shown.Name(file.FileName), file.MaterialName, file.EntryCode, Shown.Title(file.EntryTitle), file.Version, file.Characters, standing, opinion);
    }

    private static IEnumerable<ReceiptRemark> Remarks(SubmissionOutcome outcome) =>
        outcome.Findings.Concat(outcome.Completeness.Findings)
            // What the quota still asks for stands among what is owed; that a mail is signed is for staff.
            .Where(f => f.Code is not (FindingCodes.UnderQuota or FindingCodes.SignedMail))
            .OrderByDescending(f => f.Severity)
            .Select(f => f.Code == FindingCodes.CloudAttachment ? Cloud(f) : new ReceiptRemark(Remedies.Message(f), Remedies.For(f)))
            .Distinct();

    private static ReceiptRemark Cloud(Finding finding) =>
        new($"{Remedies.Message(finding)}。超大附件（云附件）只是下载链接，文件本身未随邮件送达，本次未能收到", Remedies.For(finding with { Severity = Severity.Problem }));

    private IEnumerable<ReceiptOutlook> Outlook(Instant now)
    {
        var today = now.InZone(campaign.Zone).Date;
        return campaign.Phases
            .Where(p => p.Opens > today)
            .Select(p => (Phase: p, Names: p.Requirements.Where(r => r.Owed == Obligation.Always).Select(r => r.Name).ToList()))
            .Where(p => p.Names.Count > 0)
            .Select(p => new ReceiptOutlook(p.Phase.Name, p.Names, Deadline.Of(p.Phase.Closes, calendar)));
    }
}
