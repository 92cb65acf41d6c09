using MailIntake.Domain.Text;

namespace MailIntake.Domain.Units;

/// <summary>Tells whose seal it is by the words along its ring, which are recognised from a picture and may be wrong here and there.</summary>
internal sealed class SealOwners
{
    private const int FewestHan = 5;
    private const double GoodMatch = 0.84;
    private const double BadMatch = 0.45;

    // Of 集团有限公司工会 nothing tells one unit from another: what is left without it must be alike too, and be the same where it is short.
    private const double GoodCore = 0.7;
    private const int ShortCore = 4;

    private readonly UnitSpellings _spellings;
    private readonly List<(Unit Unit, string Name, string Core)> _names;

    /// <summary>Prepares the names of the units.</summary>
    public SealOwners(IReadOnlyList<Unit> units)
    {
        _spellings = new UnitSpellings(units);
        _names = [.. units.SelectMany(unit => NamesOf(unit).Select(name => (unit, name.Name, name.Core)))];
    }

    /// <summary>The other unit whose seal it is; null where it may be the unit's own, a superior's or its institution's, or is not clear.</summary>
    public Unit? FindOther(string ring, Unit unit)
    {
        var text = Plain(ring);
        if (HanText.CountHan(text) < FewestHan)
        {
            return null;
        }

        var core = _spellings.Core(text);
        var own = NamesOf(unit).ToList();
        if (own.Exists(name => Holds(name.Core, core) || Likeness(name.Core, core) > BadMatch || Likeness(name.Name, text) >= GoodMatch))
        {
            return null;
        }

        var best = _names
            .Where(name => name.Unit != unit && name.Unit.Code != unit.Code)
            .Where(name => name.Core.Length < ShortCore ? name.Core == core : Likeness(name.Core, core) >= GoodCore)
            .Select(name => (name.Unit, name.Core, Fit: Likeness(name.Name, text)))
            .Where(match => match.Fit >= GoodMatch)
            .OrderByDescending(match => match.Fit)
            .ToList();
        if (best.Count == 0 || best.Exists(match => match.Unit != best[0].Unit && match.Fit > best[0].Fit - 0.05))
        {
            return null;
        }

        return own.Exists(name => IsSuperior(best[0].Core, name.Core)) ? null : best[0].Unit;
    }

    private IEnumerable<(string Name, string Core)> NamesOf(Unit unit) =>
        unit.Aliases.Prepend(unit.Name).Select(Plain).Where(name => name.Length >= 2).Select(name => (name, _spellings.Core(name)));

    /// <summary>A seal says 工会委员会 where the roster says 工会.</summary>
    private static string Plain(string name)
    {
        var key = HanText.Key(name);
        return key.EndsWith("工会委员会", StringComparison.Ordinal) ? key[..^3] : key;
    }

    /// <summary>One name stands in the other: 某某医院 and 某某医院工会委员会, 海港区 and 海港区教育局.</summary>
    private static bool Holds(string a, string b) =>
        Math.Min(a.Length, b.Length) >= 2 && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal));

    private static bool IsSuperior(string other, string own) => Holds(other, own);

    /// <summary>The share of characters that are alike, 0 to 1.</summary>
    private static double Likeness(string a, string b)
    {
        var longest = Math.Max(a.Length, b.Length);
        return longest == 0 ? 0 : 1 - (HanText.Distance(a, b, longest) / (double)longest);
    }
}
