using MailIntake.Reports;

namespace MailIntake.Commands;

/// <summary>Prints the matrix as aligned text. A Chinese character takes two columns of a terminal.</summary>
internal static class StatusView
{
    private const int Gap = 2;

    /// <summary>Prints it with its legend and totals.</summary>
    public static void Write(TextWriter output, StatusSnapshot snapshot, string? phase)
    {
        var table = StatusTable.Of(snapshot, phase);
        var rows = table.Rows.Select(r => r.Text).Prepend(table.Headings).ToList();
        var widths = Enumerable.Range(0, table.Headings.Count).Select(i => rows.Max(r => Width(r[i]))).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Concat(row.Select((cell, i) => Pad(cell, widths[i] + Gap))).TrimEnd());
        }

        var units = snapshot.Matrix.Units;
        output.WriteLine();
        output.WriteLine(StatusTable.Legend);
        output.WriteLine(
            $"当前阶段：{snapshot.Matrix.CurrentPhase?.Name ?? "（无）"}　单位 {units.Count} 个，齐备 {snapshot.Complete} 个，待核对 {snapshot.Review} 个，"
            + $"成果 {units.Sum(u => u.Entries.Count)} 项，待处理邮件 {snapshot.Held} 封，处理出错 {snapshot.Failed} 封");
    }

    private static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>Columns of a terminal: East Asian wide and full-width forms take two (Unicode Standard Annex 11).</summary>
    private static int Width(string text) =>
        text.EnumerateRunes().Sum(r => r.Value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
            or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
            or >= 0x20000 and <= 0x3FFFD ? 2 : 1);
}
