using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Receipts;

/// <summary>The plain text of a receipt.</summary>
internal static class ReceiptText
{
    /// <summary>Writes it.</summary>
    public static string Of(ReceiptModel model)
    {
        var text = new LetterText();
        text.Line($"{model.UnitName}：").Paragraph(Opening(model)).Paragraph(ReceiptSubject.Verdict(model));
        if (model.Redirected is not null)
        {
            text.Paragraph(model.Redirected);
        }

        if (model.Files.Count > 0)
        {
            text.Section("收到材料及核查情况");
            for (var i = 0; i < model.Files.Count; i++)
            {
                var file = model.Files[i];
                text.Line($"{i + 1}. {file.FileName}")
                    .Line($"   识别为：{file.MaterialName}　成果：{file.EntryCode}{file.EntryTitle}")
                    .Line($"   版本：{file.VersionText}　字数：{file.CharactersText}")
                    .Line($"   核查意见：{string.Join("；", file.Opinion)}。");
            }
        }

        if (model.Remarks.Count > 0)
        {
            text.Section("需要说明的事项");
            foreach (var remark in model.Remarks)
            {
                text.Line($"- {Sentence(remark)}");
            }
        }

        if (model.Owed.Count > 0)
        {
            text.Section("尚需报送或补正的材料");
            foreach (var item in model.Owed)
            {
                text.Line($"- {item.Name}{Where(item)}")
                    .Line($"   时限：{item.Deadline.Text}{(item.IsOverdue ? "（已逾期，请尽快补报）" : "")}")
                    .Line($"   情况：{item.Remark}。");
            }
        }

        if (model.Entries.Count > 0)
        {
            text.Section("成果编号");
            foreach (var entry in model.Entries)
            {
                text.Line($"- {entry.Code}　{entry.Title ?? "（名称待定）"}");
            }

            text.Line(CodeHint);
        }

        if (model.Outlook.Count > 0)
        {
            text.Section("后续阶段");
            foreach (var outlook in model.Outlook)
            {
                text.Line($"- {OutlookSentence(outlook)}");
            }
        }

        return text.Close(model.Head, ChineseDate.Long(model.SignedOn), LetterText.UnitFooter).ToString();
    }

    /// <summary>What to do with an entry's code.</summary>
    internal const string CodeHint = "补充或更新材料时，请直接回复本邮件，并在邮件主题或文件名中注明成果编号。";

    /// <summary>The first paragraph.</summary>
    internal static string Opening(ReceiptModel model) =>
        $"贵单位{ChineseDate.Moment(model.ReceivedAt)}发来的邮件{(model.MailSubject is null ? "" : $"（主题：{model.MailSubject}）")}已收到，现将登记和核查情况反馈如下。";

    /// <summary>A remark as a sentence.</summary>
    internal static string Sentence(ReceiptRemark remark) =>
        remark.Remedy is null ? $"{remark.Message}。" : $"{remark.Message}。{remark.Remedy}。";

    /// <summary>A later phase as a sentence.</summary>
    internal static string OutlookSentence(ReceiptOutlook outlook) =>
        $"{outlook.Phase}阶段：{string.Join('、', outlook.Materials)}，请于{outlook.Deadline.Text}报送。";

    private static string Where(OwedItem item) => item.EntryCode is null ? "" : $"（{item.EntryCode}{item.EntryTitle}）";
}
