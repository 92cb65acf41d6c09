using System.Text.Json.Nodes;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Tests.Campaigns;

public class CampaignFaultsTests
{
    private static readonly string Good = File.ReadAllText(Path.Combine(Shipped.Root, "deploy/campaigns/2018-innovation.json"));

    private static readonly string Long = new('a', 65);

    private static CampaignReading ReadChanged(Action<JsonNode> change)
    {
        var file = JsonNode.Parse(Good)!;
        change(file);
        return CampaignFile.Read(file.ToJsonString());
    }

    private static ConfigurationFault TheFault(Action<JsonNode> change)
    {
        var reading = ReadChanged(change);
        Assert.Null(reading.Campaign);
        return Assert.Single(reading.Faults);
    }

    private static JsonNode Phase(JsonNode file, int index) => file["phases"]![index]!;

    private static JsonNode Requirement(JsonNode file, int phase, int index) => Phase(file, phase)["requirements"]![index]!;

    public static TheoryData<string, string, string?, Action<JsonNode>> Faults { get; } = new()
    {
        { "id", "letters", "2018/1", f => f["id"] = "2018/1" },
        { "id", "At most 64", Long, f => f["id"] = Long },
        { "phases[4].id", "At most 64", Long, f => Phase(f, 4)["id"] = Long },
        { "phases[0].requirements[0].kind", "At most 64", Long, f => Requirement(f, 0, 0)["kind"] = Long },
        { "name", "not blank", " ", f => f["name"] = " " },
        { "organizer", "missing", null, f => f.AsObject().Remove("organizer") },
        { "office", "text", "7", f => f["office"] = 7 },
        { "zone", "TZDB", "Asia/Beijing", f => f["zone"] = "Asia/Beijing" },
        { "mailbox", "mail address", "qhdghgz 126.com", f => f["mailbox"] = "qhdghgz 126.com" },
        { "staff[1]", "mail address", "nobody", f => f["staff"]![1] = "nobody" },
        { "staff", "missing", null, f => f.AsObject().Remove("staff") },
        { "blankForm", "beside", "../x.docx", f => f["blankForm"] = "../x.docx" },
        { "quotaPhase", "No phase", "申报", f => f["quotaPhase"] = "申报" },
        { "quotas.county.max", "below", "1", f => f["quotas"]!["county"]!["max"] = 1 },
        { "quotas.county.min", "at least 0", "-1", f => f["quotas"]!["county"]!["min"] = -1 },
        { "quotas.village", "No such category", null, f => f["quotas"]!["village"] = JsonNode.Parse("""{"min":1}""") },
        { "phases[2].closes", "date", "2018-09-31", f => Phase(f, 2)["closes"] = "2018-09-31" },
        { "phases[0].closes", "before it opens", "2018-04-01", f => Phase(f, 0)["closes"] = "2018-04-01" },
        { "phases[4].closes", "order", "2018-10-30", f => { Phase(f, 4)["closes"] = "2018-10-30"; Phase(f, 4)["opens"] = "2018-10-30"; } },
        { "phases[5].id", "Another phase", "review", f => Phase(f, 5)["id"] = "review" },
        { "phases[1].requirements[0].kind", "Another requirement", "brief", f => Requirement(f, 1, 0)["kind"] = "brief" },
        { "phases[1].requirements[0].kind", "reserved", "other", f => Requirement(f, 1, 0)["kind"] = "other" },
        { "phases[0].requirements[0].owed", "always, optional, shortlisted", "mandatory", f => Requirement(f, 0, 0)["owed"] = "mandatory" },
        { "phases[0].requirements[0].maxCharacters", "at least 1", "-200", f => Requirement(f, 0, 0)["maxCharacters"] = -200 },
        { "phases[0].requirements[0].extensions", "lower case", "DOCX", f => Requirement(f, 0, 0)["extensions"] = JsonNode.Parse("""["DOCX"]""") },
        { "phases[0].requirements[0].maxCharacter", "is maxCharacters meant", "200", f => { Requirement(f, 0, 0)["maxCharacter"] = 200; } },
        { "phases[0].requirements[0].titleWords[1]", "not blank", "", f => Requirement(f, 0, 0)["titleWords"]![1] = "" },
        { "phases[2].requirements[0].sections[1].id", "Another section", "background", f => Requirement(f, 2, 0)["sections"]![1]!["id"] = "background" },
        { "phases[2].requirements[0].sections[0].words", "empty", null, f => Requirement(f, 2, 0)["sections"]![0]!["words"] = new JsonArray() },
        { "phases[2].requirements[2].form.fields[1].role", "Another field", "title", f => Requirement(f, 2, 2)["form"]!["fields"]![1]!["role"] = "title" },
        { "phases[2].requirements[2].form.fields[0].labels[0]", "not blank", "", f => Requirement(f, 2, 2)["form"]!["fields"]![0]!["labels"]![0] = "" },
        { "phases[2].requirements[2].form.needsSeal", "true or false", "yes", f => Requirement(f, 2, 2)["form"]!["needsSeal"] = "yes" },
        { "phases[0].reminders.at", "time of day", "9 Uhr", f => Phase(f, 0)["reminders"]!["at"] = "9 Uhr" },
        { "phases[0].reminders.workdaysBefore[1]", "fall", "15", f => Phase(f, 0)["reminders"]!["workdaysBefore"]![1] = 15 },
        { "phases[0].requirements", "list", "brief", f => Phase(f, 0)["requirements"] = "brief" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_reported_with_its_place_and_value(string place, string message, string? value, Action<JsonNode> change)
    {
        var fault = TheFault(change);

        Assert.Equal(place, fault.Place);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(value, fault.Value);
    }

    [Fact]
    public void Ids_of_64_characters_are_taken() =>
        Assert.Empty(ReadChanged(f =>
        {
            f["id"] = Long[1..];
            Phase(f, 4)["id"] = Long[1..];
        }).Faults);

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var reading = ReadChanged(f =>
        {
            f["zone"] = "Mars/Base";
            Phase(f, 2)["closes"] = "soon";
            Requirement(f, 0, 0)["maxCharacters"] = 0;
            f["maibox"] = "x@example.com";
        });

        Assert.Equal(["zone", "phases[0].requirements[0].maxCharacters", "phases[2].closes", "maibox"], reading.Faults.Select(f => f.Place));
        Assert.Equal("maibox: No such property; is mailbox meant? (value: x@example.com)", reading.Faults[3].ToString());
    }

    [Fact]
    public void A_syntax_error_is_reported_with_its_line()
    {
        var fault = Assert.Single(CampaignFile.Read("{\n  \"id\": \"2018\",\n  \"name\" \"x\"\n}").Faults);

        Assert.StartsWith("line 3", fault.Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"phases\": [1, null, []]}")]
    [InlineData("{\"quotas\": [], \"phases\": {}, \"staff\": \"x\"}")]
    public void Whatever_the_file_holds_faults_are_values(string json)
    {
        var reading = CampaignFile.Read(json);

        Assert.Null(reading.Campaign);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void A_property_that_stands_twice_is_a_fault()
    {
        var reading = CampaignFile.Read(Good.Replace("\"quotaPhase\"", "\"id\": \"2019\", \"quotaPhase\"", StringComparison.Ordinal));

        Assert.Equal(("id", "2019"), (Assert.Single(reading.Faults).Place, reading.Faults[0].Value));
    }
}
