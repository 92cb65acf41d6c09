using MailIntake.Domain.Text;

namespace MailIntake.Domain.Units;

/// <summary>Where a unit's name stands in a squeezed text.</summary>
internal readonly record struct UnitMention(UnitSpelling Spelling, int Start, double Fit)
{
    /// <summary>The place behind its last character.</summary>
    public int End => Start + Spelling.Text.Length;
}

/// <summary>
/// Finds units by name: in a field that holds nothing but a name, and in running text. Of names that overlap the longest
/// counts, so that 北戴河新区总工会 is not 北戴河区 and 山海关船舶重工工会 not 山海关区.
/// </summary>
internal sealed class UnitNameIndex
{
    /// <summary>Words after which a name may begin although a Han character stands before it.</summary>
    private const string Leading = "由是为和与及在对到于向的将把我本从请报送据经交转附呈给让被按照收自们有位各该此这其发函致代表荐意是系叫属即含括中上下年月日号家个项篇份全级";

    private static readonly string[] Bodies = ["工会", "公司", "集团", "局", "医院", "学校", "中学", "小学", "大学", "学院", "街道", "镇", "乡", "中心", "委员会", "厂", "重工"];

    private readonly UnitSpellings _spellings;
    private readonly Dictionary<(char, char), UnitSpelling[]> _byStart;
    private readonly ILookup<string, UnitSpelling> _byText;
    private readonly ILookup<string, Unit> _byCore;
    private readonly HashSet<string> _tails;
    private readonly (Unit Unit, string Name)[] _longNames;

    /// <summary>Prepares the names of the units.</summary>
    public UnitNameIndex(IReadOnlyList<Unit> units)
    {
        _spellings = new UnitSpellings(units);
        var all = units.SelectMany(_spellings.Of).ToList();
        _byText = all.ToLookup(s => s.Text, StringComparer.Ordinal);
        _byStart = all
            .GroupBy(s => (s.Text[0], s.Text[1]))
            .ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.Text.Length).ToArray());
        _byCore = units
            .SelectMany(u => u.Aliases.Prepend(u.Name).Select(n => (Core: _spellings.Core(n), Unit: u)).Distinct())
            .Where(p => p.Core.Length >= 2)
            .ToLookup(p => p.Core, p => p.Unit, StringComparer.Ordinal);
        _longNames = [.. units.Select(u => (u, HanText.Key(u.Name))).Where(p => _spellings.Core(p.Item2).Length >= 5)];

        // 教育工会 is the tail of 秦皇岛市教育工会, so what stands before it decides whose it is (河北省教育工会).
        var given = all.Where(s => s.Given).Select(s => s.Text).ToHashSet(StringComparer.Ordinal);
        _tails = [.. all.Select(s => s.Text).Where(t => given.Any(g => g.Length > t.Length && g.EndsWith(t, StringComparison.Ordinal)))];
    }

    /// <summary>The units that a field names which holds nothing but a name (申报单位, a seal, a sender's name), each once with how well it fits.</summary>
    /// <param name="value">What stands in the field.</param>
    /// <param name="official">The field is meant for a unit's name, so that 办公室 alone is the department; a sender's name is not.</param>
    public IReadOnlyList<(Unit Unit, double Fit)> InField(string value, bool official = true)
    {
        var text = HanText.Key(value);
        foreach (var ending in new[] { "盖章", "公章", "签章", "章" })
        {
            text = text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;
        }

        var exact = _byText[text].Where(s => s.Given || s.Fit >= 0.85).ToList();
        if (exact.Count > 0)
        {
            return [.. exact.GroupBy(s => s.Unit).Select(g => (g.Key, official ? 1.0 : g.Max(s => s.Fit)))];
        }

        var core = _spellings.Core(text);
        var byCore = text.Length >= 3 ? _byCore[core].Distinct().ToList() : [];
        if (byCore.Count > 0)
        {
            // 教育 of itself may be a subject, not a unit; with 工会 behind it, it is one.
            var fit = core.Length >= 3 || UnitSpellings.EndsAsUnion(text) ? 0.97 : 0.6;
            return [.. byCore.Select(u => (u, fit))];
        }

        var contained = InText(value);
        return contained.Count > 0 ? [.. contained.Select(m => (m.Unit, m.Fit * 0.95))] : Near(text);
    }

    /// <summary>The units that a text names, each once with its best fit, best first.</summary>
    public IReadOnlyList<(Unit Unit, double Fit)> InText(string text) =>
        Best(Mentions(HanText.Squeeze(text)));

    /// <summary>Each unit once, with its best mention, best first.</summary>
    public static IReadOnlyList<(Unit Unit, double Fit)> Best(IEnumerable<UnitMention> mentions) =>
        [.. mentions.GroupBy(m => m.Spelling.Unit).Select(g => (g.Key, g.Max(m => m.Fit))).OrderByDescending(p => p.Item2)];

    /// <summary>All mentions in a squeezed text that do not overlap, the longer before the shorter.</summary>
    public List<UnitMention> Mentions(string squeezed)
    {
        var found = new List<UnitMention>();
        for (var i = 0; i + 1 < squeezed.Length; i++)
        {
            if (!_byStart.TryGetValue((squeezed[i], squeezed[i + 1]), out var spellings))
            {
                continue;
            }

            foreach (var spelling in spellings)
            {
                if (squeezed.AsSpan(i).StartsWith(spelling.Text, StringComparison.Ordinal))
                {
                    found.Add(new UnitMention(spelling, i, spelling.Fit));
                }
            }
        }

        var accepted = new List<UnitMention>();
        foreach (var mention in found.OrderByDescending(m => m.Spelling.Text.Length).ThenBy(m => m.Start))
        {
            var overlaps = accepted.Exists(a => a.Start < mention.End && mention.Start < a.End
                && !(a.Start == mention.Start && a.End == mention.End));
            if (!overlaps && FitHere(squeezed, mention) is > 0 and var fit)
            {
                accepted.Add(mention with { Fit = fit });
            }
        }

        return accepted;
    }

    private double FitHere(string text, UnitMention mention)
    {
        var spelling = mention.Spelling;
        if (mention.Start > 0 && text[mention.Start - 1] is var before && HanText.IsHan(before))
        {
            var isTail = _tails.Contains(spelling.Text) || spelling.Fit < 0.8;
            if ((isTail && !Leading.Contains(before, StringComparison.Ordinal)) || before is '省' or '县' or '区' or '镇' or '乡'
                || IsOfAnotherCity(text, mention.Start))
            {
                return 0;
            }
        }

        if (spelling.IsUnion || mention.End >= text.Length)
        {
            return spelling.Fit;
        }

        // 海港区 followed by 教育局工会 is a body below the district; 山海关 followed by 船舶重工 is another body altogether.
        var end = mention.End;
        while (end < text.Length && end - mention.End < 16 && HanText.IsHan(text[end]))
        {
            end++;
        }

        var behind = text.AsSpan(mention.End, end - mention.End);
        foreach (var body in Bodies)
        {
            if (behind.IndexOf(body, StringComparison.Ordinal) is var at && at >= 0)
            {
                return spelling.Unit.Category == UnitCategory.County && UnitSpellings.IsPlace(spelling.Text)
                    ? Math.Min(spelling.Fit, 0.7)
                    : at == 0 && body is "工会" or "公司" or "集团" ? spelling.Fit : spelling.Fit * 0.4;
            }
        }

        return spelling.Fit;
    }

    /// <summary>
    /// What stands before the name is another city: 唐山市 before 海港区总工会, or 承德 before 市第一医院, of which the index
    /// knows only the end.
    /// </summary>
    private bool IsOfAnotherCity(string text, int start)
    {
        var city = text[start] == '市' ? start : text[start - 1] == '市' ? start - 1 : -1;
        return city > 0 && HanText.IsHan(text[city - 1]) && !Leading.Contains(text[city - 1], StringComparison.Ordinal)
            && !_spellings.CityForms.Any(form => form.Length > 1 && text.AsSpan(0, city + 1).EndsWith(form, StringComparison.Ordinal));
    }

    /// <summary>
    /// Units whose full name differs in one character that is no number and no direction: a slip, or a misread seal. It is
    /// a hint for staff, not more: 民政局 and 财政局 differ in one character too, so short names are left out.
    /// </summary>
    private List<(Unit, double)> Near(string text)
    {
        var near = new List<(Unit, double)>();
        foreach (var (unit, name) in _longNames)
        {
            if (name.Length == text.Length && HanText.Distance(name, text, 1) == 1)
            {
                var at = Enumerable.Range(0, name.Length).First(i => name[i] != text[i]);
                if (!Distinguishing.Contains(name[at], StringComparison.Ordinal) && !Distinguishing.Contains(text[at], StringComparison.Ordinal))
                {
                    near.Add((unit, 0.6));
                }
            }
        }

        return near;
    }

    private const string Distinguishing = "一二三四五六七八九十百0123456789东西南北新老上下大小中内外甲乙丙丁省市县区镇乡";
}
