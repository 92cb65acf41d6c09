using System.Security.Cryptography;
using System.Text.Json.Nodes;

using MailIntake.EndToEnd.Tests.Harness;
using MailIntake.Servers;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;
using MailIntake.Simulation;

using NodaTime;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>Ten broken mails among a hundred good ones.</summary>
public sealed class BrokenMailTests
{
    private const int GoodUnits = 50;
    private const long MostMemory = 300L << 20;

    /// <summary>Words of a receipt about the broken mails whose sender is known: all are filed.</summary>
    private static readonly Dictionary<string, string> Faults = new(StringComparer.Ordinal)
    {
        ["truncated"] = "该文件已损坏，无法打开",
        ["10,000 headers"] = "申报表未见单位公章", // The form behind them is read like any other.
        ["500 nested multiparts"] = "邮件嵌套层数过多，未能全部打开，请勿多层压缩或多层转发，直接以普通附件形式重新报送",
        ["60 MB attachment"] = "该文件格式暂不能自动识别，已照常归档",
        ["zip bomb"] = "已停止解压，请勿多层压缩，直接以附件形式重新报送",
        ["path in a name"] = "未能识别为应报送的材料",
        ["loop of forwarded mail"] = "邮件嵌套层数过多，未能全部打开",
        ["empty file"] = "该文件为空文件",
    };

    /// <summary>The mails whose one file is no material, whatever its bytes look like, and the codes it has.</summary>
    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        ["500 nested multiparts"] = ["too-deep"],
        ["zip bomb"] = ["archive-bomb"],
        ["path in a name"] = [], // A plain text, read like any other: nothing is wrong with it but that nobody asked for it.
        ["loop of forwarded mail"] = ["too-deep"],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Broken_mail_is_filed_or_held_with_a_finding_and_stops_nobody(string provider)
    {
        await using Deployment deployment = await Deployment.CreateAsync(provider, cancellation: Cancellation);
        byte[][] good = [.. Enumerable.Range(0, 100).Select(i => Good(deployment, i))];
        IReadOnlyList<(string Name, string? From, byte[] Bytes)> broken =
            BrokenMails.All([.. deployment.Units.TakeLast(10).Select(u => u.Address)], deployment.Mailbox.Address);
        Instant now = SystemClock.Instance.GetCurrentInstant();
        var mails = new List<(ReadOnlyMemory<byte>, Instant)>();
        for (int i = 0; i < broken.Count; i++)
        {
            mails.AddRange(good.Skip(i * 10).Take(10).Select(g => ((ReadOnlyMemory<byte>)g, now)));
            mails.Add((broken[i].Bytes, now));
        }

        await deployment.Mailbox.AppendAsync(mails, cancellation: Cancellation);
        WorkerResult run = await deployment.RunAsync(["run", "--once"], Cancellation);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(run.PeakMemory is > 0 and < MostMemory, $"{run.PeakMemory >> 20} MB at the most");

        JsonNode status = await deployment.ReadAsync("status", Cancellation);
        Assert.Equal(0, (int)status["totals"]!["failed"]!);
        int briefs = status["units"]!.AsArray()
            .Where(u => deployment.Units.Take(GoodUnits).Any(g => g.Code == (string?)u!["code"]))
            .SelectMany(u => u!["entries"]!.AsArray())
            .Count(e => e!["materials"]!.AsArray().Any(m => (string?)m!["kind"] == "brief" && (string?)m["state"] == "received"));
        Assert.Equal(good.Length, briefs);

        // Dovecot writes the noise's line ends anew, so it is known by being the other one that is held.
        JsonArray held = (await deployment.ReadAsync("held", Cancellation)).AsArray();
        string headless = Convert.ToHexStringLower(SHA256.HashData(broken.Single(b => b.Name == "no headers at all").Bytes));
        Assert.Equal(2, held.Count);
        Assert.Single(held, mail => (string?)mail!["sha256"] == headless);
        Assert.All(held, mail => Assert.Contains(mail!["findings"]!.AsArray(), f => (string?)f!["code"] == "unit-unknown"));
        Assert.All(held, mail => Assert.Null((string?)mail!["from"]));

        // The eight others are filed and answered: the receipt calls no file of theirs good, and says what is wrong.
        Assert.Equal(broken.Where(b => b.From is not null).Select(b => b.Name).Order(StringComparer.Ordinal), Faults.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, string? from, _) in broken.Where(b => b.From is not null))
        {
            TestMailbox mailbox = deployment.Server.Mailbox(from!);
            await mailbox.WaitForAsync(1, cancellation: Cancellation);
            Receipt receipt = Receipt.Read(Assert.Single(await mailbox.ReadAsync(cancellation: Cancellation)));
            Assert.True(receipt.Files.Any(f => f.Opinion.Contains(Faults[name], StringComparison.Ordinal)), $"{name}: {receipt.Text}");
            Assert.DoesNotContain(receipt.Files, f => f.Opinion == "未发现问题");
            Assert.DoesNotContain("材料已齐", receipt.Subject, StringComparison.Ordinal);
            if (Others.ContainsKey(name))
            {
                Assert.Equal("其他材料", Assert.Single(receipt.Files).Material);
            }
        }

        foreach ((string name, string[] codes) in Others)
        {
            JsonNode file = Assert.Single((await InspectAsync(deployment, broken.Single(b => b.Name == name).Bytes))["files"]!.AsArray())!;
            Assert.Equal("other", (string?)file["material"]);
            Assert.Equal(codes, file["findings"]!.AsArray().Select(f => (string)f!["code"]!));
        }

        int receipts = (await deployment.ReadAsync("outbox", Cancellation)).AsArray().Count(l => (string?)l!["kind"] == "receipt" && (string?)l["state"] == "sent");
        Assert.Equal(good.Length + Faults.Count, receipts);
        Assert.Empty(Directory.GetFiles(deployment.Folder, "passwd*", SearchOption.AllDirectories));
    }

    private static async Task<JsonNode> InspectAsync(Deployment deployment, byte[] mail)
    {
        string path = Path.Combine(deployment.Folder, "inspected.eml");
        await File.WriteAllBytesAsync(path, mail, Cancellation);
        WorkerResult result = await deployment.RunAsync(["inspect", path, "--json"], Cancellation);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonNode.Parse(result.Output)!;
    }

    private static byte[] Good(Deployment deployment, int number)
    {
        SimulatedUnit unit = deployment.Units[number % GoodUnits];
        string title = Titles.Title(number % Titles.Count) + (number < Titles.Count ? "" : "二期");
        return LetterWriter.Write(new Letter
        {
            FromName = unit.Name,
            FromAddress = unit.Address,
            To = deployment.Mailbox.Address,
            Subject = "报送简要材料",
            Text = "材料见附件。",
            Date = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8)).AddMinutes(number),
            MessageId = $"<good.{number}.{unit.Address}>",
            Files = [new LetterFile($"{title}简要材料.docx", new Materials(number).Brief(title, 150))],
        });
    }
}
