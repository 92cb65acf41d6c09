using MailIntake.Domain.Text;
using MailIntake.Domain.Units;

namespace MailIntake.Correspondence.Staff;

/// <summary>Finds the unit that staff mean: by code, name, short name, or a part that only one has.</summary>
internal static class UnitNames
{
    /// <summary>The unit; or null and those that were perhaps meant.</summary>
    public static (Unit? Unit, IReadOnlyList<string> Likely) Find(Roster roster, string written)
    {
        var key = HanText.Key(written);
        if (key.Length == 0)
        {
            return (null, []);
        }

        var exact = roster.Units.Where(u => string.Equals(u.Code, written, StringComparison.OrdinalIgnoreCase) || Names(u).Contains(key, StringComparer.Ordinal)).ToList();
        if (exact.Count == 1)
        {
            return (exact[0], []);
        }

        var partly = roster.Units.Where(u => Names(u).Any(n => n.Contains(key, StringComparison.Ordinal))).ToList();
        if (exact.Count == 0 && partly.Count == 1 && key.Length >= 2)
        {
            return (partly[0], []);
        }

        var shared = roster.Units
            .Select(u => (u.Name, Common: HanText.Key(u.Name).Distinct().Count(key.Contains)))
            .Where(u => u.Common * 2 >= key.Length)
            .OrderByDescending(u => u.Common)
            .Take(3)
            .Select(u => u.Name);
        return (null, [.. (exact.Count > 1 ? exact : partly).Select(u => u.Name).Take(3).DefaultIfEmpty("").Concat(shared).Where(n => n.Length > 0).Distinct().Take(3)]);
    }

    private static IEnumerable<string> Names(Unit unit) => unit.Aliases.Prepend(unit.Name).Select(HanText.Key);
}
