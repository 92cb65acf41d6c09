namespace MailIntake.Simulation.Texts;

/// <summary>Other ways in which people write the same name.</summary>
public static class Spellings
{
    private const string Simplified = "总会县区岛关抚宁龙卢满开发经济技术统业医护学运输员务队电网国联钢铁财贸轻";
    private const string Traditional = "總會縣區島關撫寧龍盧滿開發經濟技術統業醫護學運輸員務隊電網國聯鋼鐵財貿輕";

    /// <summary>In traditional characters (繁体), as far as names of unions need.</summary>
    public static string InTraditional(string name) => string.Concat(name.Select(c => Simplified.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Traditional[i] : c));

    /// <summary>Spread with full-width spaces, as on a form.</summary>
    public static string Spread(string name) => string.Join('\u3000', name.ToCharArray());

    /// <summary>Full-width brackets to half-width ones and back.</summary>
    public static string OtherBrackets(string name) =>
        name.Contains('（', StringComparison.Ordinal)
            ? name.Replace('（', '(').Replace('）', ')')
            : name.Replace('(', '（').Replace(')', '）');
}
