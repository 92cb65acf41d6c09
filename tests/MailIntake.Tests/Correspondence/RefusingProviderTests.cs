using System.Text;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Reminders;
using MailIntake.Domain.Units;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Tests.Smtp;
using MailIntake.Mail.Transports;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;
using NodaTime.Testing;

namespace MailIntake.Tests.Correspondence;

/// <summary>
/// Sixty reminders, two receipts and the digest of the day through a server that refuses as NetEase does: at most twenty letters in
/// a quarter of an hour (451 MI:SFQ), forty a day (554 MI:STC), ten on a connection (451 MI:DMC), a text that comes a third time
/// (554 DT:SPM), and connections dropped after the message, once with the message taken and once without.
/// </summary>
public sealed class RefusingProviderTests
{
    private const int Units = 60;

    [Fact]
    public async Task Sixty_reminders_all_arrive_none_twice_and_in_the_order_of_importance()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 19, 9, 30));
        await DigestTests.Writer(room).WriteAsync(TestContext.Current.CancellationToken);
        await FillAsync(room);
        await using var provider = new Provider(room.Clock);
        await using var transport = provider.Server.Open(new ClockTime(room.Clock));
        room.Other = transport;

        for (var tries = 0; tries < 400 && (await room.RowsAsync()).Exists(r => r.State is OutboxState.Pending or OutboxState.Sending); tries++)
        {
            await room.DispatchAsync();
            room.Clock.AdvanceMinutes(5);
        }

        Assert.All(await room.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));
        var taken = provider.Taken;
        var wanted = (await room.RowsAsync()).Select(r => r.MessageIdHeader).Order(StringComparer.Ordinal);
        Assert.Equal(wanted, taken.Select(t => t.MessageId).Distinct().Order(StringComparer.Ordinal));

        // The one whose answer was lost is repeated with the same Message-ID, by which the receiver knows it; no other is.
        Assert.Equal([provider.TakenWithoutAnswer!], taken.GroupBy(t => t.MessageId).Where(g => g.Count() > 1).Select(g => g.Key));

        // Receipts before reminders; only what lost its connection may come later than its rank.
        var delayed = new[] { provider.TakenWithoutAnswer, provider.LostOnTheWay };
        var ranks = taken.Where(t => !delayed.Contains(t.MessageId)).Select(t => t.Rank).ToList();
        Assert.Equal(ranks.Order(), ranks);
        Assert.Equal(3, ranks[^1]);

        Assert.True(provider is { RateRefusals: > 0, DailyRefusals: > 0, ConnectionRefusals: > 0 }, "The server had no occasion to refuse.");
        Assert.Equal(0, provider.SpamRefusals);
    }

    [Fact]
    public async Task The_server_of_this_test_does_refuse_a_text_that_comes_a_third_time()
    {
        await using var provider = new Provider(new FakeClock(Office.At(2018, 9, 19)));
        await using var transport = provider.Server.Open();
        var message = Encoding.ASCII.GetBytes("From: <qhdghgz@126.com>\r\nMessage-ID: <x@example.com>\r\n\r\nsame\r\n");

        SendStatus[] outcomes =
        [
            (await SendAsync()).Status, (await SendAsync()).Status, (await SendAsync()).Status,
        ];

        Assert.Equal([SendStatus.Sent, SendStatus.Sent, SendStatus.RefusedMessage], outcomes);

        Task<SendOutcome> SendAsync() => transport.SendAsync(ScriptedSmtpServer.User, ["a@example.com"], message, TestContext.Current.CancellationToken);
    }

    private static async Task FillAsync(PostRoom room)
    {
        var units = Enumerable.Range(1, Units)
            .Select(i => new Unit { Code = $"u{i:00}", Name = $"第{i}企业工会委员会", Category = UnitCategory.Grassroots, Addresses = [$"u{i:00}@example.com"] })
            .ToList();
        await room.WithDatabaseAsync(d =>
        {
            d.Units.AddRange(units.Select((u, i) => UnitRows.ToRow(u, 10 + i)));
            var date = new LocalDate(2018, 9, 19);
            d.Outbox.AddRange(units.Select(u => Reminder(u, date, room.Clock.GetCurrentInstant())));
            return d.SaveChangesAsync();
        });
        await room.AddReceiptsAsync(2);
    }

    private static OutboxRow Reminder(Unit unit, LocalDate date, Instant now)
    {
        var key = ReminderPlanner.KeyFor("2018", unit.Code, "summary", date);
        return new OutboxRow
        {
            Key = key, Kind = ReminderPlanner.Kind, Priority = ReminderPlanner.Priority, UnitCode = unit.Code, Recipient = unit.Addresses[0],
            MessageIdHeader = Office.Tokens.MessageIdFor(ReminderPlanner.Kind, key, "126.com"), PayloadJson = LetterJson.Write(new ReminderPayload(unit.Code, "summary", date)),
            CreatedAt = now,
        };
    }

    private sealed class ClockTime(FakeClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
    }

    private sealed record Letter(string MessageId, int Rank);

    private sealed class Provider : IAsyncDisposable
    {
        private readonly FakeClock _clock;
        private readonly List<Instant> _sent = [];
        private readonly Dictionary<string, int> _texts = [];
        private readonly Dictionary<int, int> _onConnection = [];
        private readonly List<string> _lines = [];
        private int _seen;

        public Provider(FakeClock clock)
        {
            _clock = clock;
            Server = new ScriptedSmtpServer { Instead = AnswerAsync };
            Server.Start();
        }

        public ScriptedSmtpServer Server { get; }

        public List<Letter> Taken { get; } = [];

        public string? TakenWithoutAnswer { get; private set; }

        public string? LostOnTheWay { get; private set; }

        public int RateRefusals { get; private set; }

        public int DailyRefusals { get; private set; }

        public int ConnectionRefusals { get; private set; }

        public int SpamRefusals { get; private set; }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        private async Task<bool> AnswerAsync(MailIntake.Mail.Tests.Connections.LoopbackServer.Wire wire, string command, int connection)
        {
            if (command.StartsWith("MAIL", StringComparison.Ordinal) && Refusal(connection) is { } refusal)
            {
                await wire.SayAsync(refusal);
                return true;
            }

            if (command != "DATA")
            {
                return false;
            }

            await wire.SayAsync("354 End data with <CR><LF>.<CR><LF>");
            _lines.Clear();
            while (await wire.ReadLineAsync(default) is { } line && line != ".")
            {
                _lines.Add(line.StartsWith('.') ? line[1..] : line);
            }

            await TakeAsync(wire, string.Join("\r\n", _lines), connection);
            return true;
        }

        private string? Refusal(int connection)
        {
            var now = _clock.GetCurrentInstant();
            var today = now.InZone(Office.Campaign.Zone).Date;
            if (_sent.Count(at => at.InZone(Office.Campaign.Zone).Date == today) >= 40)
            {
                DailyRefusals++;
                return "554 MI:STC smtp11, too many mails sent today";
            }

            if (_sent.Count(at => at > now - Duration.FromMinutes(15)) >= 20)
            {
                RateRefusals++;
                return "451 MI:SFQ smtp11, the sender's limit in 15 minutes";
            }

            if (_onConnection.GetValueOrDefault(connection) >= 10)
            {
                ConnectionRefusals++;
                return "451 MI:DMC smtp11, too many mails on this connection";
            }

            return null;
        }

        private async Task TakeAsync(MailIntake.Mail.Tests.Connections.LoopbackServer.Wire wire, string message, int connection)
        {
            var mail = MimeMessage.Read(Encoding.UTF8.GetBytes(message));
            var text = message[message.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];
            var id = ScriptedTransport.Header(message, "Message-ID");
            _texts[Body(text)] = _texts.GetValueOrDefault(Body(text)) + 1;
            if (_texts[Body(text)] > 2)
            {
                SpamRefusals++;
                await wire.SayAsync("554 DT:SPM 126 smtp11, suspected spam");
                return;
            }

            switch (++_seen)
            {
                case 13:
                    TakenWithoutAnswer = id;
                    Note(id, mail, connection);
                    wire.Reset();
                    return;
                case 27:
                    LostOnTheWay = id;
                    wire.Reset();
                    return;
                default:
                    Note(id, mail, connection);
                    await wire.SayAsync("250 Mail OK queued as smtp11,D9GowAD3K");
                    return;
            }
        }

        /// <summary>The text without the boundaries of its parts, which differ in each message.</summary>
        private static string Body(string text) =>
            string.Join('\n', text.Split("\r\n").Where(l => !l.StartsWith("--", StringComparison.Ordinal) && !l.Contains("boundary=", StringComparison.Ordinal)));

        private void Note(string id, MimeMessage mail, int connection)
        {
            _sent.Add(_clock.GetCurrentInstant());
            _onConnection[connection] = _onConnection.GetValueOrDefault(connection) + 1;
            var subject = mail.Subject;
            Taken.Add(new Letter(id, subject.StartsWith("【回执】", StringComparison.Ordinal) ? 1 : subject.StartsWith("【提醒】", StringComparison.Ordinal) ? 2 : 3));
        }
    }
}
