using System.Globalization;
using System.Text.Json;

namespace MailIntake.Tests.Commands;

/// <summary>What staff decide: assign, ignore, extend, shortlist, outbox retry.</summary>
public sealed class DecisionVerbTests
{
    [Fact]
    public async Task An_assigned_mail_is_filed_and_its_receipt_goes_out_with_the_next_round()
    {
        using var world = await VerbWorld.FiledAsync();
        var (mail, letters) = (await HeldAsync(world, "unit-ambiguous"), world.Letters().Count);

        (await world.RunAsync("assign", mail, "haigang")).Expect(0);

        Assert.DoesNotContain(mail, await HeldAsync(world));
        var round = (await world.RunAsync("run", "--once")).Expect(0);
        Assert.Contains("letters: 1 sent", round.Output, StringComparison.Ordinal);
        Assert.Equal(letters + 1, world.Letters().Count);
        Assert.Contains((await world.RunAsync("assign", mail, "haigang")).Expect(2).Faults, f => f.Contains("already filed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_is_assigned_to_an_entry_of_the_unit()
    {
        using var world = await VerbWorld.FiledAsync();
        var mail = await HeldAsync(world, "unit-unknown");
        var before = Entries(await UnitAsync(world, "haigang"));

        (await world.RunAsync("assign", mail, "haigang", "--entry", "2018-haigang-02")).Expect(0);

        Assert.Equal(before, Entries(await UnitAsync(world, "haigang")));
        Assert.DoesNotContain(mail, await HeldAsync(world));
    }

    [Fact]
    public async Task What_cannot_be_assigned_is_said_and_changes_nothing()
    {
        using var world = await VerbWorld.FiledAsync();
        var mail = await HeldAsync(world, "unit-unknown");
        var before = await world.StatusAsync();

        foreach (var (args, word) in ((string[], string)[])
        [
            (["assign", "9999", "haigang"], "9999"),
            (["assign", mail, "atlantis"], "atlantis"),
            (["assign", mail, "haigang", "--entry", "2018-haigang-77"], "2018-haigang-77"),
            (["ignore", "9999", "--why", "x"], "9999"),
            (["extend", "atlantis", "summary", "2018-10-15", "--why", "x"], "atlantis"),
            (["extend", "haigang", "atlantis", "2018-10-15", "--why", "x"], "atlantis"),
            (["extend", "haigang", "summary", "2018-09-30", "--why", "x"], "2018-09-30"),
            (["shortlist", "2018-atlantis-01", "2018-10-31"], "2018-atlantis-01"),
            (["outbox", "retry", "9999"], "9999"),
        ])
        {
            Assert.Contains(word, Assert.Single((await world.RunAsync(args)).Expect(2).Faults), StringComparison.Ordinal);
        }

        Assert.Equal(before, await world.StatusAsync());
    }

    [Fact]
    public async Task An_ignored_mail_waits_no_more_and_is_not_answered()
    {
        using var world = await VerbWorld.FiledAsync();
        var (mail, letters) = (await HeldAsync(world, "unit-unknown"), world.Letters().Count);

        (await world.RunAsync("ignore", mail, "--why", "广告")).Expect(0);

        Assert.DoesNotContain(mail, await HeldAsync(world));
        (await world.RunAsync("run", "--once")).Expect(0);
        Assert.Equal(letters, world.Letters().Count);
    }

    [Fact]
    public async Task An_extension_moves_the_last_day_of_one_unit()
    {
        using var world = await VerbWorld.FiledAsync();
        Assert.All(Missing(await UnitAsync(world, "haigang"), "summary"), d => Assert.Equal("2018-09-30T23:59:59+08:00", d));

        (await world.RunAsync("extend", "haigang", "summary", "2018-10-15", "--why", "停电")).Expect(0);

        Assert.All(Missing(await UnitAsync(world, "haigang"), "summary"), d => Assert.Equal("2018-10-15T23:59:59+08:00", d));
        Assert.All(Missing(await UnitAsync(world, "lulong"), "summary"), d => Assert.Equal("2018-09-30T23:59:59+08:00", d));
    }

    [Fact]
    public async Task A_shortlisted_entry_owes_its_presentation()
    {
        using var world = await VerbWorld.FiledAsync();

        (await world.RunAsync("shortlist", "2018-haigang-01", "2018-10-12")).Expect(0);

        var owed = (await UnitAsync(world, "haigang")).GetProperty("missing").EnumerateArray()
            .Single(m => m.GetProperty("kind").GetString() == "presentation");
        Assert.Equal("2018-haigang-01", owed.GetProperty("entry").GetString());
        Assert.Equal("2018-10-12T23:59:59+08:00", owed.GetProperty("due").GetString());
    }

    [Fact]
    public async Task A_letter_that_was_given_up_is_tried_again_with_the_same_message_id()
    {
        using var world = await VerbWorld.FiledAsync();
        var letter = (await world.RunAsync("outbox", "--json")).Json[0];
        var id = letter.GetProperty("id").GetInt64();
        await world.ExecuteAsync($"UPDATE outbox SET state = 'dead', sent_at = NULL WHERE id = {id}");
        Assert.Equal("dead", (await LetterAsync(world, id)).GetProperty("state").GetString());

        (await world.RunAsync("outbox", "retry", id.ToString(CultureInfo.InvariantCulture))).Expect(0);
        Assert.Contains("letters: 1 sent", (await world.RunAsync("run", "--once")).Expect(0).Output, StringComparison.Ordinal);

        var sent = await LetterAsync(world, id);
        Assert.Equal("sent", sent.GetProperty("state").GetString());
        Assert.Equal(letter.GetProperty("messageId").GetString(), sent.GetProperty("messageId").GetString());
    }

    private static async Task<JsonElement> LetterAsync(VerbWorld world, long id) =>
        (await world.RunAsync("outbox", "--json")).Expect(0).Json.EnumerateArray().Single(o => o.GetProperty("id").GetInt64() == id);

    private static async Task<string> HeldAsync(VerbWorld world, string finding) =>
        (await world.RunAsync("held", "--json")).Expect(0).Json.EnumerateArray()
            .Single(h => h.GetProperty("findings").EnumerateArray().Any(f => f.GetProperty("code").GetString() == finding))
            .GetProperty("mail").ToString();

    private static async Task<List<string>> HeldAsync(VerbWorld world) =>
        [.. (await world.RunAsync("held", "--json")).Expect(0).Json.EnumerateArray().Select(h => h.GetProperty("mail").ToString())];

    private static async Task<JsonElement> UnitAsync(VerbWorld world, string code) =>
        (await world.RunAtAsync(VerbWorld.Later, "status", "--unit", code, "--json")).Expect(0).Json.GetProperty("units")[0];

    private static string?[] Entries(JsonElement unit) => [.. unit.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("code").GetString())];

    private static List<string?> Missing(JsonElement unit, string phase)
    {
        var due = unit.GetProperty("missing").EnumerateArray()
            .Where(m => m.GetProperty("phase").GetString() == phase).Select(m => m.GetProperty("due").GetString()).ToList();
        Assert.NotEmpty(due);
        return due;
    }
}
