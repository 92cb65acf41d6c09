using System.Text.Json.Nodes;

using MailIntake.EndToEnd.Tests.Harness;
using MailIntake.Servers;
using MailIntake.Simulation;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Letters;

using NodaTime;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>The campaign of 2018 on real servers: a mail after the deadline, a unit whose address does not exist, a day of reminders.</summary>
public sealed class LateAndDeadTests
{
    private const string Title = "“红色班组”民主管理机制";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_mail_is_flagged_a_dead_address_gets_nothing_more_and_reminders_reach_mailboxes_once()
    {
        // The servers refuse every address that begins with gone-, with 550.
        SimulatedUnit[] roster =
        [
            .. Deployment.ShippedRoster().Where(u => u.Code is "jiaoyu" or "jiaotong" or "qingang"),
            new SimulatedUnit("gone", "秦皇岛市园林产业工会", "industry", [], ""),
        ];
        await using Deployment deployment = await Deployment.CreateAsync("PostgreSql", roster, shippedDates: true, cancellation: Cancellation);
        SimulatedUnit late = deployment.Units.Single(u => u.Code == "jiaoyu");
        SimulatedUnit gone = deployment.Units.Single(u => u.Code == "gone");
        TestMailbox staff = deployment.Server.Mailbox($"staff-{deployment.Run}@example.com");

        // Briefs were due on 31 May.
        await ArriveAsync(deployment, late, 1, Instant.FromUtc(2018, 6, 4, 1, 0));
        await ArriveAsync(deployment, gone, 2, Instant.FromUtc(2018, 5, 31, 15, 59));
        WorkerResult june = await deployment.RunAsync(["run", "--once", "--now", "2018-06-05T10:00"], Cancellation);

        Assert.True(june.ExitCode == 1, "A letter that was given up is a failure of the round: " + june.Errors);
        JsonNode status = await StatusAsync(deployment, "2018-06-05T10:01");
        Assert.Equal("late", BriefState(status, late));
        Assert.Equal("received", BriefState(status, gone));
        TestMailbox lateMailbox = deployment.Server.Mailbox(late.Address);

        // The receipt, and that the next phase has opened; nothing is overdue of a unit that delivered late.
        await lateMailbox.WaitForAsync(2, cancellation: Cancellation);
        Receipt[] letters = [.. (await lateMailbox.ReadAsync(cancellation: Cancellation)).Select(Receipt.Read)];
        Assert.Equal(["【回执】", "【通知】"], letters.Select(l => l.Subject[..4]).Order(StringComparer.Ordinal));
        Receipt receipt = letters.Single(l => l.Subject.StartsWith("【回执】", StringComparison.Ordinal));
        Assert.Contains("已超过截止日期（2018年5月31日）", Assert.Single(receipt.Files).Opinion, StringComparison.Ordinal);
        JsonNode refused = Assert.Single(await LettersToAsync(deployment, gone.Address), WasHandedOver);
        Assert.Equal("receipt dead", $"{refused["kind"]} {refused["state"]}");
        Assert.Contains("550", (string)refused["lastReply"]!, StringComparison.Ordinal);

        // The dead address writes again, and a date of reminders comes.
        await ArriveAsync(deployment, gone, 3, Instant.FromUtc(2018, 9, 26, 1, 0));
        WorkerResult september = await deployment.RunAsync(["run", "--once", "--now", "2018-09-27T09:30"], Cancellation);

        Assert.True(september.ExitCode == 0, september.Errors);
        Assert.Equal((long)refused["id"]!, (long)Assert.Single(await LettersToAsync(deployment, gone.Address), WasHandedOver)["id"]!);
        await RemindersAreAsync(deployment, gone);
        await staff.WaitForAsync(2, cancellation: Cancellation);
        Receipt digest = Receipt.Read((await staff.ReadAsync(cancellation: Cancellation))[^1]);
        Assert.StartsWith("【日报】9月27日", digest.Subject, StringComparison.Ordinal);
        Assert.Contains("有1个登记邮箱已失效（退信）", digest.Text, StringComparison.Ordinal);
        Assert.Contains(gone.Address, digest.Text, StringComparison.Ordinal);

        WorkerResult again = await deployment.RunAsync(["run", "--once", "--now", "2018-09-27T11:00"], Cancellation);
        Assert.True(again.ExitCode == 0, again.Errors);
        await RemindersAreAsync(deployment, gone);
        Assert.Equal(2, await staff.CountAsync(cancellation: Cancellation));
    }

    /// <summary>Every unit but that whose address is dead has one reminder in its own mailbox, all of them sent.</summary>
    private static async Task RemindersAreAsync(Deployment deployment, SimulatedUnit gone)
    {
        JsonArray letters = (await deployment.ReadAsync("outbox", Cancellation)).AsArray();
        Assert.Equal(
            deployment.Units.Except([gone]).Select(u => $"{u.Address} sent").Order(StringComparer.Ordinal),
            letters.Where(l => (string?)l!["kind"] == "reminder").Select(l => $"{l!["recipient"]} {l["state"]}").Order(StringComparer.Ordinal));
        foreach (SimulatedUnit unit in deployment.Units.Except([gone]))
        {
            int expected = letters.Count(l => (string?)l!["recipient"] == unit.Address);
            TestMailbox mailbox = deployment.Server.Mailbox(unit.Address);
            await mailbox.WaitForAsync(expected, cancellation: Cancellation);
            IReadOnlyList<byte[]> received = await mailbox.ReadAsync(cancellation: Cancellation);
            Assert.Equal(expected, received.Count);
            Assert.Single(received.Select(Receipt.Read), l => l.Subject.StartsWith("【提醒】总结阶段", StringComparison.Ordinal));
        }
    }

    private static Task ArriveAsync(Deployment deployment, SimulatedUnit unit, int number, Instant received)
    {
        byte[] mail = LetterWriter.Write(new Letter
        {
            FromName = unit.Name,
            FromAddress = unit.Address,
            To = deployment.Mailbox.Address,
            Subject = "报送简要材料",
            Text = "材料见附件。",
            Date = received.ToDateTimeOffset(),
            MessageId = $"<late.{number}.{unit.Address}>",
            Files = [new LetterFile($"{Title}简要材料.docx", new Materials(number).Brief(Title, 150))],
        });
        return deployment.Mailbox.AppendAsync([(mail, received)], cancellation: Cancellation);
    }

    private static async Task<JsonNode> StatusAsync(Deployment deployment, string now)
    {
        WorkerResult result = await deployment.RunAsync(["status", "--json", "--now", now], Cancellation);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonNode.Parse(result.Output)!;
    }

    private static string? BriefState(JsonNode status, SimulatedUnit unit)
    {
        JsonNode row = status["units"]!.AsArray().Single(u => (string?)u!["code"] == unit.Code)!;
        JsonNode entry = Assert.Single(row["entries"]!.AsArray())!;
        return (string?)entry["materials"]!.AsArray().Single(m => (string?)m!["kind"] == "brief")!["state"];
    }

    /// <summary>The server was asked: what is not even tried ends with a reply of our own.</summary>
    private static bool WasHandedOver(JsonNode letter) =>
        (int)letter["attempts"]! > 0 && !((string?)letter["lastReply"] ?? "").StartsWith("The address", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<JsonNode>> LettersToAsync(Deployment deployment, string address) =>
        [.. (await deployment.ReadAsync("outbox", Cancellation)).AsArray().OfType<JsonNode>().Where(l => (string?)l["recipient"] == address)];
}
