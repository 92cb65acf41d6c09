using MailIntake.Domain.Text;

namespace MailIntake.Domain.Units;

/// <summary>
/// Tells whose seal it is by the words along its ring, which are recognised from a picture. What goes wrong there is mostly that characters are
/// missing, at both ends above all, and now and then that one is taken for another; that two are taken for just those of another unit hardly happens.
/// </summary>
internal sealed class SealOwners
{
    private const int FewestHan = 5;

    /// <summary>What a character costs that the ring has and the name has not, or the name has and the ring has not; one for another costs both.</summary>
    private const double Added = 0.6, Lost = 0.4;

    /// <summary>By how much the own name must fit worse than another's: as by two characters that are those of the other.</summary>
    private const double Apart = 1.95;

    /// <summary>What may be wrong with the other's name, for each of its characters.</summary>
    private const double Wrong = 0.16;

    /// <summary>By how much a third unit's name must fit worse.</summary>
    private const double Ahead = 0.9;

    // Of 集团有限公司工会 nothing tells one unit from another: what is left without it must be alike too, and be the same where it is short.
    private const double WrongCore = 0.3;
    private const int ShortCore = 4;

    private readonly UnitSpellings _spellings;
    private readonly Dictionary<string, List<SealName>> _names;
    private readonly IReadOnlyList<Unit> _units;

    /// <summary>Prepares the names of the units.</summary>
    public SealOwners(IReadOnlyList<Unit> units)
    {
        _units = units;
        _spellings = new UnitSpellings(units);
        _names = units.GroupBy(unit => unit.Code, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.SelectMany(NamesOf).Distinct().ToList(), StringComparer.Ordinal);
    }

    /// <summary>The other unit whose seal it is; null where it may be the unit's own, a superior's or its institution's, or is not clear.</summary>
    /// <param name="rings">What was read along the ring, once or several times.</param>
    /// <param name="unit">The unit that should have sealed.</param>
    public Unit? FindOther(IEnumerable<string> rings, Unit unit)
    {
        var texts = rings.Select(HanText.Key).Where(text => HanText.CountHan(text) >= FewestHan).Distinct().ToList();
        var own = NamesOf(unit).ToList();
        if (texts.Count == 0 || own.Exists(name => texts.Exists(text => IsWithin(name.Core, text))))
        {
            return null;
        }

        var others = _units
            .Where(other => other.Code != unit.Code)
            .Select(other => (Unit: other, Fit: _names[other.Code].SelectMany(name => texts.Select(text => (Name: name, Text: text, Cost: Cost(name.Text, text)))).MinBy(fit => fit.Cost)))
            .OrderBy(other => other.Fit.Cost)
            .ToList();
        if (others is not [var (best, fit), ..] || fit.Cost > Wrong * fit.Name.Text.Length || !HasCore(fit.Name.Core, fit.Text)
            || (others.Count > 1 && others[1].Fit.Cost < fit.Cost + Ahead))
        {
            return null;
        }

        var ownCost = own.SelectMany(name => texts.Select(text => Cost(name.Text, text))).DefaultIfEmpty(double.MaxValue).Min();
        return ownCost < fit.Cost + Apart || own.Exists(name => IsWithin(fit.Name.Core, name.Text)) ? null : best;
    }

    /// <summary>The ways in which a seal may say the unit: with and without the city, as 工会 and as 工会委员会, and the institution whose union it is.</summary>
    private IEnumerable<SealName> NamesOf(Unit unit)
    {
        foreach (var given in unit.Aliases.Prepend(unit.Name).Select(HanText.Key).Where(name => name.Length >= 2))
        {
            var core = _spellings.Core(given);
            var bare = _spellings.WithoutCity(given);
            foreach (var name in (string[])[bare, .. _spellings.CityForms.Select(city => city + bare)])
            {
                var union = name.EndsWith("工会委员会", StringComparison.Ordinal) ? name[..^3] : name;
                yield return new SealName(union, core);
                if (union.EndsWith("工会", StringComparison.Ordinal))
                {
                    yield return new SealName(union + "委员会", core);
                }
            }
        }
    }

    /// <summary>One name stands in the other: 某某医院 in 某某医院工会委员会, 海港区 in 海港区教育局.</summary>
    private static bool IsWithin(string core, string text) => core.Length >= 2 && text.Contains(core, StringComparison.Ordinal);

    private static bool HasCore(string core, string text) =>
        core.Length < ShortCore ? text.Contains(core, StringComparison.Ordinal) : Cost(core, text, isPart: true) <= WrongCore * core.Length;

    /// <summary>What it takes to make the name the text, or any part of it.</summary>
    private static double Cost(string name, string text, bool isPart = false)
    {
        var row = new double[text.Length + 1];
        for (var j = 1; j <= text.Length && !isPart; j++)
        {
            row[j] = j * Added;
        }

        for (var i = 1; i <= name.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i * Lost;
            for (var j = 1; j <= text.Length; j++)
            {
                var replaced = diagonal + (name[i - 1] == text[j - 1] ? 0 : Added + Lost);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j] + Lost, row[j - 1] + Added));
            }
        }

        return isPart ? row.Min() : row[^1];
    }

    /// <summary>A name as a seal may say it.</summary>
    /// <param name="Text">The name.</param>
    /// <param name="Core">What tells it from others.</param>
    private sealed record SealName(string Text, string Core);
}
