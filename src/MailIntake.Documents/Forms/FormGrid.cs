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
            var column = 0;
            foreach (var cell in table.Rows[row].Cells)
            {
                if (cell.ContinuesAbove && above.TryGetValue(column, out var merged))
                {
                    merged.Rows = row - merged.Row + 1;
                    here[column] = merged;
                }
                else
                {
                    var placed = new FormCell(row, column, cell.Span, Flow.TextOf(cell.Blocks), cell.Blocks);
                    grid._cells.Add(placed);
                    here[column] = placed;
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
            FormCell? next = null;
            foreach (var other in _cells)
            {
                if (other.Row <= row && row < other.Row + other.Rows && other.Column >= cell.Column + cell.Span && (next is null || other.Column < next.Column))
                {
                    next = other;
                }
            }

            if (next is not null && !ReferenceEquals(next, last))
            {
                last = next;
                yield return next;
            }
        }
    }

    /// <summary>The cell right below.</summary>
    public FormCell? Below(FormCell cell)
    {
        var row = cell.Row + cell.Rows;
        foreach (var other in _cells)
        {
            if (other.Row == row && other.Column <= cell.Column && cell.Column < other.Column + other.Span)
            {
                return other;
            }
        }

        return null;
    }
}
