using System.Text;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Units;

/// <summary>A row of cells and the line of the file on which it begins, from 1.</summary>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>Cuts CSV text into cells and back (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>All rows; a quotation mark that is never closed is a fault. Blank lines are left out.</summary>
    public static List<CsvRow> Parse(string text, List<ConfigurationFault> faults)
    {
        var rows = new List<CsvRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, rowLine, quoteLine) = (1, 1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoteLine > 0 && i < text.Length)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoteLine = 0;
                }
                else
                {
                    line += c == '\n' ? 1 : 0;
                    cell.Append(c);
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoteLine = line;
            }
            else if (c is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    if (cells.Exists(x => !string.IsNullOrWhiteSpace(x)))
                    {
                        rows.Add(new CsvRow(rowLine, cells));
                    }

                    cells = [];
                    rowLine = ++line;
                }
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (quoteLine > 0)
        {
            faults.Add(new ConfigurationFault(FormattableString.Invariant($"line {quoteLine}"), "A quotation mark is opened here and never closed."));
        }

        return rows;
    }

    /// <summary>Appends one row; cells are quoted where they must be.</summary>
    public static void Append(StringBuilder csv, IEnumerable<string> cells) =>
        csv.AppendJoin(',', cells.Select(Quote)).Append("\r\n");

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 && cell.Trim() == cell
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
