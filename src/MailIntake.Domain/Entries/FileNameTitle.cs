using System.Text.RegularExpressions;

using MailIntake.Domain.Text;

namespace MailIntake.Domain.Entries;

/// <summary>Reads the title of an entry out of a file name.</summary>
internal static partial class FileNameTitle
{
    private static readonly string[] Remarks =
    [
        "盖章扫描件", "盖章版", "签字版", "扫描件", "扫描版", "签字盖章", "盖章", "签字", "最终版", "终稿", "定稿", "修改稿", "修改版", "修订版", "改后", "电子版", "打印版", "纸质版",
        "最新", "副本", "复件", "初稿", "草稿", "上报版", "上报", "报送", "创新成果", "工会工作", "申报", "附件", "转发", "压缩包", "照片",
    ];

    /// <summary>The title, or null where the name holds none.</summary>
    public static string? Find(string fileName, IEnumerable<string> unitNames, IEnumerable<string> materialWords)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = Extension().Replace(name, "");
        var book = BookTitle().Match(name);
        var words = materialWords.Where(w => w.Length > 1).ToList();
        if (book.Success && IsTitle(book.Groups[1].Value) && !words.Contains(book.Groups[1].Value.Trim(), StringComparer.Ordinal))
        {
            return book.Groups[1].Value.Trim();
        }

        foreach (var word in unitNames.Where(u => u.Length > 1).Concat(words).Concat(Remarks).OrderByDescending(w => w.Length))
        {
            name = Remove(name, word);
        }

        name = Leftovers().Replace(Numbering().Replace(Version().Replace(name, " "), ""), " ");
        var best = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Trim('的', '及', '和', '、'))
            .Where(IsTitle)
            .MaxBy(part => part.Length);
        return best;
    }

    /// <summary>Takes the word out, but not from between quotation marks: there it is part of the title.</summary>
    private static string Remove(string name, string word)
    {
        for (var at = name.IndexOf(word, StringComparison.Ordinal); at >= 0;)
        {
            var before = name.AsSpan(0, at);
            if (before.Count('“') > before.Count('”'))
            {
                at = name.IndexOf(word, at + word.Length, StringComparison.Ordinal);
                continue;
            }

            name = string.Concat(before, " ", name.AsSpan(at + word.Length));
            at = name.IndexOf(word, StringComparison.Ordinal);
        }

        return name;
    }

    private static bool IsTitle(string text) => HanText.CountHan(text) >= 4 && !SealRemark().IsMatch(text);

    [GeneratedRegex(@"\.[A-Za-z0-9]{1,5}$")]
    private static partial Regex Extension();

    // 有章无签, 已签字未盖章: remarks on seal and signature.
    [GeneratedRegex("^[有无已未没缺加盖公章签字名淡清晰印鉴版件及和]+$")]
    private static partial Regex SealRemark();

    [GeneratedRegex(@"《([^》]+)》")]
    private static partial Regex BookTitle();

    [GeneratedRegex(@"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?[.．、_\-—\s]+")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"[vV]\d+(?:\.\d+)*|[（(]\s*\d*\s*[)）]|\d{4}年?(?:度|\d{1,2}月(?:\d{1,2}日)?)?|\d{6,8}")]
    private static partial Regex Version();

    [GeneratedRegex(@"[\s_\-—+·:：,，;；（）()\[\]【】]+")]
    private static partial Regex Leftovers();
}
