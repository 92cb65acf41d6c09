using System.Text;

using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Units;

public class RosterCsvTests
{
    private const string English = """
        code,name,category,aliases,addresses,contact,phone
        haigang,海港区总工会,county,海港区;海港区工会,hg@example.com;hg2@example.com,李四,0335-1
        jiaoyu,"秦皇岛市教育工会, 机关",系统,"教育""工会",,,
        """;

    private static RosterReading Read(string text) => RosterCsv.Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Cells_lists_quotes_and_empty_cells_are_read()
    {
        var units = Read(English).Roster!.Units;

        Assert.Equal(["海港区", "海港区工会"], units[0].Aliases);
        Assert.Equal(["hg@example.com", "hg2@example.com"], units[0].Addresses);
        Assert.Equal(("李四", "0335-1"), (units[0].Contact, units[0].Phone));
        Assert.Equal(("秦皇岛市教育工会, 机关", UnitCategory.System), (units[1].Name, units[1].Category));
        Assert.Equal(["教育\"工会"], units[1].Aliases);
        Assert.Null(units[1].Contact);
        Assert.Empty(units[1].Addresses);
    }

    [Fact]
    public void A_byte_order_mark_GB18030_and_Chinese_headings_are_read()
    {
        const string chinese = "编码,单位名称,类别,简称,邮箱,联系人,电话\r\nhaigang,海港区总工会,县（区）,海港区；港区工会,hg@example.com,,\r\n";
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

        foreach (var bytes in new[] { [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(chinese)], gb18030.GetBytes(chinese) })
        {
            var unit = Assert.Single(RosterCsv.Read(bytes).Roster!.Units);
            Assert.Equal(("haigang", "海港区总工会", UnitCategory.County), (unit.Code, unit.Name, unit.Category));
            Assert.Equal(["海港区", "港区工会"], unit.Aliases);
        }
    }

    [Theory]
    [InlineData("县区", UnitCategory.County)]
    [InlineData("系统", UnitCategory.System)]
    [InlineData("产业", UnitCategory.Industry)]
    [InlineData("直属基层", UnitCategory.Grassroots)]
    [InlineData("机关部室", UnitCategory.Department)]
    [InlineData("department", UnitCategory.Department)]
    public void Categories_have_Chinese_and_English_names(string text, UnitCategory category)
    {
        Assert.Equal(category, UnitCategories.FromText(text));
        Assert.Equal(category, UnitCategories.FromCode(category.Code()));
        Assert.Equal(category, UnitCategories.FromText(category.FolderName()));
    }

    [Fact]
    public void All_faults_are_reported_with_line_and_column()
    {
        var reading = Read("""
            code,name,category,aliases,addresses,contact,phone
            Hai Gang,海港区总工会,county,,hg@example.com,,
            changli,昌黎县总工会,village,,changli,,
            changli,,county,,,,
            lulong,海港区 总工会,county,,,,,extra
            """);

        Assert.Null(reading.Roster);
        Assert.Equal(
            [
                "line 2, column code", "line 3, column category", "line 3, column addresses", "line 4, column code", "line 4, column name",
                "line 5, column (end)", "line 5, column name",
            ],
            reading.Faults.Select(f => f.Place));
        Assert.Equal("Hai Gang", reading.Faults[0].Value);
    }

    [Theory]
    [InlineData("海港", "lower-case")]
    [InlineData("hai_gang", "lower-case")]
    [InlineData("hai.gang", "lower-case")]
    [InlineData("-haigang", "lower-case")]
    [InlineData("haigangq\u00FC", "lower-case")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345", "At most 64")]
    public void A_code_that_does_not_fit_the_database_and_file_names_is_a_fault(string code, string message)
    {
        var fault = Assert.Single(Read($"code,name,category\n{code},海港区总工会,county\n").Faults);

        Assert.Equal(("line 2, column code", code), (fault.Place, fault.Value));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_of_64_characters_is_taken() =>
        Assert.Empty(Read($"code,name,category\n{new string('a', 62)}-1,海港区总工会,county\n").Faults);

    [Fact]
    public void Missing_unknown_and_repeated_columns_are_faults()
    {
        var reading = Read("code,name,name,color\nx,y,z,red\n");

        Assert.Equal(["line 1, column name", "line 1, column color", "line 1, column category"], reading.Faults.Select(f => f.Place));
    }

    [Theory]
    [InlineData("")]
    [InlineData("code,name,category\n")]
    [InlineData("code,name,category\nx,\"open,county\n")]
    public void A_file_without_units_is_a_fault(string text) => Assert.NotEmpty(Read(text).Faults);

    [Fact]
    public void Bytes_that_are_neither_UTF8_nor_GB18030_are_a_fault() =>
        Assert.Equal("(file)", Assert.Single(RosterCsv.Read([0x63, 0xFF, 0xFF, 0x0A]).Faults).Place);

    [Fact]
    public void What_was_written_is_read_back()
    {
        var units = Read(English).Roster!.Units;

        var again = Read(RosterCsv.Write(units)).Roster!.Units;

        Assert.Equivalent(units, again, strict: true);
        Assert.Equivalent(Shipped.Roster.Units, Read(RosterCsv.Write(Shipped.Roster.Units)).Roster!.Units, strict: true);
    }

    [Fact]
    public void Rows_of_a_sheet_are_read_with_their_row_numbers()
    {
        var reading = RosterCsv.ReadRows([["编码", "单位名称", "类别"], ["", "", ""], ["x", "某工会", "不知"]]);

        Assert.Equal("line 3, column category", Assert.Single(reading.Faults).Place);
    }
}
