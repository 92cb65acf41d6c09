using System.Globalization;
using System.Text.Json.Nodes;

using MailIntake.Servers;
using MailIntake.Simulation;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Letters;

using NodaTime;
using NodaTime.Text;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>
/// The whole campaign of 2018 for sixty units, on real servers and a clock that is set: who got what on which day, against a table
/// written by hand from the notice's dates and the State Council's calendar of that year. The seal is not asked for, so that a form
/// in a document can be complete.
/// </summary>
public sealed class CampaignYearTests
{
    private const string Title = "“工匠夜校”培训体系";

    // 1 May was off and 28 April worked for it; 24 September off; 1 to 7 October off, 29 and 30 September worked for them.
    // Closing days: 31 May, 30 September, 31 October; reminders 15, 7, 3 and 1 workdays before.
    private static readonly string[] Days =
    [
        "04-27", "04-28", "04-30", "05-02", "05-08", "05-10", "05-11", "05-22", "05-28", "05-30", "05-31", "06-01", "06-02", "06-04", "07-16",
        "09-05", "09-10", "09-20", "09-21", "09-24", "09-27", "09-29", "09-30", "10-01", "10-08", "10-09", "10-10", "10-22", "10-26", "10-30", "11-01", "11-02", "12-31",
    ];

    private static readonly string[] Openings = ["04-28 opening research", "06-01 opening summary", "10-08 opening declaration"];

    /// <summary>Days on which a group sends, and what it must then have got by the end of the year.</summary>
    private static readonly Group[] Groups =
    [
        // Sends everything early: nobody urges it.
        new(20, [new("05-08", Brief: true), new("09-05", WriteUp: true, Rest: true)],
            [.. Openings, "05-08 receipt", "09-05 receipt", "10-08 complete declaration"]),

        // Sends when reminded.
        new(15, [new("05-11", Brief: true), new("09-21", WriteUp: true, Rest: true)],
            [
                .. Openings, "05-10 reminder research", "05-11 receipt", "09-10 reminder summary", "09-20 reminder summary", "09-21 receipt",
                "10-08 complete declaration",
            ]),

        // Sends nothing, ever.
        new(15, [],
            [
                .. Openings,
                "05-10 reminder research", "05-22 reminder research", "05-28 reminder research", "05-30 reminder research", "06-01 overdue research",
                "09-10 reminder summary", "09-20 reminder summary", "09-27 reminder summary", "09-29 reminder summary", "10-08 overdue summary",
                "10-10 reminder declaration", "10-22 reminder declaration", "10-26 reminder declaration", "10-30 reminder declaration",
                "11-01 overdue declaration",
            ]),

        // Sends half, and the rest too late: told once that it is overdue, never that all is complete, for a person must decide.
        new(10, [new("05-08", Brief: true), new("09-05", WriteUp: true), new("10-09", Rest: true)],
            [
                .. Openings, "05-08 receipt", "09-05 receipt",
                "09-10 reminder summary", "09-20 reminder summary", "09-27 reminder summary", "09-29 reminder summary", "10-08 overdue summary", "10-09 receipt",
            ]),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixty_units_get_what_the_table_says_on_the_day_that_it_says()
    {
        SimulatedUnit[] units = [.. Enumerable.Range(1, Groups.Sum(g => g.Units)).Select(i => new SimulatedUnit($"unit{i:00}", $"第{i}示范单位工会", "system", [], ""))];
        await using Deployment deployment = await Deployment.CreateAsync("Sqlite", units, shippedDates: true, adjust: WithoutSeal, cancellation: Cancellation);
        Group[] groupOf = [.. Groups.SelectMany(g => Enumerable.Repeat(g, g.Units))];
        string stranger = $"stranger-{deployment.Run}@example.com";
        foreach (string day in Days)
        {
            Instant morning = At(day, "08:00");
            var mails = new List<(ReadOnlyMemory<byte>, Instant)>();
            for (int i = 0; i < units.Length; i++)
            {
                mails.AddRange(groupOf[i].Sends.Where(s => s.Day == day).Select(s => ((ReadOnlyMemory<byte>)Mail(deployment, deployment.Units[i], s, i), morning)));
            }

            if (day == "06-04")
            {
                mails.Add((Stranger(deployment, stranger), morning));
            }

            if (mails.Count > 0)
            {
                await deployment.Mailbox.AppendAsync(mails, cancellation: Cancellation);
            }

            // Twice a day: what was sent in the morning is not sent again in the afternoon.
            foreach (string time in (string[])["09:30", "16:00"])
            {
                WorkerResult run = await deployment.RunAsync(["run", "--once", "--now", $"2018-{day}T{time}"], Cancellation);
                Assert.True(run.ExitCode == 0, $"{day} {time}: {run.Errors}");
            }
        }

        JsonArray outbox = (await deployment.ReadAsync("outbox", Cancellation)).AsArray();
        Assert.All(outbox, l => Assert.Equal("sent", (string)l!["state"]!));
        for (int i = 0; i < units.Length; i++)
        {
            string address = deployment.Units[i].Address;
            string[] got = [.. outbox.Where(l => (string)l!["recipient"]! == address).Select(l => Describe(l!)).Order(StringComparer.Ordinal)];
            Assert.True(
                groupOf[i].Gets.Order(StringComparer.Ordinal).SequenceEqual(got),
                $"{units[i].Code} got\n{string.Join('\n', got)}\nand should have got\n{string.Join('\n', groupOf[i].Gets.Order(StringComparer.Ordinal))}");
            TestMailbox mailbox = deployment.Server.Mailbox(address);
            await mailbox.WaitForAsync(got.Length, cancellation: Cancellation);
            Assert.Equal(got.Length, await mailbox.CountAsync(cancellation: Cancellation));
        }

        // Whoever is not in the roster is asked once which unit it is, and gets nothing else.
        Assert.Equal(["unmatched"], outbox.Where(l => (string)l!["recipient"]! == stranger).Select(l => (string)l!["kind"]!));
        string[] known = [.. deployment.Units.Select(u => u.Address), $"staff-{deployment.Run}@example.com", stranger];
        Assert.All(outbox, l => Assert.Contains((string)l!["recipient"]!, known));
    }

    private static void WithoutSeal(JsonNode campaign)
    {
        foreach (JsonNode? requirement in campaign["phases"]!.AsArray().SelectMany(p => p!["requirements"]?.AsArray() ?? []))
        {
            if (requirement!["form"] is JsonObject form)
            {
                form.Remove("needsSeal");
                form.Remove("needsSignature");
            }
        }
    }

    /// <summary><c>05-10 reminder research</c>, by the day on which the server took it.</summary>
    private static string Describe(JsonNode letter)
    {
        string[] key = ((string)letter["key"]!).Split(':');
        string day = InstantPattern.General.Parse((string)letter["sentAt"]!).Value
            .InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date.ToString("MM-dd", CultureInfo.InvariantCulture);
        return key[0] == "receipt" ? $"{day} receipt" : $"{day} {key[0]} {key[3]}";
    }

    private static Instant At(string day, string time) =>
        LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm").Parse($"2018-{day}T{time}").Value
            .InZoneStrictly(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).ToInstant();

    private static byte[] Mail(Deployment deployment, SimulatedUnit unit, Sending sending, int seed)
    {
        var materials = new Materials(seed);
        var files = new List<LetterFile>();
        if (sending.Brief)
        {
            files.Add(new LetterFile($"{Title}简要材料.docx", materials.Brief(Title, 150)));
        }

        if (sending.WriteUp)
        {
            files.Add(new LetterFile($"{Title}总结材料.docx", materials.WriteUp(Title, 2000)));
        }

        if (sending.Rest)
        {
            files.Add(new LetterFile($"{Title}申报表.docx", materials.Form(Title, unit.Name, "王芳", "2018年9月5日")));
            files.Add(Materials.EvidencePdf($"{Title}佐证材料.pdf", Title));
        }

        return Write(deployment, unit.Name, unit.Address, $"报送{Title}材料", $"{unit.Code}.{sending.Day}", At(sending.Day, "08:00"), files);
    }

    private static byte[] Stranger(Deployment deployment, string address) => Write(
        deployment, "李明", address, "报送材料", "stranger", At("06-04", "08:00"), [new LetterFile("简要材料.docx", new Materials(99).Brief("“暖心驿站”服务", 120))]);

    private static byte[] Write(Deployment deployment, string name, string address, string subject, string id, Instant at, IReadOnlyList<LetterFile> files) =>
        LetterWriter.Write(new Letter
        {
            FromName = name,
            FromAddress = address,
            To = deployment.Mailbox.Address,
            Subject = subject,
            Text = "材料见附件。",
            Date = at.ToDateTimeOffset(),
            MessageId = $"<year.{id}.{deployment.Run}@example.com>",
            Files = files,
            Headers = [("Authentication-Results", $"{deployment.Server.AuthenticationServer}; spf=pass smtp.mailfrom={address}")],
        });

    private sealed record Group(int Units, IReadOnlyList<Sending> Sends, IReadOnlyList<string> Gets);

    private sealed record Sending(string Day, bool Brief = false, bool WriteUp = false, bool Rest = false);
}
