using MailIntake.Documents.Text;

namespace MailIntake.Documents.Forms;

/// <summary>Finds the form (申报表) in a flow of text and reads its fields.</summary>
internal sealed class FormReader
{
    private const int ShortValue = 60;

    /// <summary>Labels stand at the beginning of a line; what comes later in a very long one is text.</summary>
    private const int LongestLine = 1_000;

    private readonly FormLabel _labels;
    private readonly FormLabels _form;
    private readonly Dictionary<string, string> _values = [];
    private bool _oneLine;

    private FormReader(FormLabels form)
    {
        _form = form;
        _labels = new FormLabel(form);
    }

    /// <summary>The values by field, null for a field whose label was not found; null where there is no form.</summary>
    public static IReadOnlyDictionary<string, string?>? Read(IReadOnlyList<FlowBlock> blocks, FormLabels form)
    {
        if (form.Fields.Count == 0)
        {
            return null;
        }

        var reader = new FormReader(form);
        reader.ReadBlocks(blocks);
        return reader.Result();
    }

    /// <summary>The values found, when they are enough to make a form.</summary>
    internal static IReadOnlyDictionary<string, string?>? Judge(FormLabels form, IReadOnlyDictionary<string, string> values)
    {
        // One or two labels occur in any text; three, or most of a short form, do not.
        if (values.Count < 3 && (values.Count * 10 < form.Fields.Count * 6 || values.Count == 0))
        {
            return null;
        }

        var result = new Dictionary<string, string?>();
        foreach (var (field, _) in form.Fields)
        {
            result[field] = values.TryGetValue(field, out var value) ? value : null;
        }

        return result;
    }

    private IReadOnlyDictionary<string, string?>? Result() => Judge(_form, _values);

    private void ReadBlocks(IReadOnlyList<FlowBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (block is FlowTable table)
            {
                ReadTable(table);
            }
        }

        // Beside a table only what stands in one line (申报单位：某某 above the table) belongs to the form.
        _oneLine = _values.Count > 0;
        ReadLines(Lines(blocks));
    }

    private void ReadTable(FlowTable table)
    {
        var grid = FormGrid.Of(table);
        if (IsList(grid))
        {
            return;
        }

        foreach (var cell in grid.Cells)
        {
            foreach (var block in cell.Blocks)
            {
                if (block is FlowTable nested)
                {
                    ReadTable(nested);
                }
            }

            ReadCell(grid, cell);
        }
    }

    private void ReadCell(FormGrid grid, FormCell cell)
    {
        if (_labels.Match(cell.Text) is { } field)
        {
            Take(field, ValueBeside(grid, cell));
            return;
        }

        // The label and the value share the cell: 申报单位：某某, or the label as a first paragraph.
        var lines = cell.Text.Split('\n');
        _oneLine = false;
        if (lines.Length > 1 && _labels.Match(lines[0]) is { } above)
        {
            ReadLines(lines, above, 1);
            return;
        }

        if (ContainsLabel(lines))
        {
            ReadLines(lines);
        }
    }

    /// <summary>Three labels side by side head the columns of a list (台账), not a form.</summary>
    private bool IsList(FormGrid grid)
    {
        var (row, run) = (-1, 0);
        foreach (var cell in grid.Cells)
        {
            run = _labels.Match(cell.Text) is null ? 0 : cell.Row == row ? run + 1 : 1;
            row = cell.Row;
            if (run == 3)
            {
                return true;
            }
        }

        return false;
    }

    private string ValueBeside(FormGrid grid, FormCell label)
    {
        var parts = new List<string>();
        foreach (var right in grid.RightOf(label))
        {
            if (!IsLabel(right.Text))
            {
                parts.Add(right.Text);
            }
        }

        if (parts.Count == 0 && grid.Below(label) is { } below && !IsLabel(below.Text))
        {
            parts.Add(below.Text);
        }

        return string.Join('\n', parts.Where(part => !string.IsNullOrWhiteSpace(part)));
    }

    private bool IsLabel(string text) => _labels.Match(text) is not null || (FormLabel.IsStop(text) && FormValue.Clean(text).Length == 0);

    private bool ContainsLabel(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            if (_labels.MatchStart(line.TrimStart()) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads labels that begin lines; a value runs until the next label or the boxes for opinion and signature.</summary>
    private void ReadLines(IReadOnlyList<string> lines, string? field = null, int from = 0)
    {
        var value = new List<string>();
        var written = 0;
        for (var i = from; i < lines.Count; i++)
        {
            var rest = lines[i];
            if (FormLabel.IsStop(rest) && _labels.MatchStart(rest.TrimStart()) is null)
            {
                Flush();
                continue;
            }

            if (_labels.MatchStart(rest.TrimStart()) is { } start)
            {
                Flush();
                field = start.Field;
                rest = start.After;

                // Several labels in one line: 申报单位：某某　　申报时间：某日
                var last = rest.Length - LongestLine;
                while (rest.Length > last && NextLabel(rest) is var (at, length, next))
                {
                    Add(rest[..at]);
                    Flush();
                    field = next;
                    rest = rest[(at + length)..];
                }
            }
            else if (_labels.Match(rest) is { } alone)
            {
                Flush();
                field = alone;
                continue;
            }

            // An empty line ends a short value; only a long text has empty lines inside.
            if (field is not null && value.Count > 0 && written > 0 && (_oneLine || (written < ShortValue && string.IsNullOrWhiteSpace(rest))))
            {
                Flush();
            }
            else if (field is not null)
            {
                Add(rest);
            }
        }

        Flush();

        void Add(string line)
        {
            value.Add(line);
            written += line.AsSpan().Trim().Length;
        }

        void Flush()
        {
            if (field is not null)
            {
                Take(field, string.Join('\n', value));
            }

            field = null;
            written = 0;
            value.Clear();
        }
    }

    private (int At, int Length, string Field)? NextLabel(string whole)
    {
        var line = whole.Length > LongestLine ? whole[..LongestLine] : whole;
        for (var colon = 0; (colon = line.AsSpan(colon).IndexOfAny(':', '：') is >= 0 and var next ? colon + next : -1) >= 0; colon++)
        {
            // The label is the last word before the colon; spaces inside it are part of it, so several starts are tried.
            for (var start = Math.Max(0, colon - 40); start < colon; start++)
            {
                if ((start == 0 || char.IsWhiteSpace(line[start - 1])) && !char.IsWhiteSpace(line[start]) && _labels.Match(line[start..colon]) is { } field)
                {
                    return (start, colon + 1 - start, field);
                }
            }
        }

        return null;
    }

    private void Take(string field, string raw)
    {
        var value = FormValue.Clean(raw);
        if (!_values.TryGetValue(field, out var known) || known.Length == 0)
        {
            _values[field] = value;
        }
    }

    private static List<string> Lines(IReadOnlyList<FlowBlock> blocks)
    {
        var lines = new List<string>();
        foreach (var block in blocks)
        {
            if (block is FlowParagraph paragraph)
            {
                lines.AddRange(paragraph.Text.Split('\n'));
            }
            else
            {
                // A table ends what ran before it.
                lines.Add("单位意见");
            }
        }

        return lines;
    }
}
