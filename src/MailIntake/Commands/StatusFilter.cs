using MailIntake.Domain.Completeness;
using MailIntake.Reports;

namespace MailIntake.Commands;

/// <summary>Narrows the matrix to one unit, one phase, or both.</summary>
internal static class StatusFilter
{
    /// <summary>The snapshot with only that unit, and only that phase's materials and what is owed in it; null keeps all.</summary>
    public static StatusSnapshot Narrow(this StatusSnapshot snapshot, string? unit, string? phase)
    {
        var units = snapshot.Matrix.Units
            .Where(u => unit is null || u.Unit.Code == unit)
            .Select(u => phase is null ? u : Narrow(u, phase))
            .ToList();
        return snapshot with { Matrix = snapshot.Matrix with { Units = units } };
    }

    private static UnitCompleteness Narrow(UnitCompleteness unit, string phase) => unit with
    {
        Entries = [.. unit.Entries.Select(e => e with { Materials = [.. e.Materials.Where(m => m.Requirement.Phase == phase)] })],
        Missing = [.. unit.Missing.Where(m => m.Phase.Id == phase)],
    };
}
