using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Units;

/// <summary>
/// The roster as CSV (RFC 4180) with header <c>code,name,category,aliases,addresses,contact,phone</c>;
/// lists separated by <c>;</c>. Headings may be Chinese (编码, 单位名称, 类别, 简称, 邮箱, 联系人, 电话).
/// </summary>
public static class RosterCsv
{
    /// <summary>Reads the bytes of a file: UTF-8 with or without BOM, else GB18030.</summary>
    public static RosterReading Read(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Reads rows that were already cut into cells, the heading row first (an Excel sheet).</summary>
    public static RosterReading ReadRows(IEnumerable<IReadOnlyList<string>> rows) => throw new NotImplementedException();

    /// <summary>Writes units as CSV text, header first.</summary>
    public static string Write(IEnumerable<Unit> units) => throw new NotImplementedException();
}

/// <summary>What came of reading a roster: a roster, or at least one fault.</summary>
/// <param name="Roster">The roster; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults, with their places.</param>
public sealed record RosterReading(Roster? Roster, IReadOnlyList<ConfigurationFault> Faults);
