using MailIntake.Reports;

namespace MailIntake.Commands;

/// <summary>Prints the matrix as aligned text.</summary>
internal static class StatusView
{
    private const int Gap = 2;

    /// <summary>Prints it with its legend and totals.</summary>
    public static void Write(TextWriter output, StatusSnapshot snapshot, string? phase)
    {
        var table = StatusTable.Of(snapshot, phase);
        var rows = table.Rows.Select(r => r.Text).Prepend(table.Headings).ToList();
        var widths = Enumerable.Range(0, table.Headings.Count).Select(i => rows.Max(r => TextColumns.Width(r[i]))).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Concat(row.Select((cell, i) => TextColumns.Pad(cell, widths[i] + Gap))).TrimEnd());
        }

        var units = snapshot.Matrix.Units;
        output.WriteLine();
        output.WriteLine(StatusTable.Legend);
        output.WriteLine(
            $"当前阶段：{snapshot.Matrix.CurrentPhase?.Name ?? "（无）"}　单位 {units.Count} 个，齐备 {snapshot.Complete} 个，待核对 {snapshot.Review} 个，"
            + $"成果 {units.Sum(u => u.Entries.Count)} 项，待处理邮件 {snapshot.Held} 封，处理出错 {snapshot.Failed} 封");
    }
}
