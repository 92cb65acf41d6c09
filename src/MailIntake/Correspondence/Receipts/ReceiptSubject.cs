using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Receipts;

/// <summary>The key fact of a receipt in one line: its subject, and its first sentence.</summary>
internal static class ReceiptSubject
{
    private const int MostNames = 2;

    /// <summary><c>【回执】已收到《成果名称》材料3件，尚缺申报表（9月30日前）[编号 …]</c>.</summary>
    public static string Of(ReceiptModel model) => $"【回执】{Received(model)}{Rest(model)}{model.Token}";

    /// <summary>The verdict in one sentence, for the first lines of the letter.</summary>
    public static string Verdict(ReceiptModel model)
    {
        if (model.Verdict == ReceiptVerdict.Complete)
        {
            return $"截至{ChineseDate.Long(model.SignedOn)}，贵单位应报送的材料已齐。";
        }

        if (model.Verdict == ReceiptVerdict.Review)
        {
            return $"材料已收到{(model.HasLate ? "，其中有晚于规定时限的材料" : "")}，待工作人员核对。";
        }

        var parts = new List<string>();
        if (model.HasCloudAttachment)
        {
            parts.Add("超大附件未能收到，请改以普通附件重新报送");
        }

        if (model.Unread is { } why)
        {
            parts.Add($"{why}，请以完整、未加密的普通邮件重新报送");
        }

        parts.AddRange(ByDeadline(Own(model).Where(o => o.MustBeMended))
            .Select(mend => $"{Names(mend, int.MaxValue)}需要补正，请{Until(mend[0])}重新报送"));
        parts.AddRange(ByDeadline(Own(model).Where(o => !o.MustBeMended))
            .Select(lacking => $"尚缺{Names(lacking, int.MaxValue)}，请{Until(lacking[0])}报送"));

        if (OfOthers(model) is > 0 and var others)
        {
            parts.Add($"其他成果另有{others}件材料需报送或补正，详见下表");
        }

        if (parts.Count == 0)
        {
            parts.Add("材料已收到，请按核查意见办理");
        }

        return $"{string.Join("；", parts)}。";
    }

    private static string Received(ReceiptModel model)
    {
        var filed = model.Files.Count(f => f.Version > 0);
        if (filed > 0)
        {
            var titles = model.Entries.Select(e => e.Title).OfType<string>().ToList();
            var what = model.Entries.Count switch
            {
                1 when titles.Count == 1 => Short(titles[0]),
                > 1 when titles.Count > 0 => $"{Short(titles[0])}等{model.Entries.Count}项成果",
                _ => "",
            };
            return $"已收到{what}材料{filed}件{(model.HasCloudAttachment ? "，超大附件未收到" : "")}{(model.Unread is { } some ? $"，{some}" : "")}";
        }

        return model switch
        {
            { HasCloudAttachment: true } => "超大附件未收到，请改以普通附件重新报送",
            { Unread: { } why } => $"{why}，请重新报送",
            { Files.Count: > 0 } => "来件与此前报送内容相同，未重复登记",
            _ => "已收到来件，未见附件",
        };
    }

    private static string Rest(ReceiptModel model)
    {
        if (model.Verdict != ReceiptVerdict.Incomplete)
        {
            return model.Verdict == ReceiptVerdict.Complete ? "，材料已齐" : $"{(model.HasLate ? "（含逾期材料）" : "")}，待工作人员核对";
        }

        var mend = Own(model).Where(o => o.MustBeMended).ToList();
        var lacking = ByDeadline(Own(model).Where(o => !o.MustBeMended));
        var others = OfOthers(model);
        return (mend.Count == 0 ? "" : $"，{Names(mend, MostNames)}需补正")
            + (lacking.Count == 0 ? "" : $"，尚缺{string.Join('、', lacking.Select(l => $"{Names(l, MostNames)}（{When(l[0])}）"))}")
            + (others == 0 ? "" : $"，其他成果另有{others}件材料需报送或补正")
            + (mend.Count + lacking.Count + others == 0 ? "，请按核查意见办理" : "");
    }

    /// <summary>What is owed of the entries that the mail touched, or of the unit; all where the mail touched none.</summary>
    private static IEnumerable<OwedItem> Own(ReceiptModel model) =>
        model.Owed.Where(o => o.EntryCode is null || model.Entries.Count == 0 || model.Entries.Any(e => e.Code == o.EntryCode));

    /// <summary>How much is owed of the unit's other entries.</summary>
    private static int OfOthers(ReceiptModel model) => model.Owed.Count - Own(model).Count();

    /// <summary>What is owed, a list for each closing date: no item is ever told another's date.</summary>
    private static List<List<OwedItem>> ByDeadline(IEnumerable<OwedItem> owed) =>
        [.. owed.GroupBy(o => (o.Deadline.Date, o.IsOverdue)).OrderBy(g => g.Key.Date).Select(g => g.ToList())];

    private static string When(OwedItem first) =>
        first.IsOverdue ? $"已过{ChineseDate.Short(first.Deadline.Date)}截止期，请尽快补报" : first.Deadline.ShortText;

    private static string Until(OwedItem first) => first.IsOverdue ? "尽快" : $"于{first.Deadline.Text}";

    private static string Names(IEnumerable<OwedItem> owed, int most)
    {
        var names = owed.Select(o => o.Name).Distinct().ToList();
        return names.Count <= most ? string.Join('、', names) : $"{string.Join('、', names.Take(most))}等{names.Count}项";
    }

    private static string Short(string title) => Shown.Title(title, 22) ?? title;
}
