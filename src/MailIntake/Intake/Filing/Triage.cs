using MailIntake.Domain.Completeness;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Intake.Filing;

/// <summary>
/// Decides what a mail needs before its entries are looked for: to be filed, to be shown to staff, or nothing. In doubt staff
/// see it; only our own letters, bounces, and what machines wrote or strangers sent to junk folders without material is ignored.
/// </summary>
internal static class Triage
{
    private const double SureMaterial = 0.6;
    private const int LongestCourtesy = 40;

    private static readonly string[] _courtesies = ["收到", "谢谢", "感谢", "知道了", "知悉", "好的", "明白", "辛苦"];
    private static readonly string[] _questions = ["?", "？", "吗", "请问", "如何", "怎么", "能否", "可否", "是否", "请"];

    /// <summary>Decides.</summary>
    public static Verdict Decide(MailReading mail, KnownAboutMail known, UnitFinding unit)
    {
        if (known.Decision is { UnitCode: null })
        {
            return Ignore(HeldReasons.Staff);
        }

        if (mail.OversizedBytes is { } bytes)
        {
            return Hold(HeldReasons.TooLarge, $"邮件有 {bytes / 1048576} MB，超过系统接收上限，未能收取附件，请工作人员在邮箱中查看并联系报送单位", bytes);
        }

        var assigned = known.Decision is not null;
        switch (mail.Kind)
        {
            // Our letters carry the blank form, and come back in bounces; what a person sent from our mailbox to itself is no letter of ours.
            case MailKinds.Bounce when !assigned:
            case MailKinds.Own when !assigned && mail.ByMachine:
                return Ignore(mail.Kind);
            case MailKinds.List or MailKinds.AutoReply or MailKinds.Own when !assigned:
                return mail.Files.Any(f => f.Kind is not null and not "other" && f.Guess.Confidence >= SureMaterial)
                    ? Hold(HeldReasons.AutomaticWithMaterial, "群发或自动邮件中带有疑似申报材料，请工作人员核对")
                    : Ignore(mail.Kind);
            case MailKinds.Staff when !assigned && !mail.Materials.Any():
                return Ignore(mail.Kind);
        }

        if (unit.Unit is null)
        {
            return known.OnlyInJunk && !mail.Materials.Any() && !mail.CameWithoutAll
                ? new Verdict(MessageState.Ignored, new Because(["junk-folder", HeldReasons.UnitUnknown]), [])
                : new Verdict(MessageState.Held, unit.Because, [UnitFindingOf(unit)]);
        }

        if (!mail.Materials.Any() && !mail.CameWithoutAll && !assigned && !IsCourtesy(mail))
        {
            return Hold(HeldReasons.NoMaterial, "邮件没有附件材料，可能是咨询、答复，或材料写在正文中，请工作人员阅处");
        }

        return new Verdict(MessageState.Filed, unit.Because, []);
    }

    /// <summary>An answer such as 收到，谢谢: there is nothing in it that a person must answer.</summary>
    private static bool IsCourtesy(MailReading mail)
    {
        var text = mail.Text.Trim();
        return mail.Kind == MailKinds.Reply
            && text.Length is > 0 and <= LongestCourtesy
            && _courtesies.Any(w => text.Contains(w, StringComparison.Ordinal))
            && !_questions.Any(w => text.Contains(w, StringComparison.Ordinal));
    }

    private static Verdict Ignore(string reason) => new(MessageState.Ignored, new Because([reason]), []);

    private static Verdict Hold(string reason, string sentence, long? value = null) =>
        new(MessageState.Held, new Because([reason], sentence), [new Finding(reason, Severity.Warning, sentence, value)]);

    private static Finding UnitFindingOf(UnitFinding unit) =>
        new(unit.Because.Codes[0], Severity.Warning, unit.Because.Sentence ?? unit.Because.Codes[0]);
}

/// <summary>What a mail needs.</summary>
/// <param name="State">Filed, held, or ignored.</param>
/// <param name="Because">Why.</param>
/// <param name="Findings">What staff read about it.</param>
internal sealed record Verdict(MessageState State, Because Because, IReadOnlyList<Finding> Findings);
