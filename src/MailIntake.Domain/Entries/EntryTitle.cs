using System.Text.RegularExpressions;

using MailIntake.Domain.Text;

namespace MailIntake.Domain.Entries;

/// <summary>
/// A title of an entry taken apart (创新成果名称): what stands in quotation marks, its subtitle, its numbers, and what is left
/// when leading verbs and closing words are taken off.
/// </summary>
internal sealed partial class EntryTitle
{
    private static readonly string[] Verbs =
    [
        "关于", "打造", "构建", "创新", "探索", "推行", "建立", "深化", "实施", "开展", "推进", "推动", "推广", "创建", "搭建", "健全", "完善", "强化", "加强",
        "抓好", "抓实", "做好", "做实", "做优", "全力", "着力", "积极", "扎实", "大力", "深入", "持续", "全面", "依托", "运用", "利用", "开启", "试行",
        "实行", "推出", "培育", "以",
    ];

    private static readonly string[] Closings =
    [
        "工作总结", "总结报告", "经验总结", "总结", "实践与探索", "探索与实践", "实践探索", "探索实践", "探索", "实践", "经验做法", "典型经验", "主要做法",
        "做法", "经验", "情况汇报", "情况报告", "汇报", "报告", "情况", "工作",
    ];

    /// <summary>What many titles quote: it says nothing about which entry is meant.</summary>
    private static readonly string[] Common =
    [
        "互联网", "党建", "工会", "智慧", "十三五", "十四五", "十五五", "五一", "三八", "六有", "双创", "放管服", "一带一路", "娘家人", "最后一公里", "职工之家", "数字化",
        "智慧工会", "互联网工会", "产业工人", "劳模精神", "工匠精神", "三个精神", "新业态", "八大群体",
    ];

    /// <summary>What titles of every entry say.</summary>
    private static readonly string[] Everywhere =
        ["职工", "工会", "员工", "平台", "服务", "管理", "机制", "模式", "体系", "工作法", "工作", "建设", "创新", "行动", "项目", "活动", "制度", "品牌", "办法"];

    private EntryTitle(string folded, string key)
    {
        Key = key;
        Core = CoreOf(key);
        var whole = Wrap().Match(folded) is { Success: true } wrapped ? wrapped.Groups[1].Value : folded;
        Names = [.. Quoted().Matches(whole).Select(m => HanText.Key(m.Groups[1].Value)).Where(n => n.Length > 0).Distinct()];
        Books = [.. Book().Matches(whole).Where(m => !Quoted().IsMatch(m.Value)).Select(m => HanText.Key(m.Groups[1].Value)).Where(n => n.Length > 0).Distinct()];
        Parts = [.. Subtitle().Split(whole).Where(p => p.Length < whole.Length).Select(p => CoreOf(EntryMatcher.Normalize(p))).Where(p => HanText.CountHan(p) >= 4)];
        var years = Year().Matches(whole).Select(m => m.Groups[1].Value);
        Years = [.. years.Distinct().Order(StringComparer.Ordinal)];
        Numbers = [.. Number().Matches(Year().Replace(whole, " ")).Select(m => HanText.Squeeze(m.Value)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The whole, as <see cref="EntryMatcher.Normalize"/> gives it.</summary>
    public string Key { get; }

    /// <summary>The key without leading verbs and closing words.</summary>
    public string Core { get; }

    /// <summary>What stands in quotation marks (“…”): the proper names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What stands in book-title marks (《…》) inside the title and holds no quotation marks: a name, or a title as a whole.</summary>
    public IReadOnlyList<string> Books { get; }

    /// <summary>Cores of what stands before and behind —— or ：; empty where there is no such mark.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Numbers, phases and editions (2.0, 一期, 第二批), in order; not years.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>Years.</summary>
    public IReadOnlyList<string> Years { get; }

    /// <summary>Takes a title apart.</summary>
    public static EntryTitle Parse(string title) => new(HanText.Fold(title).Trim(), EntryMatcher.Normalize(title));

    /// <summary>The quoted names of both that are equal and say which entry is meant.</summary>
    public bool SharesName(EntryTitle other) => NamesAndBooks.Any(n => IsTelling(n) && other.NamesAndBooks.Contains(n, StringComparer.Ordinal));

    /// <summary>Both quote names, and none of one is a name of the other.</summary>
    public bool QuotesOtherNames(EntryTitle other) =>
        NamesAndBooks.Any()
        && other.NamesAndBooks.Any()
        && !NamesAndBooks.Any(n => other.NamesAndBooks.Contains(n, StringComparer.Ordinal))
        && !Books.Any(b => other.Names.Any(n => b.Contains(n, StringComparison.Ordinal)))
        && !other.Books.Any(b => Names.Any(n => b.Contains(n, StringComparison.Ordinal)));

    /// <summary>They differ in a number, phase or edition; a year that only one of them states is no difference.</summary>
    public bool HasOtherNumbers(EntryTitle other) =>
        !Numbers.SequenceEqual(other.Numbers, StringComparer.Ordinal)
        || (Years.Count > 0 && other.Years.Count > 0 && !Years.SequenceEqual(other.Years, StringComparer.Ordinal));

    /// <summary>This title is nothing but a name that the other quotes.</summary>
    public bool IsNameOf(EntryTitle other) =>
        Core.Length >= 4 && other.NamesAndBooks.Any(n => IsTelling(n) && (n == Core || n == Key));

    /// <summary>What the title says beside its quoted names and what every title says, in pairs of neighbouring characters.</summary>
    public IEnumerable<string> PairsBesideNames()
    {
        var rest = NamesAndBooks.OrderByDescending(n => n.Length).Concat(Everywhere).Aggregate(Core, (r, n) => r.Replace(n, "\n", StringComparison.Ordinal));
        return Enumerable.Range(0, Math.Max(0, rest.Length - 1)).Select(i => rest.Substring(i, 2)).Where(p => !p.Contains('\n', StringComparison.Ordinal));
    }

    private IEnumerable<string> NamesAndBooks => Names.Concat(Books);

    private static bool IsTelling(string name) => HanText.CountHan(name) >= 3 && !Common.Contains(name, StringComparer.Ordinal);

    private static string CoreOf(string key)
    {
        var core = key;
        for (var before = ""; before != core;)
        {
            before = core;
            foreach (var verb in Verbs.Where(v => core.StartsWith(v, StringComparison.Ordinal) && HanText.CountHan(core) - v.Length >= 4))
            {
                core = core[verb.Length..];
            }

            foreach (var closing in Closings.Where(c => core.EndsWith(c, StringComparison.Ordinal) && HanText.CountHan(core) - c.Length >= 4))
            {
                core = core[..^closing.Length];
                core = core.EndsWith('的') ? core[..^1] : core;
                break;
            }
        }

        return core;
    }

    [GeneratedRegex("""^\s*《([^《》]+)》\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Wrap();

    [GeneratedRegex("""[“”„"‘’「『]([^“”„"‘’「」『』]{1,30})[“”"‘’」』]""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex("《([^《》]{1,40})》", RegexOptions.CultureInvariant)]
    private static partial Regex Book();

    [GeneratedRegex(@"\s*(?:[—―–]+|-{2,}|:)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Subtitle();

    [GeneratedRegex(@"(?<!\d)((?:19|20)\d{2})(?:年度?|(?!\d|\.))", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    // A figure beside a plus (1+N) is a way of speaking, not an edition.
    [GeneratedRegex(@"(?<![+\d.])\d+(?:\.\d+)*(?![+\d])|第\s*[零〇一二三四五六七八九十百两\d]+|[零〇一二三四五六七八九十百两]+(?=\s*(?:期|批次?|届|轮|号|季|阶段|代|版))|[ⅰ-ⅻ]+|(?<![a-z])i{1,3}(?![a-z])|[上中下](?=[篇册集])|(?<=[(])[上中下](?=[)])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
