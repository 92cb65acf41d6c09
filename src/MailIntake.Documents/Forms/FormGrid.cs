using MailIntake.Documents.Text;

namespace MailIntake.Documents.Forms;

/// <summary>A cell in its place: merged cells are one, as a reader sees them.</summary>
/// <param name="Row">First row.</param>
/// <param name="Column">First grid column.</param>
/// <param name="Span">Grid columns.</param>
/// <param name="Text">Its text.</param>
/// <param name="Blocks">What it holds.</param>
internal sealed record FormCell(int Row, int Column, int Span, string Text, IReadOnlyList<FlowBlock> Blocks)
{
    /// <summary>Rows that it covers.</summary>
    public int Rows { get; set; } = 1;
}

/// <summary>The cells of a table with their places in the grid.</summary>
internal sealed class FormGrid
{
    private readonly List<FormCell> _cells = [];

    /// <summary>The cells of each row from the left, those that reach into it from above too.</summary>
    private readonly List<List<FormCell>> _rows = [];

    /// <summary>All cells in reading order.</summary>
    public IReadOnlyList<FormCell> Cells => _cells;

    /// <summary>The grid of a table.</summary>
    public static FormGrid Of(FlowTable table)
    {
        var grid = new FormGrid();
        var above = new Dictionary<int, FormCell>();
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var here = new Dictionary<int, FormCell>();
            var inRow = new List<FormCell>();
            grid._rows.Add(inRow);
            var column = 0;
            foreach (var cell in table.Rows[row].Cells)
            {
                if (cell.ContinuesAbove && above.TryGetValue(column, out var merged))
                {
                    merged.Rows = row - merged.Row + 1;
                    here[column] = merged;
                    inRow.Add(merged);
                }
                else
                {
                    var placed = new FormCell(row, column, cell.Span, Flow.TextOf(cell.Blocks), cell.Blocks);
                    grid._cells.Add(placed);
                    here[column] = placed;
                    inRow.Add(placed);
                }

                column += cell.Span;
            }

            above = here;
        }

        return grid;
    }

    /// <summary>In each row of the cell, the next cell to its right.</summary>
    public IEnumerable<FormCell> RightOf(FormCell cell)
    {
        FormCell? last = null;
        for (var row = cell.Row; row < cell.Row + cell.Rows; row++)
        {
            var at = FirstFrom(_rows[row], cell.Column + cell.Span);
            if (at < _rows[row].Count && !ReferenceEquals(_rows[row][at], last))
            {
                last = _rows[row][at];
                yield return last;
            }
        }
    }

    /// <summary>The cell right below.</summary>
    public FormCell? Below(FormCell cell)
    {
        var row = cell.Row + cell.Rows;
        if (row >= _rows.Count)
        {
            return null;
        }

        var at = FirstFrom(_rows[row], cell.Column + 1) - 1;
        return at >= 0 && _rows[row][at] is var other && other.Row == row && cell.Column < other.Column + other.Span ? other : null;
    }

    /// <summary>The place of the first cell that begins in that column or further right.</summary>
    private static int FirstFrom(List<FormCell> row, int column)
    {
        var (low, high) = (0, row.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = row[middle].Column < column ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
