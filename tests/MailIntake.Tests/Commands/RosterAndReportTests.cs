namespace MailIntake.Tests.Commands;

/// <summary>Files that staff bring and take away: roster, report; and what inspect says of a file.</summary>
public sealed class RosterAndReportTests
{
    [Theory]
    [InlineData("roster.csv")]
    [InlineData("roster.xlsx")]
    public async Task A_roster_that_was_exported_is_imported_without_a_change(string file)
    {
        using var world = VerbWorld.Empty();

        (await world.RunAsync("roster", "export", world.Path(file))).Expect(0);
        var result = (await world.RunAsync("roster", "import", world.Path(file))).Expect(0);

        Assert.StartsWith("0 added, 0 changed, 0 removed, ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_roster_changes_what_it_says()
    {
        using var world = await VerbWorld.FiledAsync();
        var file = world.Path("roster.csv");
        File.WriteAllText(file, """
            code,name,category,aliases,addresses,contact,phone
            haigang,海港区总工会,county,海港区工会,new@example.com,王五,0335-1
            atlantis,亚特兰蒂斯总工会,county,,atlantis@example.com,,

            """);

        var result = (await world.RunAsync("roster", "import", file)).Expect(0);

        Assert.StartsWith("1 added, 1 changed, ", result.Output, StringComparison.Ordinal);
        Assert.Contains(result.Faults, f => f.StartsWith("shanhaiguan ", StringComparison.Ordinal));
        (await world.RunAsync("status", "--unit", "atlantis")).Expect(0);
        (await world.RunAsync("status", "--unit", "shanhaiguan")).Expect(0);
    }

    [Fact]
    public async Task A_roster_with_faults_names_them_all_and_changes_nothing()
    {
        using var world = VerbWorld.Empty();
        var file = world.Path("roster.csv");
        File.WriteAllText(file, "code,name,category,aliases,addresses,contact,phone\na,甲,planet,,,,\nb,,county,,,,\n");

        var result = (await world.RunAsync("roster", "import", file)).Expect(2);

        Assert.True(result.Faults.Length >= 2, result.Error);
        (await world.RunAsync("status", "--unit", "haigang")).Expect(0);
    }

    [Fact]
    public async Task The_report_is_a_workbook()
    {
        using var world = await VerbWorld.FiledAsync();

        (await world.RunAsync("report", world.Path("out.xlsx"))).Expect(0);

        using var book = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(world.Path("out.xlsx"), isEditable: false);
        Assert.True(book.WorkbookPart!.WorksheetParts.Count() >= 2);
    }

    [Fact]
    public async Task Inspect_speaks_of_a_mail_without_keeping_anything()
    {
        using var world = VerbWorld.Empty();

        var one = (await world.RunAsync("inspect", VerbWorld.Sample("M01"), "--json")).Expect(0);
        var folder = (await world.RunAsync("inspect", VerbWorld.Samples, "--json")).Expect(0);

        Assert.Equal("haigang", one.Json.GetProperty("unit").GetProperty("code").GetString());
        Assert.Equal("brief", one.Json.GetProperty("files")[0].GetProperty("material").GetString());
        var lines = folder.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Directory.GetFiles(VerbWorld.Samples, "*", SearchOption.AllDirectories).Length, lines.Length);
        Assert.All(lines, l => Assert.Equal(System.Text.Json.JsonValueKind.Object, System.Text.Json.JsonDocument.Parse(l).RootElement.ValueKind));
        Assert.False(Directory.Exists(world.Path("data")));
        (await world.RunAsync("inspect", "/nowhere/x.eml")).Expect(1);
    }
}
