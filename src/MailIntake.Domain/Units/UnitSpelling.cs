using MailIntake.Domain.Text;

namespace MailIntake.Domain.Units;

/// <summary>One way in which a unit's name may be written, squeezed by <see cref="HanText.Squeeze"/>.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Text">The spelling.</param>
/// <param name="Fit">How clearly it means the unit when it stands in a text, 0 to 1; 1 is the full name.</param>
/// <param name="Given">It stands in the roster, and is not derived from what does.</param>
internal sealed record UnitSpelling(Unit Unit, string Text, double Fit, bool Given)
{
    /// <summary>It ends as a union's name does, so that nothing can follow that would change its meaning.</summary>
    public bool IsUnion { get; } = Text.EndsWith("工会", StringComparison.Ordinal) || Text.EndsWith("工会委员会", StringComparison.Ordinal)
        || Text.EndsWith("工会工作委员会", StringComparison.Ordinal) || Text.EndsWith("工委", StringComparison.Ordinal);
}

/// <summary>Derives the spellings of a unit from its name and aliases: with and without the city, 工会, 有限公司 and the like.</summary>
internal sealed class UnitSpellings
{
    /// <summary>Endings that are no part of what a unit is called, longest first.</summary>
    private static readonly string[] Endings =
    [
        "工会工作委员会", "工会联合会", "工会委员会", "有限责任公司", "股份有限公司", "委员会", "有限公司", "总工会", "总公司", "工会", "公司", "股份", "集团",
    ];

    private static readonly string[] UnionEndings = ["工会工作委员会", "工会联合会", "工会委员会", "总工会", "工会"];

    private static readonly string[] CompanyEndings = ["集团有限责任公司", "集团股份有限公司", "集团有限公司", "有限责任公司", "股份有限公司", "有限公司", "总公司"];

    private static readonly string[] LegalForms = ["有限责任公司", "股份有限公司", "有限公司"];

    /// <summary>Endings of a body's own name, without which a core is too general to be looked for in prose.</summary>
    private static readonly string[] BodyEndings = ["公司", "集团", "医院", "学院", "大学", "学校", "中学", "保健院", "研究院", "设计院", "局", "银行", "中心", "厂"];

    private readonly string[] _cityForms;

    /// <summary>Learns from the roster in which city its units lie: the 市 with which most names begin.</summary>
    public UnitSpellings(IReadOnlyList<Unit> units)
    {
        var city = units
            .SelectMany(u => u.Aliases.Prepend(u.Name))
            .Select(n => HanText.Squeeze(n))
            .Where(n => n.IndexOf('市', StringComparison.Ordinal) is >= 2 and <= 4)
            .GroupBy(n => n[..(n.IndexOf('市', StringComparison.Ordinal) + 1)], StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
        _cityForms = city is null ? ["市"] : [city, city[..^1], "市"];
    }

    /// <summary>The forms of the city's name that may stand before a unit's name: 秦皇岛市, 秦皇岛, 市.</summary>
    public IReadOnlyList<string> CityForms => _cityForms;

    /// <summary>All spellings of the unit; of equal ones the one that fits best.</summary>
    public IEnumerable<UnitSpelling> Of(Unit unit)
    {
        var spellings = new Dictionary<string, UnitSpelling>(StringComparer.Ordinal);
        void Add(string text, double fit, bool given = false)
        {
            if (HanText.CountHan(text) < 2 && text.Length < 4)
            {
                return;
            }

            spellings.TryGetValue(text, out var known);
            spellings[text] = new UnitSpelling(unit, text, Math.Max(fit, known?.Fit ?? 0), given || known?.Given == true);
        }

        var name = HanText.Squeeze(unit.Name);
        Add(name, 1, given: true);
        Derive(name, 1);
        foreach (var alias in unit.Aliases.Select(HanText.Squeeze))
        {
            var fit = FitOfAlias(unit, alias);
            Add(alias, fit, given: true);
            Derive(alias, fit);
        }

        return spellings.Values;

        void Derive(string given, double fit)
        {
            if (unit.Category == UnitCategory.Department && given.LastIndexOf("总工会", StringComparison.Ordinal) is var at && at >= 0)
            {
                var office = given[(at + 3)..];
                foreach (var form in _cityForms)
                {
                    Add($"{form}总工会{office}", 0.97);
                    Add($"{form}总{office}", 0.97);
                }

                Add(office, 0.4);
                return;
            }

            if (fit < 0.9)
            {
                return;
            }

            var bare = WithoutCity(given);
            AddWithCity(bare, fit * 0.97, fit * 0.9, given);
            var stem = WithoutEnding(given, UnionEndings);
            if (stem.Length == given.Length || stem.Length < 2)
            {
                return;
            }

            var bareStem = WithoutCity(stem);
            foreach (var ending in new[] { "工会", "总工会" })
            {
                AddWithCity(bareStem + ending, fit * 0.95, fit * 0.9, given);
            }

            if (IsPlace(bareStem))
            {
                Add(bareStem, 0.8);
            }
            else if (BodyEndings.Any(e => stem.EndsWith(e, StringComparison.Ordinal)))
            {
                AddWithCity(bareStem, 0.8, bareStem.Length >= 4 ? 0.75 : 0, given);
            }

            // 中国移动通信集团河北有限公司秦皇岛分公司 leaves its legal form out wherever it stands: …河北公司秦皇岛分公司, …河北秦皇岛分公司.
            foreach (var legalForm in LegalForms.Where(f => bareStem.Contains(f, StringComparison.Ordinal)))
            {
                foreach (var shorter in new[] { "", "公司" }.Select(c => bareStem.Replace(legalForm, c, StringComparison.Ordinal)).Where(s => s.Length >= 4))
                {
                    AddWithCity(shorter + "工会", 0.92, 0.9, given);
                }
            }

            var core = WithoutCity(WithoutEnding(stem, CompanyEndings));
            if (core.Length < bareStem.Length && core.Length >= 2)
            {
                var alone = core.Length >= 4 ? 0.9 : 0;
                AddWithCity(core + "工会", 0.92, alone, given);
                AddWithCity(core + "公司工会", 0.92, alone, given);
                AddWithCity(core + "公司", 0.78, core.Length >= 4 ? 0.75 : 0, given);
                AddWithCity(core, core.Length >= 4 ? 0.7 : 0, core.Length >= 4 ? 0.7 : 0, given);
            }
        }

        void AddWithCity(string bare, double withCity, double alone, string given)
        {
            if (withCity > 0)
            {
                foreach (var form in _cityForms)
                {
                    Add(form + bare, withCity);
                }
            }

            // 港 of 秦皇岛港 or 教育 of 教育工会 say nothing by themselves.
            if (alone > 0 && bare.Length >= 4)
            {
                Add(bare, alone, given: bare == given);
            }
        }
    }

    /// <summary>What is left of a name when the city, 工会, 有限公司 and the like are taken off: the same for 市教育工会 and 秦皇岛市教育工会委员会.</summary>
    public string Core(string squeezed)
    {
        var core = HanText.Key(squeezed);
        for (var shorter = WithoutEnding(core, Endings); shorter.Length < core.Length && shorter.Length >= 2; shorter = WithoutEnding(core, Endings))
        {
            core = shorter;
        }

        var bare = WithoutCity(core);
        return bare.Length >= 2 ? bare : core;
    }

    /// <summary>The name without the city before it; unchanged where nothing but an ending would be left.</summary>
    public string WithoutCity(string name)
    {
        foreach (var form in _cityForms)
        {
            if (name.StartsWith(form, StringComparison.Ordinal) && name.Length - form.Length >= 2
                && !Endings.Contains(name[form.Length..], StringComparer.Ordinal))
            {
                return name[form.Length..];
            }
        }

        return name;
    }

    /// <summary>The name is that of a county, district or zone.</summary>
    public static bool IsPlace(string name) => name.Length >= 3 && name[^1] is '区' or '县' or '市' or '旗';

    /// <summary>The name ends with 工会, 总工会, 工会委员会 or the like.</summary>
    public static bool EndsAsUnion(string name) => Array.Exists(UnionEndings, e => name.EndsWith(e, StringComparison.Ordinal));

    private static string WithoutEnding(string name, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length)
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }

    private double FitOfAlias(Unit unit, string alias)
    {
        if (unit.Category == UnitCategory.Department && !alias.Contains('总', StringComparison.Ordinal))
        {
            return 0.4;
        }

        if (UnionEndings.Any(e => alias.EndsWith(e, StringComparison.Ordinal)) || HanText.CountHan(alias) >= 5)
        {
            return 0.95;
        }

        if (IsPlace(alias))
        {
            return 0.8;
        }

        return HanText.CountHan(alias) switch
        {
            >= 4 => 0.8,
            3 => 0.7,
            2 => 0.5,
            _ => WithoutCity(alias).Length >= 4 ? 0.6 : 0.3,
        };
    }
}
