using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;

namespace MailIntake.Reports;

/// <summary>The roster (花名册) as an Excel file: the columns of the CSV under Chinese headings.</summary>
internal static class RosterWorkbook
{
    private static readonly (string Heading, double Width)[] Columns =
        [("编码", 18), ("单位名称", 32), ("类别", 14), ("简称", 32), ("邮箱", 40), ("联系人", 14), ("电话", 20)];

    /// <summary>Reads a file; a file that is no workbook is a fault, not an exception.</summary>
    public static RosterReading Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static RosterReading Read(Stream stream)
    {
        try
        {
            return RosterCsv.ReadRows(WorkbookReader.Read(stream));
        }
        catch (InvalidDataException error)
        {
            return new RosterReading(null, [new ConfigurationFault("workbook", error.Message)]);
        }
    }

    /// <summary>Writes a file, replacing one that is there.</summary>
    public static void Write(string path, IEnumerable<Unit> units)
    {
        using var stream = File.Create(path);
        Write(stream, units);
    }

    /// <summary>Writes to a stream that can seek.</summary>
    public static void Write(Stream stream, IEnumerable<Unit> units)
    {
        using var workbook = new Workbook(stream);
        workbook.AddSheet("花名册", Columns, units.Select(u => (IReadOnlyList<WorkbookCell>)
        [
            u.Code, u.Name, u.Category.Code(), string.Join(';', u.Aliases), string.Join(';', u.Addresses), u.Contact, u.Phone,
        ]));
    }
}
