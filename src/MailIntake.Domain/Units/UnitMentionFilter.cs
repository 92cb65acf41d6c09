namespace MailIntake.Domain.Units;

/// <summary>
/// Takes out mentions of units that are not the sender: the addressee, and the organiser's own departments, which nearly
/// every mail names (报送市总研究室).
/// </summary>
internal static class UnitMentionFilter
{
    private static readonly string[] ToWhom = ["", "尊敬的", "致", "呈", "报", "报送", "呈报", "主送", "送"];

    private static readonly string[] Greeting = ["：", ":", ",", "，", "领导", "您好", "你好", "各位", "老师", "同志", "负责", "的领导", "的各位", "的同志", "的老师"];

    private static readonly string[] Towards =
    [
        "报送", "呈报", "上报", "报至", "报到", "报", "呈", "提交", "提交给", "致", "寄", "寄送", "发送", "发给", "发至", "发送至", "发送给", "交", "送", "送至",
        "请", "按照", "根据", "按", "联系", "抄送", "主送", "转", "向", "给", "至", "感谢", "尊敬的",
    ];

    private static readonly string[] IAm = ["我是", "我们是", "这里是", "这是", "来自", "系", "我们", "我单位"];

    /// <summary>The mentions of a squeezed text that may be its sender, with what is left of their fit.</summary>
    public static IEnumerable<UnitMention> Keep(UnitClue clue, string text, UnitNameIndex names)
    {
        foreach (var mention in names.Mentions(text))
        {
            var fit = Fit(clue, text, mention);
            if (fit > 0)
            {
                yield return mention with { Fit = fit };
            }
        }
    }

    private static double Fit(UnitClue clue, string text, UnitMention mention)
    {
        var lineStart = text.LastIndexOf('\n', Math.Max(mention.Start - 1, 0)) + 1;
        var before = text.AsSpan(Math.Min(lineStart, mention.Start), Math.Max(mention.Start - lineStart, 0));
        var behind = text.AsSpan(mention.End);
        var isDepartment = mention.Spelling.Unit.Category == UnitCategory.Department;

        if (clue == UnitClue.Body && (isDepartment || text.AsSpan(0, lineStart).Count('\n') < 2)
            && Array.Exists(ToWhom, w => Equal(text, lineStart, mention.Start, w))
            && (isDepartment && lineStart == 0 && behind.Length > 1 && behind[0] == '\n'
                || StartsWithAny(behind, Greeting)))
        {
            return 0;
        }

        if (!isDepartment)
        {
            return mention.Fit;
        }

        // 报送市总研究室; or the organiser's own notice, sent back or passed on (市总工会办公室关于…的通知).
        if (EndsWithAny(before, Towards) || IsNotice(behind))
        {
            return 0;
        }

        if (clue != UnitClue.Body)
        {
            return mention.Fit;
        }

        // In a body a department speaks for itself in the signature or in the first person; else it is only talked about.
        var signs = (behind.IsEmpty || behind[0] == '\n') && before.Length <= 2;
        return signs || EndsWithAny(before, IAm) ? Math.Min(mention.Fit, 0.8) : Math.Min(mention.Fit, 0.3);
    }

    private static bool IsNotice(ReadOnlySpan<char> behind) =>
        behind.TrimStart("\n文件 ").StartsWith("关于", StringComparison.Ordinal)
        && behind[..Math.Min(behind.Length, 80)].IndexOf("通知", StringComparison.Ordinal) >= 0;

    private static bool Equal(string text, int start, int end, string word) =>
        end - start == word.Length && text.AsSpan(start, end - start).SequenceEqual(word);

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
