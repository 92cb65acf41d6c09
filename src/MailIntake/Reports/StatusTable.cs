using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;

namespace MailIntake.Reports;

/// <summary>The matrix as a table of text: a row for each unit, a column for each material, a sign for each entry.</summary>
/// <param name="Headings">编码, 单位, 类别, 成果, then the materials, then 尚缺.</param>
/// <param name="Rows">The units.</param>
internal sealed record StatusTable(IReadOnlyList<string> Headings, IReadOnlyList<StatusTableRow> Rows)
{
    /// <summary>What the signs mean.</summary>
    public const string Legend = "✓ 已收　! 需补正　✗ 未交　迟 逾期　· 不需报送（一格中依次为各项成果）";

    /// <summary>The sign of a state.</summary>
    public static string Sign(MaterialState state) => state switch
    {
        MaterialState.Received => "✓",
        MaterialState.Problem => "!",
        MaterialState.Late => "迟",
        MaterialState.Missing => "✗",
        _ => "·",
    };

    /// <summary>The table of a snapshot; materials are those of its cells, so that a phase may be left out before.</summary>
    public static StatusTable Of(StatusSnapshot snapshot, string? phase = null)
    {
        var requirements = snapshot.Campaign.Requirements.Where(r => phase is null || r.Phase == phase).ToList();
        var rows = snapshot.Matrix.Units.Select(unit => new StatusTableRow(
            unit,
            [
                .. requirements.Select(r => new StatusTableCell(
                [
                    .. unit.Entries.Count > 0
                        ? unit.Entries.Select(e => e.Materials.FirstOrDefault(m => m.Requirement.Kind == r.Kind)?.State ?? MaterialState.Waived)
                        : [unit.Missing.Any(m => m.Kind == r.Kind) ? MaterialState.Missing : MaterialState.Waived],
                ])),
            ],
            unit.Standing == UnitStanding.Review ? "（待核对）" : string.Join('、', unit.Missing.Select(Name).Distinct())));
        return new StatusTable(
            ["编码", "单位", "类别", "成果", .. requirements.Select(r => r.Name), "尚缺或需补正"], [.. rows]);
    }

    private static string Name(MissingItem item) =>
        item.Kind == MissingItem.EntryKind ? $"成果{item.Count}项" : item.Name;
}

/// <summary>A unit's row.</summary>
/// <param name="Unit">The unit's row of the matrix.</param>
/// <param name="Cells">A cell for each material.</param>
/// <param name="Owed">What it owes, in words; empty for nothing.</param>
internal sealed record StatusTableRow(UnitCompleteness Unit, IReadOnlyList<StatusTableCell> Cells, string Owed)
{
    /// <summary>The row as text, in the order of the headings.</summary>
    public IReadOnlyList<string> Text =>
    [
        Unit.Unit.Code,
        Unit.Unit.Name,
        Unit.Unit.Category.FolderName(),
        Unit.Entries.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        .. Cells.Select(c => c.Text),
        Owed,
    ];
}

/// <summary>A cell: the states of one material in a unit's entries.</summary>
/// <param name="States">A state for each entry, in the order of their codes; one where there is no entry yet.</param>
internal sealed record StatusTableCell(IReadOnlyList<MaterialState> States)
{
    /// <summary>A sign for each entry.</summary>
    public string Text => string.Concat(States.Select(StatusTable.Sign));

    /// <summary>The state that needs most attention: missing, problem, late, received, waived.</summary>
    public MaterialState Worst => States.MinBy(s => s switch
    {
        MaterialState.Missing => 0,
        MaterialState.Problem => 1,
        MaterialState.Late => 2,
        MaterialState.Received => 3,
        _ => 4,
    });
}
