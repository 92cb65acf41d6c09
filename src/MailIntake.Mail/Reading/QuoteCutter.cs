namespace MailIntake.Mail.Reading;

/// <summary>What a line of a body is.</summary>
internal enum LineKind
{
    /// <summary>The sender's own words.</summary>
    Own,

    /// <summary>Quoted or forwarded from another mail, and the line that announces it.</summary>
    Quote,

    /// <summary>A signature or a client's advertisement.</summary>
    Signature,
}

/// <summary>Tells the sender's own words from quotations and signatures, as NetEase, QQ, Outlook, Foxmail and phones write them.</summary>
internal static class QuoteCutter
{
    private const int LongestSignature = 15;

    /// <summary>Beginnings of a forwarded mail's subject.</summary>
    public static readonly string[] ForwardSubjects = ["转发", "轉寄", "fw:", "fwd:", "fw：", "fwd："];

    /// <summary>Beginnings of a reply's subject.</summary>
    public static readonly string[] ReplySubjects = ["回复", "回覆", "答复", "re:", "re："];

    private static readonly string[] Separators =
        ["原始邮件", "原邮件", "回复的原邮件", "转发的原邮件", "原始郵件", "original message", "original mail", "转发邮件信息", "转发的邮件", "转发邮件", "forwarded message", "begin forwarded message", "被转发的邮件", "original"];

    private static readonly string[] SignatureLines =
    [
        "发自我的", "从我的", "发送自我的", "来自我的", "發自我的", "发自网易邮箱", "发自 网易邮箱", "来自网易邮箱", "发自新浪邮箱", "发自qq邮箱", "发自 qq邮箱", "发自foxmail", "发自手机",
        "sent from my", "sent from mail for", "sent from foxmail", "sent from outlook", "get outlook for", "获取 outlook for", "获取outlook for",
        "发送自 windows", "发送自windows", "从 windows 版邮件发送", "从 windows 版", "签名由", "此电子邮件没有病毒", "通过 网易邮箱大师", "由网易邮箱大师",
    ];

    private static readonly string[][] BlockHeaders =
    [
        ["发件人", "寄件者", "寄件人", "from", "发 件 人"],
        ["发送时间", "发送日期", "日期", "时间", "sent", "date", "寄件日期", "傳送時間", "发 送 时 间"],
        ["收件人", "收件者", "to", "收 件 人"],
        ["主题", "主題", "标题", "subject", "主 题", "主  题"],
        ["抄送", "副本", "cc"],
    ];

    /// <summary>The kind of each line.</summary>
    public static LineKind[] Classify(string[] lines)
    {
        var kinds = new LineKind[lines.Length];
        var position = 0;
        while (position < lines.Length)
        {
            var line = lines[position].AsSpan().Trim();
            if (line.StartsWith(">") || line.StartsWith("＞"))
            {
                kinds[position++] = LineKind.Quote;
            }
            else if (IsSeparator(line) || IsHeaderBlock(lines, position) || IsRuleAboveHeaderBlock(lines, position))
            {
                Array.Fill(kinds, LineKind.Quote, position, lines.Length - position);
                break;
            }
            else if (AttributionEnd(lines, position) is var end and >= 0)
            {
                Array.Fill(kinds, LineKind.Quote, position, end + 1 - position);
                position = end + 1;
                if (!IsMarked(lines, position))
                {
                    Array.Fill(kinds, LineKind.Quote, position, lines.Length - position);
                    break;
                }
            }
            else if (IsSignatureMark(lines, position))
            {
                position = CutSignature(lines, kinds, position);
            }
            else
            {
                kinds[position++] = IsSignatureLine(line) ? LineKind.Signature : LineKind.Own;
            }
        }

        return kinds;
    }

    /// <summary>The line announces a forwarded mail, not a reply's quotation.</summary>
    public static bool IsForwardMark(string line) =>
        line.Contains("转发", StringComparison.Ordinal) || line.Contains("forwarded", StringComparison.OrdinalIgnoreCase);

    /// <summary>Dashes with 原始邮件 and its like between them, or those words alone.</summary>
    private static bool IsSeparator(ReadOnlySpan<char> line)
    {
        var words = line.Trim("-－—–_=*+ \t:：");
        if (words.Length is 0 or > 40 || line.Length - words.Length < 4 && !words.StartsWith("begin forwarded", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var separator in Separators)
        {
            if (words.Equals(separator, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>发件人, then at least two more of 发送时间, 收件人, 主题, 抄送 within the next six lines.</summary>
    private static bool IsHeaderBlock(string[] lines, int position)
    {
        if (!IsHeader(lines[position], BlockHeaders[0]))
        {
            return false;
        }

        var seen = 0;
        var last = Math.Min(lines.Length, position + 9);
        for (var kind = 1; kind < BlockHeaders.Length; kind++)
        {
            for (var i = position; i < last; i++)
            {
                if (i > position && IsHeader(lines[i], BlockHeaders[kind]))
                {
                    seen++;
                    break;
                }
            }
        }

        return seen >= 2;
    }

    /// <summary>The long line of underscores that Outlook draws above such a block.</summary>
    private static bool IsRuleAboveHeaderBlock(string[] lines, int position)
    {
        var line = lines[position].AsSpan().Trim();
        return line.Length >= 20 && line.IndexOfAnyExcept('_') < 0 && position + 1 < lines.Length && IsHeaderBlock(lines, position + 1);
    }

    private static bool IsHeader(ReadOnlySpan<char> line, string[] names)
    {
        var text = line.TrimStart(" \t*|>");
        foreach (var name in names)
        {
            if (text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var rest = text[name.Length..].TrimStart(" \t*");
                if (rest.StartsWith(":") || rest.StartsWith("："))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>在 …，“…” 写道： or On … wrote:, on up to four lines: the index of its last line; -1 where there is none.</summary>
    private static int AttributionEnd(string[] lines, int position)
    {
        var first = lines[position].AsSpan().Trim();
        var begins = first.StartsWith("在") || first.StartsWith("于") || first.StartsWith("At ") || first.StartsWith("On ") || first.StartsWith("---- ")
            || (first.Length > 3 && char.IsAsciiDigit(first[0]) && first[..Math.Min(first.Length, 20)].IndexOfAny("-/年") > 0)
            || (first.Contains('@') && first.Contains('<'));
        if (!begins)
        {
            return -1;
        }

        var length = 0;
        for (var i = position; i < Math.Min(lines.Length, position + 4) && length < 400; i++)
        {
            var line = lines[i].AsSpan().Trim();
            length += line.Length;
            if (line.IsEmpty && i > position + 1)
            {
                return -1;
            }

            if (IsAttribution(line) && (IsOfMoment(first) || (i > position && IsOfMoment(line))))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsAttribution(ReadOnlySpan<char> line)
    {
        var text = line.TrimEnd(" \t-");
        foreach (var end in (ReadOnlySpan<string>)["写道：", "写道:", "寫道：", "寫道:", "wrote:", "wrote：", "写道", "编写：", "编写:", "来信：", "來信："])
        {
            if (text.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// An address, a day or a time of day, as programs write above what they quote; an English month is known by any digit. A year or a month alone is
    /// a person's: 在2018年的材料里我们写道.
    /// </summary>
    private static bool IsOfMoment(ReadOnlySpan<char> line)
    {
        if (line.Contains('@') || (line.IndexOfAnyInRange('0', '9') >= 0 && line.IndexOfAnyInRange('a', 'z') >= 0))
        {
            return true;
        }

        for (var i = 1; i + 1 < line.Length; i++)
        {
            if (line[i] is ':' or '：' or '-' or '/' or '.' or '月' && char.IsAsciiDigit(line[i - 1]) && char.IsAsciiDigit(line[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What follows is quoted line by line, so that answers may stand between.</summary>
    private static bool IsMarked(string[] lines, int position)
    {
        while (position < lines.Length && string.IsNullOrWhiteSpace(lines[position]))
        {
            position++;
        }

        return position < lines.Length && lines[position].AsSpan().TrimStart().StartsWith(">");
    }

    /// <summary>Two dashes and a space (RFC 3676, 4.3); without the space only where little follows.</summary>
    private static bool IsSignatureMark(string[] lines, int position)
    {
        var line = lines[position];
        return line is "-- " or "--" or "—— " or "--\u00A0";
    }

    private static int CutSignature(string[] lines, LineKind[] kinds, int position)
    {
        var end = position + 1;
        var said = 0;
        while (end < lines.Length)
        {
            var line = lines[end].AsSpan().Trim();
            if (line.StartsWith(">") || IsSeparator(line) || IsHeaderBlock(lines, end) || AttributionEnd(lines, end) >= 0)
            {
                break;
            }

            said += line.IsEmpty ? 0 : 1;
            end++;
        }

        // A long text behind two dashes is no signature.
        var kind = said <= LongestSignature ? LineKind.Signature : LineKind.Own;
        Array.Fill(kinds, kind, position, end - position);
        kinds[position] = LineKind.Signature;
        return end;
    }

    private static bool IsSignatureLine(ReadOnlySpan<char> line)
    {
        if (line.Length is 0 or > 60)
        {
            return false;
        }

        foreach (var beginning in SignatureLines)
        {
            if (line.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
