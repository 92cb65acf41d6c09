using System.Globalization;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Text;

namespace MailIntake.Domain.Units;

/// <summary>The columns of a roster: the contract's codes and the headings by which they are known.</summary>
internal static class RosterColumns
{
    /// <summary>The codes, in the contract's order.</summary>
    public static readonly string[] Codes = ["code", "name", "category", "aliases", "addresses", "contact", "phone"];

    private static readonly string[][] Headings =
    [
        ["code", "编码", "代码", "单位编码", "单位代码"],
        ["name", "单位名称", "名称", "单位", "工会名称"],
        ["category", "类别", "单位类别", "分类"],
        ["aliases", "简称", "别名", "其他名称"],
        ["addresses", "邮箱", "邮箱地址", "电子邮箱", "邮件地址"],
        ["contact", "联系人"],
        ["phone", "电话", "联系电话", "手机"],
    ];

    /// <summary>The place of the column with that heading in <see cref="Codes"/>, or -1.</summary>
    public static int Find(string heading)
    {
        var key = HanText.Key(heading);
        return Array.FindIndex(Headings, h => h.Contains(key, StringComparer.Ordinal));
    }
}

/// <summary>Turns rows into a roster and notes every fault with its line and column.</summary>
internal sealed class RosterReader(List<ConfigurationFault> faults)
{
    private static readonly char[] ListSeparators = [';', '；'];

    private readonly int[] _columns = [-1, -1, -1, -1, -1, -1, -1];
    private readonly Dictionary<string, int> _lineOfCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lineOfName = new(StringComparer.Ordinal);

    /// <summary>Reads all rows, the heading row first.</summary>
    public RosterReading Read(List<CsvRow> rows)
    {
        rows = [.. rows.Where(r => r.Cells.Any(c => !string.IsNullOrWhiteSpace(c)))];
        if (rows.Count == 0)
        {
            faults.Add(new ConfigurationFault("(file)", "The roster is empty; a heading row and one row for each unit are expected."));
            return new RosterReading(null, faults);
        }

        if (ReadHeadings(rows[0]))
        {
            var units = rows.Skip(1).Select(ReadUnit).ToList();
            if (units.Count == 0)
            {
                faults.Add(new ConfigurationFault("(file)", "The roster has a heading row and no unit."));
            }

            if (faults.Count == 0)
            {
                return new RosterReading(new Roster(units), []);
            }
        }

        return new RosterReading(null, faults);
    }

    private bool ReadHeadings(CsvRow row)
    {
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var heading = row.Cells[i].Trim();
            var column = RosterColumns.Find(heading);
            if (column >= 0 && _columns[column] >= 0)
            {
                Fault(row.Line, heading, "This column stands here twice.", heading);
            }
            else if (column >= 0)
            {
                _columns[column] = i;
            }
            else if (heading.Length > 0)
            {
                Fault(row.Line, heading, $"No such column; known are {string.Join(", ", RosterColumns.Codes)}.", heading);
            }
        }

        var complete = true;
        foreach (var required in Enumerable.Range(0, 3).Where(c => _columns[c] < 0))
        {
            Fault(row.Line, RosterColumns.Codes[required], "This column is missing.", null);
            complete = false;
        }

        return complete;
    }

    private Unit ReadUnit(CsvRow row)
    {
        string Cell(int column) => _columns[column] is var i && i >= 0 && i < row.Cells.Count ? row.Cells[i].Trim() : "";
        string? Optional(int column) => Cell(column) is { Length: > 0 } text ? text : null;

        if (row.Cells.Count > _columns.Max() + 1 && row.Cells.Skip(_columns.Max() + 1).Any(c => !string.IsNullOrWhiteSpace(c)))
        {
            Fault(row.Line, "(end)", "The row has more cells than the heading row has columns; is a comma not quoted?", row.Cells[^1]);
        }

        var code = Cell(0);
        if (code.Length == 0 || !char.IsAsciiLetterOrDigit(code[0]) || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            Fault(row.Line, "code", "A code of lower-case ASCII letters, digits and hyphens is expected.", code);
        }
        else if (IdLength.Fault(code) is { } tooLong)
        {
            Fault(row.Line, "code", tooLong, code);
        }
        else if (!_lineOfCode.TryAdd(code, row.Line))
        {
            Fault(row.Line, "code", string.Create(CultureInfo.InvariantCulture, $"The unit in line {_lineOfCode[code]} has this code."), code);
        }

        var name = Cell(1);
        if (name.Length == 0)
        {
            Fault(row.Line, "name", "The name is missing.", null);
        }
        else if (!_lineOfName.TryAdd(HanText.Key(name), row.Line))
        {
            Fault(row.Line, "name", string.Create(CultureInfo.InvariantCulture, $"The unit in line {_lineOfName[HanText.Key(name)]} has this name."), name);
        }

        var category = UnitCategories.FromText(Cell(2));
        if (category is null)
        {
            Fault(row.Line, "category",
                $"One of {string.Join(", ", UnitCategories.All.Select(c => c.Code()))} or of {string.Join(", ", UnitCategories.All.Select(c => c.FolderName()))} is expected.",
                Cell(2));
        }

        return new Unit
        {
            Code = code,
            Name = name,
            Category = category ?? default,
            Aliases = [.. Split(Cell(3)).Distinct(StringComparer.Ordinal)],
            Addresses = Addresses(row.Line, Cell(4)),
            Contact = Optional(5),
            Phone = Optional(6),
        };
    }

    private List<string> Addresses(int line, string cell)
    {
        var addresses = new List<string>();
        foreach (var address in Split(cell))
        {
            if (!MailAddressSyntax.IsAddress(address))
            {
                Fault(line, "addresses", "A mail address such as name@example.com is expected, several separated by ';'.", address);
            }
            else if (!addresses.Contains(address, StringComparer.OrdinalIgnoreCase))
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static string[] Split(string cell) =>
        cell.Split(ListSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void Fault(int line, string column, string message, string? value) =>
        faults.Add(new ConfigurationFault(
            string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}"), message, string.IsNullOrEmpty(value) ? null : value));
}
