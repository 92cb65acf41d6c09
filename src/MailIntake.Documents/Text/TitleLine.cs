using System.Buffers;

namespace MailIntake.Documents.Text;

/// <summary>Finds the title line (标题) and the headings of a document.</summary>
/// <remarks>
/// A title that only names the material (创新成果简介, 总结材料) is the template's and no part of the body; a title that names
/// the achievement itself is the author's text and counts.
/// </remarks>
internal static class TitleLine
{
    private const int MaxTitle = 60;
    private const int MaxHeading = 40;

    private static readonly SearchValues<char> _endsOfNumbers = SearchValues.Create("、.．，）)章节部");

    private static readonly string[] TemplateWords =
    [
        "总工会", "工会", "工作", "优秀", "创新", "成果", "项目", "申报表", "申报", "推荐", "评选", "活动",
        "简介", "简要", "简况", "简述", "介绍", "概况", "概述", "材料", "总结", "报告", "汇报", "经验", "典型", "事迹", "主要",
        "内容", "实施", "方案", "思路", "情况", "说明", "正文", "标题", "附件", "年度", "关于", "上报", "报送", "的", "及", "和", "与", "表",
    ];

    /// <summary>The first paragraph when it stands as a title, else null.</summary>
    public static FlowParagraph? Find(IReadOnlyList<FlowBlock> blocks)
    {
        FlowParagraph? first = null;
        foreach (var block in blocks)
        {
            if (block is not FlowParagraph paragraph)
            {
                // A table follows: whatever short line stands above it names it.
                return first;
            }

            if (string.IsNullOrWhiteSpace(paragraph.Text))
            {
                continue;
            }

            if (first is null)
            {
                if (!LooksLikeTitle(paragraph.Text.AsSpan().Trim()))
                {
                    return null;
                }

                first = paragraph;
                if (paragraph.IsCentered || paragraph.HeadingLevel is not null)
                {
                    return first;
                }

                continue;
            }

            // A plain first line is a title only where real text follows it.
            return EndsSentence(paragraph.Text.AsSpan().Trim()) || IsNumbered(paragraph.Text.AsSpan().Trim()) ? first : null;
        }

        return first is { } only && (only.IsCentered || only.HeadingLevel is not null) ? only : null;
    }

    /// <summary>The title says what the paper is and nothing of what it is about: it belongs to the template.</summary>
    /// <param name="title">The title line.</param>
    /// <param name="words">The campaign's own words for its papers, beside the general ones.</param>
    public static bool IsTemplate(ReadOnlySpan<char> title, IReadOnlyList<string> words)
    {
        Span<char> left = stackalloc char[MaxTitle + 1];
        var length = 0;
        foreach (var mark in title)
        {
            if (char.IsWhiteSpace(mark) || char.IsAsciiDigit(mark) || mark is '（' or '）' or '(' or ')' or '：' or ':' or '年' or '《' or '》')
            {
                continue;
            }

            if (length == MaxTitle)
            {
                return false;
            }

            left[length++] = mark;
        }

        var rest = (ReadOnlySpan<char>)left[..length];
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            var taken = Math.Max(LongestStart(rest, TemplateWords), LongestStart(rest, words));

            if (taken == 0)
            {
                return false;
            }

            rest = rest[taken..];
        }

        return true;
    }

    /// <summary>A title without the number before it: 一、成果简介.</summary>
    public static ReadOnlySpan<char> WithoutNumber(ReadOnlySpan<char> title)
    {
        title = title.Trim();
        return IsNumbered(title) ? title[(title.IndexOfAny(_endsOfNumbers) + 1)..].Trim() : title;
    }

    /// <summary>The paragraph stands as a heading: by its outline level, or short, numbered and no sentence.</summary>
    public static bool IsHeading(FlowParagraph paragraph)
    {
        var text = paragraph.Text.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return false;
        }

        return paragraph.HeadingLevel is not null || (text.Length <= MaxHeading && IsNumbered(text) && !EndsSentence(text));
    }

    private static int LongestStart(ReadOnlySpan<char> text, IReadOnlyList<string> words)
    {
        var longest = 0;
        foreach (var word in words)
        {
            longest = word.Length > longest && text.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? word.Length : longest;
        }

        return longest;
    }

    private static bool LooksLikeTitle(ReadOnlySpan<char> text) =>
        text.Length <= MaxTitle && !EndsSentence(text) && !IsNumbered(text) && text.IndexOfAny('\t', '。') < 0;

    private static bool EndsSentence(ReadOnlySpan<char> text) =>
        !text.IsEmpty && "。；，！？：;,!?:.、".Contains(text[^1], StringComparison.Ordinal);

    // 一、 （一） 1. 1、 第一章
    private static bool IsNumbered(ReadOnlySpan<char> text)
    {
        const string numerals = "一二三四五六七八九十百0123456789０１２３４５６７８９";
        var i = 0;
        var bracket = !text.IsEmpty && text[0] is '（' or '(' or '第';
        if (bracket)
        {
            i++;
        }

        var start = i;
        while (i < text.Length && numerals.Contains(text[i], StringComparison.Ordinal))
        {
            i++;
        }

        if (i == start || i == text.Length || i - start > 3)
        {
            return false;
        }

        return bracket ? text[i] is '）' or ')' or '章' or '节' or '部' : text[i] is '、' or '.' or '．' or '，';
    }
}
