using System.Text;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Units;

/// <summary>
/// The roster as CSV (RFC 4180) with header <c>code,name,category,aliases,addresses,contact,phone</c>;
/// lists separated by <c>;</c> or <c>；</c>. Headings may be Chinese (编码, 单位名称, 类别, 简称, 邮箱, 联系人, 电话).
/// </summary>
public static class RosterCsv
{
    /// <summary>Reads the bytes of a file: UTF-8 with or without BOM, else GB18030.</summary>
    public static RosterReading Read(ReadOnlySpan<byte> bytes)
    {
        var faults = new List<ConfigurationFault>();
        var text = Decode(bytes, faults);
        if (text is null)
        {
            return new RosterReading(null, faults);
        }

        var rows = CsvText.Parse(text, faults);
        return new RosterReader(faults).Read(rows);
    }

    /// <summary>Reads rows that were already cut into cells, the heading row first (an Excel sheet); faults name rows counted from 1.</summary>
    public static RosterReading ReadRows(IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RosterReader([]).Read([.. rows.Select((cells, i) => new CsvRow(i + 1, cells))]);
    }

    /// <summary>Writes units as CSV text, header first, lines ended by CR LF as RFC 4180 says.</summary>
    public static string Write(IEnumerable<Unit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var csv = new StringBuilder();
        CsvText.Append(csv, RosterColumns.Codes);
        foreach (var unit in units)
        {
            CsvText.Append(csv,
            [
                unit.Code, unit.Name, unit.Category.Code(), string.Join(';', unit.Aliases), string.Join(';', unit.Addresses),
                unit.Contact ?? "", unit.Phone ?? "",
            ]);
        }

        return csv.ToString();
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, List<ConfigurationFault> faults)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        try
        {
            var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
            return gb18030.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            faults.Add(new ConfigurationFault(
                "(file)", FormattableString.Invariant($"The file is neither UTF-8 nor GB18030: byte {error.Index} fits neither.")));
            return null;
        }
    }
}

/// <summary>What came of reading a roster: a roster, or at least one fault.</summary>
/// <param name="Roster">The roster; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults, with their places.</param>
public sealed record RosterReading(Roster? Roster, IReadOnlyList<ConfigurationFault> Faults);
