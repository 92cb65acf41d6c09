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

    /// <summary>What is owed now, while the research and summary phases are open: kind and title, and <c>entry</c> without title where the notice wants one more.</summary>
    public IReadOnlyList<(string Kind, string Title)> Missing()
    {
        IEnumerable<(string Kind, string Title)> materials =
            from entry in _entries
            from kind in Owed
            where entry.Materials.GetValueOrDefault(kind).State is null or "problem"
            select (kind, entry.Title);
        return unit.Category == "county" && _entries.Count == 1 ? [.. materials, ("entry", "")] : [.. materials];
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
