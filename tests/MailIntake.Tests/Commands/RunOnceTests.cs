using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailIntake.Tests.Commands;

/// <summary>One full round over the samples, and the verbs that look at what came of it.</summary>
public sealed partial class RunOnceTests
{
    [GeneratedRegex("^mail: (?<fetched>\\d+) fetched, (?<filed>\\d+) filed, (?<held>\\d+) held, (?<ignored>\\d+) ignored, 0 failed; letters: (?<sent>\\d+) sent, 0 dropped, 0 deferred, 0 given up\\s*$")]
    private static partial Regex SaidPattern();

    [Fact]
    public async Task A_round_files_and_answers_every_sample_and_a_second_one_does_nothing()
    {
        using var world = VerbWorld.WithSamples();

        var first = (await world.RunAsync("run", "--once")).Expect(0);

        var said = SaidPattern().Match(first.Output);
        Assert.True(said.Success, first.Output);
        int Said(string group) => int.Parse(said.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var mails = world.Tree("mail-in").Select(f => f.Split(' ')[^1]).Distinct().Count(); // One came twice, byte for byte.
        Assert.Equal(mails, Said("fetched"));
        Assert.Equal(mails, Said("filed") + Said("held") + Said("ignored"));
        Assert.Equal(6, Said("ignored"));
        Assert.Equal(Said("filed"), world.Letters().Count(l => l.Contains("Auto-Submitted: auto-replied", StringComparison.Ordinal)));
        Assert.Equal(Said("sent"), world.Letters().Count);
        var (letters, tree, status) = (world.Tree("mail-out"), world.Tree("data/files"), await world.StatusAsync());

        var second = (await world.RunAsync("run", "--once")).Expect(0);

        Assert.Equal("mail: 0 fetched, 0 filed, 0 held, 0 ignored, 0 failed; letters: 0 sent, 0 dropped, 0 deferred, 0 given up", second.Output.Trim());
        Assert.Equal(letters, world.Tree("mail-out"));
        Assert.Equal(tree, world.Tree("data/files"));
        Assert.Equal(status, await world.StatusAsync());
    }

    [Fact]
    public async Task Held_shows_the_mail_that_nobody_could_place_and_why()
    {
        using var world = await VerbWorld.FiledAsync();

        var held = (await world.RunAsync("held", "--json")).Expect(0).Json.EnumerateArray().ToList();
        var text = (await world.RunAsync("held")).Expect(0).Output;

        Assert.All(held, h => Assert.Equal("held", h.GetProperty("state").GetString()));
        var findings = held.SelectMany(h => h.GetProperty("findings").EnumerateArray()).Select(f => f.GetProperty("code").GetString()).ToList();
        Assert.Single(findings, "unit-unknown");
        Assert.Single(findings, "unit-ambiguous");
        Assert.Contains($"共 {held.Count} 封邮件待处理", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outbox_lists_every_letter_as_sent()
    {
        using var world = await VerbWorld.FiledAsync();

        var rows = (await world.RunAsync("outbox", "--json")).Expect(0).Json.EnumerateArray().ToList();
        var text = (await world.RunAsync("outbox")).Expect(0).Output;

        Assert.Equal(world.Letters().Count, rows.Count);
        Assert.All(rows, r => Assert.Equal("sent", r.GetProperty("state").GetString()));
        Assert.Equal(
            world.Letters().Count(l => l.Contains("Auto-Submitted: auto-replied", StringComparison.Ordinal)),
            rows.Count(r => r.GetProperty("kind").GetString() == "receipt"));
        Assert.EndsWith($"{rows.Count} sent", text.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_prints_the_contracts_object_and_nothing_else()
    {
        using var world = await VerbWorld.FiledAsync();

        var status = (await world.RunAsync("status", "--json")).Expect(0).Json;

        Expect(status, "campaign", "asOf", "phase", "units", "totals");
        Assert.StartsWith("2018-09-27T09:30:", status.GetProperty("asOf").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("+08:00", status.GetProperty("asOf").GetString(), StringComparison.Ordinal);
        Assert.Equal("summary", status.GetProperty("phase").GetString());
        Expect(status.GetProperty("totals"), "units", "complete", "entries", "held", "failed");
        Assert.Equal(
            (await world.RunAsync("held", "--json")).Json.GetArrayLength(), status.GetProperty("totals").GetProperty("held").GetInt32());
        var haigang = Unit(status, "haigang");
        Expect(haigang, "code", "name", "category", "complete", "quota", "entries", "missing", "lastReceivedAt", "lastRemindedAt", "addressState");
        Expect(haigang.GetProperty("quota"), "min", "max", "entries");
        Assert.Equal(haigang.GetProperty("entries").GetArrayLength(), haigang.GetProperty("quota").GetProperty("entries").GetInt32());
        var entry = haigang.GetProperty("entries")[0];
        Expect(entry, "code", "title", "materials");
        Assert.Equal("2018-haigang-01", entry.GetProperty("code").GetString());
        Expect(entry.GetProperty("materials")[0], "kind", "state", "version", "receivedAt", "findings");
        Expect(haigang.GetProperty("missing")[0], "phase", "kind", "entry", "due");
    }

    [Fact]
    public async Task Status_narrows_to_one_unit_and_one_phase()
    {
        using var world = await VerbWorld.FiledAsync();

        var status = (await world.RunAsync("status", "--unit", "haigang", "--phase", "summary", "--json")).Expect(0).Json;

        var unit = Assert.Single(status.GetProperty("units").EnumerateArray());
        Assert.All(unit.GetProperty("missing").EnumerateArray(), m => Assert.Equal("summary", m.GetProperty("phase").GetString()));
        Assert.DoesNotContain(
            unit.GetProperty("entries").EnumerateArray().SelectMany(e => e.GetProperty("materials").EnumerateArray()),
            m => m.GetProperty("kind").GetString() == "brief");
        var text = (await world.RunAsync("status", "--unit", "haigang")).Expect(0).Output;
        Assert.Contains("海港区总工会", text, StringComparison.Ordinal);
        Assert.DoesNotContain("山海关区总工会", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--unit", "atlantis")]
    [InlineData("--phase", "atlantis")]
    public async Task Status_of_what_is_not_there_is_a_bad_argument(string option, string value)
    {
        using var world = VerbWorld.Empty();

        var result = (await world.RunAsync("status", option, value)).Expect(2);

        Assert.Contains("atlantis", Assert.Single(result.Faults), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static JsonElement Unit(JsonElement status, string code) =>
        status.GetProperty("units").EnumerateArray().Single(u => u.GetProperty("code").GetString() == code);

    private static void Expect(JsonElement element, params string[] names)
    {
        var there = element.EnumerateObject().Select(p => p.Name).ToHashSet();
        Assert.Superset(names.ToHashSet(), there);
    }
}
