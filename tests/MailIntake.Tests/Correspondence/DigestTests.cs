using Microsoft.Extensions.Logging.Abstractions;

using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Reminders;
using MailIntake.Domain.Completeness;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

public sealed class DigestTests
{
    private static readonly string[] Keys =
        ["digest:2018:2018-09-29:yanjiushi@example.com", "digest:2018:2018-09-29:zhiban@example.com"];

    [Fact]
    public async Task Staff_get_one_digest_on_a_workday_even_a_Saturday_that_is_worked()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 29, 8, 31));
        var writer = Writer(room);

        Assert.Equal(2, await writer.WriteAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await writer.WriteAsync(TestContext.Current.CancellationToken));

        Assert.Equal(Keys, (await room.RowsAsync()).Select(r => r.Key));
        Assert.Equal(2, (await room.DispatchAsync()).Sent);
    }

    [Fact]
    public async Task Nothing_is_written_on_a_holiday_or_before_the_hour()
    {
        await using var holiday = await PostRoom.OpenAsync(now: Office.At(2018, 10, 1, 9, 0));
        await using var early = await PostRoom.OpenAsync(now: Office.At(2018, 9, 29, 8, 29));

        Assert.Equal(0, await Writer(holiday).WriteAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await Writer(early).WriteAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_digest_counts_from_the_last_one()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 29, 8, 30));
        await Writer(room).WriteAsync(TestContext.Current.CancellationToken);
        room.Clock.Reset(Office.At(2018, 9, 30, 8, 45));
        await Writer(room).WriteAsync(TestContext.Current.CancellationToken);

        var payload = MailIntake.Correspondence.Letters.LetterJson.Read<DigestPayload>((await room.RowsAsync())[^1].PayloadJson);

        Assert.Equal(new DigestPayload(new LocalDate(2018, 9, 30), Office.At(2018, 9, 29, 8, 30)), payload);
    }

    [Fact]
    public async Task The_digest_names_all_that_staff_must_do()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 20, 8, 30));
        await room.WithDatabaseAsync(async d =>
        {
            d.Messages.Add(Message('1', MessageState.Held, """{"codes":["unit-ambiguous"],"sentence":"来件同时符合两个单位。","candidates":["haigang","jiaoyu"]}"""));
            d.Messages.Add(Message('2', MessageState.Failed, null));
            var filed = Message('3', MessageState.Filed, null);
            filed.UnitCode = "haigang";
            d.Messages.Add(filed);
            d.Addresses.Add(new AddressRow { Address = "jygh@example.com", IsDead = true, Why = "550 Invalid User", ChangedAt = Office.At(2018, 9, 1) });
            await d.SaveChangesAsync();
            d.Outbox.Add(new OutboxRow
            {
                Key = "receipt:x", Kind = "receipt", Recipient = "jygh@example.com", MessageIdHeader = "<x@y>", PayloadJson = "{}", State = OutboxState.Dead, LastReply = "550 Invalid User",
                CreatedAt = Office.At(2018, 9, 1),
            });
            var entry = new EntryRow { Campaign = "2018", Code = "2018-haigang-01", UnitCode = "haigang", Number = 1, Title = "码上议事厅", CreatedAt = Office.At(2018, 9, 19) };
            entry.Materials.Add(new MaterialRow
            {
                MessageId = filed.Id, Kind = "form", Version = 1, FileName = "a.docx", PathInMail = "a.docx", Sha256 = new string('0', 64), MediaType = "x",
                ReceivedAt = Office.At(2018, 9, 19), TreePath = "a", FindingsJson = FindingsJson.Write([new Finding(FindingCodes.NoSeal, Severity.Problem, "未见公章")]),
            });
            d.Entries.Add(entry);
            return await d.SaveChangesAsync();
        });

        var content = await room.WithDatabaseAsync(d => new DigestLoader(Office.Campaign, Office.Calendar).LoadAsync(
            d, new DigestPayload(new LocalDate(2018, 9, 20), Office.At(2018, 9, 19, 8, 30)), room.Clock.GetCurrentInstant(), default));
        var text = DigestText.Of(content.Model);

        var held = Assert.Single(content.Model.Held);
        Assert.Equal(("来件同时符合两个单位", "海港区总工会、市教育工会"), (held.Why, held.Candidates));
        Assert.Equal([new DigestNews("海港区总工会", 1, 1, 1)], content.Model.News);
        Assert.Contains("有1封邮件未能自动归入单位或成果", text, StringComparison.Ordinal);
        Assert.Contains("有1封邮件处理失败", text, StringComparison.Ordinal);
        Assert.Contains("有1封邮件未能发出", text, StringComparison.Ordinal);
        Assert.Contains("市教育工会　jygh@example.com　550 Invalid User", text, StringComparison.Ordinal);
        Assert.Contains("有2个单位尚缺材料而无可用邮箱", text, StringComparison.Ordinal);
        Assert.Equal((3, 0, 1), (content.Model.Units, content.Model.Complete, content.Model.Entries));
        Assert.Equal(new LocalDate(2018, 9, 30), content.Model.Deadlines[0].Deadline.Date);
        Assert.DoesNotContain("日历数据", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(18, false)]
    public async Task What_resembles_an_earlier_text_is_named_once(int foundOn, bool isNews)
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 20, 8, 30));
        await room.WithDatabaseAsync(async d =>
        {
            var filed = Message('3', MessageState.Filed, null);
            d.Messages.Add(filed);
            await d.SaveChangesAsync();
            var entry = new EntryRow { Campaign = "2018", Code = "2018-haigang-01", UnitCode = "haigang", Number = 1, Title = "码上议事厅", CreatedAt = Office.At(2018, 9, 1) };
            entry.Materials.Add(new MaterialRow
            {
                MessageId = filed.Id, Kind = "writeup", Version = 2, FileName = "a.docx", PathInMail = "a.docx", Sha256 = new string('0', 64), MediaType = "x",
                ReceivedAt = Office.At(2018, 9, 1), TreePath = "a",
                FindingsJson = FindingsJson.Write([new Finding(FindingCodes.SimilarToEarlier, Severity.Warning, "与甲单位此前报送的材料内容相近，相同文字约占87%，请工作人员核对", 87, 50)]),
            });
            d.Entries.Add(entry);
            d.ComparedTexts.Add(new ComparedTextRow { Material = entry.Materials[0], Text = "总结", IsCompared = true, FoundAt = Office.At(2018, 9, foundOn, 12, 0) });
            return await d.SaveChangesAsync();
        });

        var content = await room.WithDatabaseAsync(d => new DigestLoader(Office.Campaign, Office.Calendar).LoadAsync(
            d, new DigestPayload(new LocalDate(2018, 9, 20), Office.At(2018, 9, 19, 8, 30)), room.Clock.GetCurrentInstant(), default));
        var text = DigestText.Of(content.Model);

        Assert.Equal(isNews, text.Contains("新发现1份材料与其他单位或往年材料内容相近，请核对（并列文字可用 similar 命令查看）。", StringComparison.Ordinal));
        Assert.Equal(isNews, text.Contains("- 海港区总工会　2018-haigang-01第2版：与甲单位此前报送的材料内容相近，相同文字约占87%\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_year_without_days_off_is_said_so()
    {
        await using var room = await PostRoom.OpenAsync();
        var campaign = Office.Campaign with
        {
            Phases = [.. Office.Campaign.Phases.Select(p => p with { Opens = p.Opens.PlusYears(20), Closes = p.Closes.PlusYears(20) })],
        };

        var content = await room.WithDatabaseAsync(d => new DigestLoader(campaign, Office.Calendar).LoadAsync(
            d, new DigestPayload(new LocalDate(2038, 9, 20), Office.At(2038, 9, 19)), Office.At(2038, 9, 20), default));

        Assert.Contains("日历数据中没有2038年的节假日安排", DigestText.Of(content.Model), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_are_planned_from_the_database_once()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 29));
        var round = new ReminderRound(
            room.Databases, Office.Campaign, new ReminderPlanner(Office.Campaign, Office.Calendar, Office.Policy, Office.Tokens, Office.Identity), room.Clock, NullLogger<ReminderRound>.Instance);

        Assert.Equal(2, await round.PlanAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await round.PlanAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, (await room.DispatchAsync()).Sent);
        Assert.All(room.Transport.Taken, t => Assert.Contains("multipart/mixed", t.Message, StringComparison.Ordinal));
    }

    internal static DigestWriter Writer(PostRoom room) => new(
        room.Databases, Office.Campaign, Office.Calendar, Office.Tokens, Office.Identity, new ScheduleOptions(), room.Clock, NullLogger<DigestWriter>.Instance);

    private static MessageRow Message(char hash, MessageState state, string? because) => new()
    {
        Sha256 = new string(hash, 64), Segment = "s", ReceivedAt = Office.At(2018, 9, 19, 16), ArchivedAt = Office.At(2018, 9, 19, 16), ProcessedAt = Office.At(2018, 9, 19, 16),
        State = state, Attempts = state == MessageState.Failed ? 3 : 1, LastError = state == MessageState.Failed ? "timeout" : null, BecauseJson = because, FromAddress = "someone@example.org", Subject = "材料",
    };
}
