using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Digests;

/// <summary>Subject and plain text of a digest.</summary>
internal static class DigestText
{
    /// <summary>The small print.</summary>
    internal const string Footer = "本邮件由材料接收系统每个工作日自动发送给工作人员，请勿转发外单位。";

    /// <summary><c>【日报】9月20日：待办3项；已齐12/60个单位，成果97项</c>.</summary>
    public static string Subject(DigestModel model) =>
        $"【日报】{ChineseDate.Short(model.Date)}：{(model.Tasks.Count == 0 ? "无待办事项" : $"待办{model.Tasks.Count}项")}；材料已齐{model.Complete}/{model.Units}个单位，成果{model.Entries}项";

    /// <summary>Writes it.</summary>
    public static string Of(DigestModel model)
    {
        var text = new LetterText();
        text.Line(Summary(model));
        if (model.IsBrief)
        {
            return text.Paragraph(Brief).Close(model.Head, ChineseDate.Long(model.Date), Footer).ToString();
        }

        text.Section("待办事项");
        if (model.Tasks.Count == 0)
        {
            text.Paragraph("无。");
        }

        for (var i = 0; i < model.Tasks.Count; i++)
        {
            text.Line($"{i + 1}. {model.Tasks[i].What}。");
            foreach (var detail in model.Tasks[i].Details)
            {
                text.Line($"   - {detail}");
            }
        }

        if (model.Held.Count > 0)
        {
            text.Section("待处理邮件");
            foreach (var mail in model.Held)
            {
                text.Line($"[{mail.Id}] {ChineseDate.Moment(mail.ReceivedAt)}　{mail.From}")
                    .Line($"   主题：{mail.Subject}")
                    .Line($"   原因：{mail.Why}");
                if (mail.Candidates.Length > 0)
                {
                    text.Line($"   可能归属：{mail.Candidates}");
                }
            }

            text.Line(HeldHint);
        }

        text.Section($"新收材料（{ChineseDate.Moment(model.Since)}以来）");
        if (model.News.Count == 0)
        {
            text.Paragraph("无。");
        }

        foreach (var news in model.News)
        {
            text.Line($"- {NewsSentence(news)}");
        }

        text.Line(LettersSentence(model.Letters)).Section("各类单位报送情况");
        foreach (var category in model.Categories)
        {
            text.Line($"- {category.Name}：单位{category.Units}个，已报送{category.Sent}个，材料已齐{category.Complete}个，待核对{category.Review}个，尚缺或需补正{category.Owing}个，成果{category.Entries}项");
        }

        text.Line($"- 合计：单位{model.Units}个，已报送{model.Categories.Sum(c => c.Sent)}个，材料已齐{model.Complete}个，待核对{model.Categories.Sum(c => c.Review)}个，尚缺或需补正{model.Categories.Sum(c => c.Owing)}个，成果{model.Entries}项");
        if (model.Deadlines.Count > 0)
        {
            text.Section("近期时限");
            foreach (var deadline in model.Deadlines)
            {
                text.Line($"- {DeadlineSentence(deadline)}");
            }
        }

        text.Gap().Line(Attachment(model));
        return text.Close(model.Head, ChineseDate.Long(model.Date), Footer).ToString();
    }

    /// <summary>How staff decide about a held mail.</summary>
    internal const string HeldHint = "处理方法：请回复系统另行发送的相应【待处理】邮件，在正文第一行写“归入”加单位名称，或写“忽略”。";

    /// <summary>All that a digest says of a day on which nothing happened.</summary>
    internal const string Brief = "自上次日报以来无新收材料，无待处理邮件。";

    /// <summary>The first line.</summary>
    internal static string Summary(DigestModel model) =>
        $"{(model.PhaseName is null ? "各阶段均已截止" : $"当前为{model.PhaseName}阶段")}。全部{model.Units}个单位中，材料已齐{model.Complete}个；已登记成果{model.Entries}项。{(model.Tasks.Count == 0 ? "今日无待办事项。" : $"今日有待办事项{model.Tasks.Count}项。")}";

    /// <summary>A unit's news as a sentence.</summary>
    internal static string NewsSentence(DigestNews news) =>
        $"{news.Unit}：邮件{news.Mails}封，登记材料{news.Materials}件{(news.Problems == 0 ? "" : $"，其中{news.Problems}件需补正")}";

    /// <summary>What was sent, as a sentence.</summary>
    internal static string LettersSentence(DigestLetters letters) =>
        $"期间发出回执{letters.Receipts}封、提醒{letters.Reminders}封，另有{letters.Waiting}封待发。";

    /// <summary>A closing date as a sentence.</summary>
    internal static string DeadlineSentence(DigestDeadline deadline) =>
        $"{deadline.Phase}阶段：{deadline.Deadline.Text}（{(deadline.DaysLeft == 0 ? "今日截止" : $"还有{deadline.DaysLeft}天")}），尚缺或需补正的单位{deadline.Owing}个";

    /// <summary>The attached file as a sentence.</summary>
    internal static string Attachment(DigestModel model) => $"附件：{model.ReportFile}（成果登记表、齐备情况、待处理邮件）。";
}
