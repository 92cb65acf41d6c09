using System.Text;

using MailIntake.EndToEnd.Tests.Harness;
using MailIntake.Mail.Mime;
using MailIntake.Servers;
using MailIntake.Simulation;
using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Letters;

using NodaTime;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>
/// Machines that answer every letter of ours, over real servers, none of which says that it is one: each conversation ends after the
/// receipt that began it. The worst, which sends the file back each time, gets one letter more.
/// </summary>
public sealed class AnsweringMachinesTests
{
    private const int MostRounds = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_machine_that_answers_our_letters_is_left_alone_after_one()
    {
        string[] codes = ["jiaoyu", "jiaotong", "qingang", "haigang", "funing"];
        await using Deployment deployment = await Deployment.CreateAsync(
            "Sqlite", [.. codes.Select(c => Deployment.ShippedRoster().Single(u => u.Code == c))], cancellation: Cancellation);
        Machine[] machines =
        [
            new(deployment, 0, most: 1, (letter, n) => Fresh(deployment.Units[0], $"自动回复：{letter.Subject}", "您好，我正在休假，返回后尽快给您答复。", n)),
            new(deployment, 1, most: 1, (letter, n) => Fresh(deployment.Units[1], $"[工会通讯] {letter.Subject}", letter.TextBody, n) with
            {
                Headers = [("List-Id", "<union.example.com>"), ("Precedence", "list")],
            }),
            new(deployment, 2, most: 1, (letter, n) => Fresh(deployment.Units[2], $"[工单#{8000 + n}] 已收到您的请求", "您的请求已登记，我们将尽快处理。", n)),
            new(deployment, 3, most: 1, answer: null),
            new(deployment, 4, most: 2, (letter, n) => Fresh(deployment.Units[4], $"[工单#{9000 + n}] 已收到：报送简要材料", "已收到，附原件。", n) with
            {
                Files = [Brief(deployment.Units[4], 4)],
            }),
        ];

        int sent = 0;
        await using (SmtpInjector injector = await deployment.Server.OpenInjectorAsync(Cancellation))
        {
            for (int i = 0; i < machines.Length; i++)
            {
                SimulatedUnit unit = deployment.Units[i];
                byte[] first = LetterWriter.Write(Fresh(unit, "报送简要材料", "材料见附件。", 0) with { To = deployment.Mailbox.Address, Files = [Brief(unit, i)] });
                await injector.SendAsync(unit.Address, deployment.Mailbox.Address, first, Cancellation);
                sent++;
            }

            int answered = -1;
            for (int round = 0; round < MostRounds && answered != 0; round++)
            {
                await deployment.Mailbox.WaitForAsync(sent, cancellation: Cancellation);
                WorkerResult run = await deployment.RunAsync(["run", "--once"], Cancellation);
                Assert.True(run.ExitCode == 0, run.Errors);
                answered = 0;
                foreach (Machine machine in machines)
                {
                    answered += await machine.AnswerAsync(injector, Cancellation);
                }

                sent += answered;
            }

            Assert.Equal(0, answered);
        }

        foreach (Machine machine in machines)
        {
            Assert.InRange(machine.Heard, 1, machine.Most);
        }
    }

    private static LetterFile Brief(SimulatedUnit unit, int seed) => new($"{unit.Name}简要材料.docx", new Materials(seed).Brief("“红色班组”民主管理机制", 150));

    private static Letter Fresh(SimulatedUnit unit, string subject, string text, int number) => new()
    {
        FromName = unit.Name,
        FromAddress = unit.Address,
        Subject = subject,
        Text = text,
        Date = SystemClock.Instance.GetCurrentInstant().ToDateTimeOffset(),
        MessageId = $"<machine.{number}.{unit.Address}>",
    };

    /// <summary>One unit's mailbox and what answers from it; without an answer of its own it sends our letter back as it came.</summary>
    private sealed class Machine(Deployment deployment, int unit, int most, Func<HeardLetter, int, Letter>? answer)
    {
        private readonly SimulatedUnit _unit = deployment.Units[unit];

        public int Most => most;

        public int Heard { get; private set; }

        public async Task<int> AnswerAsync(SmtpInjector injector, CancellationToken cancellation)
        {
            TestMailbox mailbox = deployment.Server.Mailbox(_unit.Address);
            int expected = (await deployment.ReadAsync("outbox", cancellation)).AsArray()
                .Count(l => (string?)l!["recipient"] == _unit.Address && (string?)l["state"] == "sent");
            await mailbox.WaitForAsync(expected, cancellation: cancellation);
            IReadOnlyList<byte[]> letters = await mailbox.ReadAsync(cancellation: cancellation);
            int before = Heard;
            foreach (byte[] letter in letters.Skip(before))
            {
                Heard++;
                byte[] reply = answer is null
                    ? [.. Encoding.ASCII.GetBytes($"Received: from localhost by forwarder.example.com; Mon, 21 May 2018 09:0{Heard}:00 +0800\r\n"), .. letter]
                    : LetterWriter.Write(answer(HeardLetter.Read(letter), Heard) with { To = deployment.Mailbox.Address });
                await injector.SendAsync(_unit.Address, deployment.Mailbox.Address, reply, cancellation);
            }

            return Heard - before;
        }
    }

    private sealed record HeardLetter(string Subject, string TextBody)
    {
        public static HeardLetter Read(byte[] bytes) => new(MimeMessage.Read(bytes).Subject, Receipt.Read(bytes).Text);
    }
}
