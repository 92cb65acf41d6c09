using Microsoft.EntityFrameworkCore;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

using Xunit;

namespace MailIntake.Storage.Tests.Database;

public class CampaignStateTests
{
    private static readonly Unit Haigang = new()
    {
        Code = "haigang",
        Name = "海港区总工会",
        Category = UnitCategory.County,
        Aliases = ["海港区工会", "海港工会"],
        Addresses = ["hgq@example.com"],
        Contact = "张三",
        Phone = "0335-0000000",
    };

    private static readonly Unit Office = new() { Code = "office", Name = "办公室", Category = UnitCategory.Department };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_campaign_is_loaded_as_the_domain_sees_it(Engine engine)
    {
        await using var database = await TestIntakeDatabase.CreateAsync(engine);
        var message = TestIntakeDatabase.Message();
        await database.SaveAsync(message, UnitRows.ToRow(Office, 1), UnitRows.ToRow(Haigang, 0));
        var entry = TestIntakeDatabase.Entry();
        entry.Title = "码上议事厅";
        entry.ShortlistedAt = TestIntakeDatabase.Now;
        entry.PresentationDue = new LocalDate(2018, 11, 9);
        var late = TestIntakeDatabase.Material(message.Id, "form", 2);
        late.ReceivedAt = TestIntakeDatabase.Now + Duration.FromDays(1);
        late.FindingsJson = FindingsJson.Write([new Finding(FindingCodes.NoSeal, Severity.Problem, "未加盖公章")]);
        entry.Materials.AddRange([late, TestIntakeDatabase.Material(message.Id, "form", 1)]);
        await database.SaveAsync(
            entry,
            TestIntakeDatabase.Entry("office"),
            TestIntakeDatabase.Entry("haigang", campaign: "2017"),
            Extension("haigang"),
            Extension("office"));

        var state = await database.ReadAsync(d => CampaignState.LoadAsync(d, "2018", null, Stop));
        Assert.Equivalent(new[] { Haigang, Office }, state.Roster.Units, strict: true);
        Assert.Equal(["2018-haigang-01", "2018-office-01"], state.Entries.Select(e => e.Code));
        Assert.Equal(["haigang", "office"], state.Extensions.Select(e => e.UnitCode));

        var one = await database.ReadAsync(d => CampaignState.LoadAsync(d, "2018", "haigang", Stop));
        Assert.Equal(2, one.Roster.Units.Count);
        Assert.Equal(
            new Extension("haigang", "summary", new LocalDate(2018, 10, 8), "台风", "王五", TestIntakeDatabase.Now),
            Assert.Single(one.Extensions));
        var loaded = Assert.Single(one.Entries);
        var row = await database.ReadAsync(d => d.Entries.Include(e => e.Materials).SingleAsync(e => e.UnitCode == "haigang" && e.Campaign == "2018", Stop));
        Assert.Equivalent(CampaignState.ToEntry(row), loaded, strict: true);
        Assert.Equal(("码上议事厅", TestIntakeDatabase.Now, new LocalDate(2018, 11, 9)), (loaded.Title, loaded.ShortlistedAt, loaded.PresentationDue));
        Assert.Equal([1, 2], loaded.Materials.Select(m => m.Version));
        Assert.True(loaded.Materials[0].IsValid);
        Assert.Equal(new Finding(FindingCodes.NoSeal, Severity.Problem, "未加盖公章"), Assert.Single(loaded.Materials[1].Findings));
    }

    [Fact]
    public void Findings_stand_in_a_row_as_the_contract_spells_them()
    {
        Finding[] findings =
        [
            new(FindingCodes.OverLimit, Severity.Problem, "总结材料 2610 字，超过 2500 字", 2610, 2500),
            new(FindingCodes.Late, Severity.Note, "逾期"),
        ];
        var json = FindingsJson.Write(findings);
        Assert.Equal(
            """[{"code":"over-limit","severity":"problem","message":"总结材料 2610 字，超过 2500 字","value":2610,"limit":2500},{"code":"late","severity":"note","message":"逾期"}]""",
            json);
        Assert.Equal(findings, FindingsJson.Read(json));
        Assert.Empty(FindingsJson.Read(null));
        Assert.Empty(FindingsJson.Read(""));
        Assert.Empty(FindingsJson.Read(FindingsJson.Write([])));
    }

    private static ExtensionRow Extension(string unit) => new()
    {
        Campaign = "2018",
        UnitCode = unit,
        Phase = "summary",
        Until = new LocalDate(2018, 10, 8),
        Why = "台风",
        GrantedBy = "王五",
        GrantedAt = TestIntakeDatabase.Now,
    };
}
