using System.Globalization;

namespace MailIntake.Simulation.Campaigns;

/// <summary>What one unit has sent so far, kept by hand while its mails are made.</summary>
internal sealed class UnitLedger(SimulatedUnit unit)
{
    private static readonly string[] Owed = ["brief", "writeup", "evidence", "form"];

    private static readonly string[] MustBeMended = ["over-limit", "missing-field", "no-seal", "no-signature"];

    private readonly List<(string Title, Dictionary<string, (string State, int Version)> Materials)> _entries = [];

    public SimulatedUnit Unit => unit;

    /// <summary>Takes down files that are filed; gives them with their versions.</summary>
    public IReadOnlyList<ExpectedFile> File(params IEnumerable<ExpectedFile> files)
    {
        var filed = new List<ExpectedFile>();
        foreach (ExpectedFile file in files)
        {
            if (!_entries.Any(e => e.Title == file.Entry))
            {
                _entries.Add((file.Entry, []));
            }

            Dictionary<string, (string State, int Version)> materials = _entries.First(e => e.Title == file.Entry).Materials;
            if (file.Version == 0)
            {
                filed.Add(file);
                continue;
            }

            int version = materials.GetValueOrDefault(file.Material).Version + 1;
            materials[file.Material] = (file.Findings.Any(f => MustBeMended.Contains(f)) ? "problem" : "received", version);
            filed.Add(file with { Version = version });
        }

        return filed;
    }

    /// <summary>Codes of the entries by title: numbered as they came.</summary>
    public IReadOnlyDictionary<string, string> EntryCodes() =>
        _entries.Index().ToDictionary(e => e.Item.Title, e => string.Create(CultureInfo.InvariantCulture, $"2018-{unit.Code}-{e.Index + 1:00}"), StringComparer.Ordinal);

    /// <summary>What is owed now, while the research and summary phases are open; a second entry where the notice wants two.</summary>
    public IReadOnlyList<OwedMaterial> Missing()
    {
        IEnumerable<OwedMaterial> materials =
            from entry in _entries
            from kind in Owed
            let came = entry.Materials.GetValueOrDefault(kind)
            where came.State is null or "problem"
            select new OwedMaterial(kind, entry.Title, came.Version, kind == "brief" ? "research" : "summary");
        materials = materials.OrderBy(m => m.Phase == "research" ? 0 : 1);
        return unit.Category == "county" && _entries.Count == 1 ? [.. materials, new OwedMaterial("entry", null, 0, "declaration")] : [.. materials];
    }

    /// <summary>The unit's rows of the matrix.</summary>
    public IEnumerable<ExpectedEntry> Entries() =>
        _entries.Select(e => new ExpectedEntry(
            unit.Code,
            e.Title,
            new[] { "brief", "plan", "writeup", "evidence", "form", "presentation" }.ToDictionary(
                kind => kind,
                kind => e.Materials.GetValueOrDefault(kind).State ?? (Owed.Contains(kind) ? "missing" : "waived"))));
}
