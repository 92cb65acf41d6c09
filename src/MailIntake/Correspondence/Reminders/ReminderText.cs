using NodaTime;

using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Reminders;

/// <summary>Subject and plain text of a reminder.</summary>
internal static class ReminderText
{
    private const int MostNames = 2;

    /// <summary><c>【提醒】总结阶段材料：还需报送总结材料、申报表（9月30日前）[编号 …]</c>.</summary>
    public static string Subject(ReminderModel model) => $"【提醒】{model.PhaseName}阶段{Needed(model)}（{model.Deadline.ShortText}）{model.Token}";

    /// <summary>Writes it.</summary>
    public static string Of(ReminderModel model)
    {
        var text = new LetterText();
        text.Line($"{model.UnitName}：").Paragraph(KeyFact(model)).Paragraph(Opening(model)).Section("尚需报送或补正的材料");
        foreach (var item in model.Owed)
        {
            text.Line($"- {item.Name}{(item.EntryCode is null ? "" : $"（{item.EntryCode}{item.EntryTitle}）")}")
                .Line($"   时限：{item.Deadline.Text}")
                .Line($"   情况：{item.Remark}。");
        }

        if (model.Requirements.Count > 0)
        {
            text.Section("材料要求");
            foreach (var requirement in model.Requirements)
            {
                text.Line($"- {requirement}。");
            }
        }

        text.Section("报送方式");
        foreach (var sentence in HowTo(model))
        {
            text.Paragraph(sentence);
        }

        return text.Close(model.Head, ChineseDate.Long(model.SignedOn), LetterText.UnitFooter).ToString();
    }

    /// <summary>The key fact, first line of the letter.</summary>
    internal static string KeyFact(ReminderModel model) =>
        $"{model.PhaseName}阶段{Needed(model)}，请于{model.Deadline.Text}报送。{(model.Deadline.Day == DayKind.DayOff ? "截止日为休息日，请提前安排报送。" : "")}{(model.Owed.Any(o => o.Deadline != model.Deadline) ? "其余材料的时限见下表。" : "")}";

    /// <summary>The first paragraph.</summary>
    internal static string Opening(ReminderModel model)
    {
        var days = Period.DaysBetween(model.SignedOn, model.Deadline.Date);
        var left = days switch
        {
            0 => "今日截止",
            1 => "明日截止",
            _ => $"距截止还有{days}天",
        };
        return $"按照{model.Head.Campaign}安排，{model.PhaseName}阶段材料报送{left}{(model.IsExtended ? "（该时限为贵单位经批准延期后的时限）" : "")}。"
            + $"截至{ChineseDate.Long(model.SignedOn)}，贵单位尚有下列材料未报送或需补正，请抓紧办理。";
    }

    /// <summary>What to do, a sentence each.</summary>
    internal static IEnumerable<string> HowTo(ReminderModel model)
    {
        yield return $"请直接回复本邮件，或将材料发送至{model.Head.Mailbox}，以普通附件形式报送，请勿使用超大附件（云附件）。";
        yield return "邮件主题或文件名中请注明成果名称或成果编号，以便准确登记。";
        if (model.BlankForm is not null)
        {
            yield return $"空白申报表（{model.BlankForm}）随本邮件附上，供填报使用。";
        }

        yield return "如材料已于近日寄出，请以收到的回执为准；未收到回执的，请及时与我们联系。";
    }

    private static string Needed(ReminderModel model)
    {
        // Only what is due on the date that is named beside it.
        var first = model.Owed.Where(o => o.Deadline == model.Deadline).ToList();
        var lacking = first.Where(o => !o.MustBeMended).Select(o => o.Name).Distinct().ToList();
        var mend = first.Where(o => o.MustBeMended).Select(o => o.Name).Distinct().ToList();
        var parts = new List<string>();
        if (lacking.Count > 0)
        {
            parts.Add($"还需报送{Names(lacking)}");
        }

        if (mend.Count > 0)
        {
            parts.Add($"{(lacking.Count > 0 ? "" : "还需")}补正{Names(mend)}");
        }

        return string.Join('、', parts);
    }

    private static string Names(List<string> names) =>
        names.Count <= MostNames ? string.Join('、', names) : $"{string.Join('、', names.Take(MostNames))}等{names.Count}项";
}
