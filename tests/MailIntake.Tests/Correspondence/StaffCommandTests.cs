using MailIntake.Correspondence.Staff;
using MailIntake.Domain.Units;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

public sealed class StaffCommandTests
{
    private static readonly Roster Roster = new(
    [
        new Unit { Code = "haigang", Name = "海港区总工会", Category = UnitCategory.County, Aliases = ["海港"] },
        new Unit { Code = "kaifaqu", Name = "秦皇岛经济技术开发区总工会", Category = UnitCategory.County },
        new Unit { Code = "haiyuan", Name = "海员工会", Category = UnitCategory.Grassroots },
    ]);

    [Theory]
    [InlineData("归入 海港区总工会", "Assign", "海港区总工会", "")]
    [InlineData("　归入　海港区总工会　2", "Assign", "海港区总工会", "2")]
    [InlineData("归入：海港区总工会", "Assign", "海港区总工会", "")]
    [InlineData("忽略", "Ignore", "", "")]
    [InlineData("延期 海港区总工会 10月15日 人员调整 较大", "Extend", "海港区总工会", "10月15日 人员调整 较大")]
    [InlineData("暂停提醒 海港区总工会", "Pause", "海港区总工会", "")]
    [InlineData("入围 2018-haigang-01", "Shortlist", "2018-haigang-01", "")]
    public void A_command_is_read(string line, string verb, string subject, string detail)
    {
        var command = Assert.Single(StaffCommand.Find(line));
        Assert.Equal((verb, subject, detail), (command.Verb.ToString(), command.Subject, command.Detail));
    }

    [Theory]
    [InlineData("归入海港区总工会的材料请再看一下")]
    [InlineData("> 归入 海港区总工会")]
    [InlineData("| 忽略")]
    [InlineData("“归入”加单位名称，将材料登记到该单位；")]
    [InlineData("忽略不计的差别")]
    [InlineData("请归入 海港区总工会")]
    public void What_only_speaks_of_a_command_is_none(string line) => Assert.Empty(StaffCommand.Find(line));

    [Theory]
    [InlineData("海港区总工会", "haigang")]
    [InlineData("HAIGANG", "haigang")]
    [InlineData("海港", "haigang")]
    [InlineData("开发区", "kaifaqu")]
    [InlineData("海", null)]
    [InlineData("海岗区总工会", null)]
    [InlineData("", null)]
    public void A_unit_is_found_by_what_only_it_is_called(string written, string? code) => Assert.Equal(code, UnitNames.Find(Roster, written).Unit?.Code);

    [Fact]
    public void A_wrong_name_brings_the_likely_ones() => Assert.Equal("海港区总工会", UnitNames.Find(Roster, "海岗区总工会").Likely[0]);

    [Theory]
    [InlineData("10月15日 因故", 2018, 10, 15, "因故")]
    [InlineData("2018年10月5日", 2018, 10, 5, "")]
    [InlineData("2018-10-05，出差", 2018, 10, 5, "出差")]
    [InlineData("10.8", 2018, 10, 8, "")]
    [InlineData("1月10日", 2019, 1, 10, "")]
    public void A_day_is_read(string text, int year, int month, int day, string after) =>
        Assert.Equal((new LocalDate(year, month, day), after), StaffDate.Read(text, new LocalDate(2018, 9, 20)));

    [Theory]
    [InlineData("2月30日")]
    [InlineData("下周")]
    [InlineData("13月1日")]
    public void What_is_no_day_is_none(string text) => Assert.Null(StaffDate.Read(text, new LocalDate(2018, 9, 20)));
}
