using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Units;

/// <summary>Whose seal it is, by the words along its ring.</summary>
public class SealOwnersTests
{
    private static readonly Roster Roster = new(
    [
        Unit("lanshan", "云溪市澜山区总工会", UnitCategory.County, "澜山区总工会"),
        Unit("qingpu", "云溪市青浦县总工会", UnitCategory.County, "青浦县总工会"),
        Unit("lanshanjiaoyu", "云溪市澜山区教育局工会", UnitCategory.Grassroots),
        Unit("jiaoyu", "云溪市教育工会", UnitCategory.System, "市教育工会"),
        Unit("weisheng", "云溪市卫生工会", UnitCategory.System),
        Unit("gangwu", "云溪港务物流集团有限公司工会", UnitCategory.Grassroots, "港务物流集团工会"),
        Unit("yiyuan3", "云溪市第三人民医院工会委员会", UnitCategory.Grassroots),
        Unit("yiyuan1", "云溪市第一人民医院工会委员会", UnitCategory.Grassroots),
    ]);

    [Theory]
    [InlineData("云溪港务物流集团有限公司工会委员会", "lanshan", "gangwu")]
    [InlineData("溪港务物流集团有限公司工会委员会", "jiaoyu", "gangwu")] // the first character was not read
    [InlineData("云溪港务物统集团有限公司工会", "jiaoyu", "gangwu")] // one was read wrong
    [InlineData("云溪市青浦县总工会", "lanshan", "qingpu")]
    [InlineData("云溪市教育工会", "weisheng", "jiaoyu")]
    public void A_ring_that_names_another_unit_is_told(string ring, string unit, string owner) =>
        Assert.Equal(owner, new UnitMatcher(Roster).FindOtherSealOwner([ring], Roster.Find(unit)!)?.Code);

    [Theory]
    [InlineData("云溪港务物流集团有限公司工会", "gangwu")]
    [InlineData("云溪港务物统集固有限公司工会", "gangwu")] // its own, two read wrong
    [InlineData("云溪港务物流集团有限公司", "gangwu")] // the institution whose union it is
    [InlineData("云溪市第三人民医院", "yiyuan3")]
    [InlineData("云溪市第一人民医院工会委员会", "yiyuan3")] // one character apart: may be misread
    [InlineData("云溪市澜山区总工会", "lanshanjiaoyu")] // its superior
    [InlineData("云溪市澜山区教育局", "lanshan")] // a body below it
    [InlineData("云溪市某某局机关工会", "lanshan")] // nobody's of the campaign
    [InlineData("工会委员会", "lanshan")]
    [InlineData("溪市工会", "lanshan")]
    [InlineData("", "lanshan")]
    public void A_ring_that_may_be_the_units_own_or_its_superiors_or_is_unclear_is_not_told(string ring, string unit) =>
        Assert.Null(new UnitMatcher(Roster).FindOtherSealOwner([ring], Roster.Find(unit)!));

    private static Unit Unit(string code, string name, UnitCategory category, params string[] aliases) =>
        new() { Code = code, Name = name, Category = category, Aliases = aliases, Addresses = [] };
}
