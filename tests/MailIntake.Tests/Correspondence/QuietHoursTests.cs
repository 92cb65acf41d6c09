using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Reminders;
using MailIntake.Mail.Mime;
using MailIntake.Options;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("22:00-07:00", 21, 59, false)]
    [InlineData("22:00-07:00", 22, 0, true)]
    [InlineData("22:00-07:00", 3, 0, true)]
    [InlineData("22:00-07:00", 7, 0, false)]
    [InlineData("12:00-13:30", 12, 0, true)]
    [InlineData("12:00-13:30", 13, 30, false)]
    [InlineData("12:00-13:30", 0, 0, false)]
    public void Hours_may_go_over_midnight(string hours, int hour, int minute, bool expected) =>
        Assert.Equal(expected, QuietHours.Parse(hours)!.Contains(new LocalTime(hour, minute)));

    [Fact]
    public void No_hours_are_no_hours() => Assert.Null(QuietHours.Parse(""));

    [Theory]
    [InlineData("22-7")]
    [InlineData("22:00")]
    [InlineData("25:00-07:00")]
    public void What_are_no_hours_is_refused(string hours) => Assert.Throws<FormatException>(() => QuietHours.Parse(hours));

    [Fact]
    public async Task At_night_who_wrote_is_answered_and_nobody_is_reminded()
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 27, 23, 0));
        await AddReminderAsync(room);
        await room.AddReceiptsAsync(1);

        await room.DispatchAsync();
        Assert.Equal(["reminder Pending", "receipt Sent"], (await room.RowsAsync()).Select(r => $"{r.Kind} {r.State}"));

        room.Clock.Reset(Office.At(2018, 9, 28, 7, 0));
        await room.DispatchAsync();
        Assert.All(await room.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));
    }

    [Fact]
    public async Task A_dry_run_shows_every_letter_to_staff_and_writes_to_no_unit()
    {
        await using var room = await PostRoom.OpenAsync(o => o.DryRun = true, Office.At(2018, 9, 27));
        await AddReminderAsync(room);
        await room.AddReceiptsAsync(1);

        await room.DispatchAsync();

        Assert.Equal(["yanjiushi@example.com", "yanjiushi@example.com"], room.Transport.Taken.Select(t => t.Recipient));
        var subjects = room.Transport.Taken.Select(t => MimeMessage.Read(System.Text.Encoding.ASCII.GetBytes(t.Message)).Subject).ToList();
        Assert.StartsWith("【试运行，原收件人：unit1@example.com】【回执】", subjects[0], StringComparison.Ordinal);
        Assert.StartsWith("【试运行，原收件人：jygh@example.com】【提醒】", subjects[1], StringComparison.Ordinal);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(("yanjiushi@example.com", OutboxState.Sent), (r.Recipient, r.State)));
    }

    [Theory]
    // The Excel file and a bar for each of two categories.
    [InlineData("None", OutboxState.Dropped, null)]
    [InlineData("Line", OutboxState.Sent, 0)]
    [InlineData("Full", OutboxState.Sent, 3)]
    public async Task A_day_without_news_is_told_as_the_settings_say(string setting, OutboxState expected, int? files)
    {
        await using var room = await PostRoom.OpenAsync(now: Office.At(2018, 9, 20, 8, 31));
        room.EmptyDigest = Enum.Parse<EmptyDigest>(setting);
        await room.WithDatabaseAsync(d =>
        {
            // A unit without an address would be a task for staff.
            d.Units.Remove(d.Units.Single(u => u.Code == "mute"));
            return d.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        await DigestTests.Writer(room).WriteAsync(TestContext.Current.CancellationToken);

        await room.DispatchAsync();

        Assert.All(await room.RowsAsync(), r => Assert.Equal(expected, r.State));
        Assert.Equal(files, room.Transport.Taken.Count == 0 ? null : MimeMessage.Read(System.Text.Encoding.ASCII.GetBytes(room.Transport.Taken[0].Message)).Files.Count());
    }

    private static Task<int> AddReminderAsync(PostRoom room) => room.WithDatabaseAsync(d =>
    {
        var key = ReminderPlanner.KeyFor("2018", "jiaoyu", "summary", new LocalDate(2018, 9, 27));
        d.Outbox.Add(new OutboxRow
        {
            Key = key, Kind = ReminderPlanner.Kind, Priority = ReminderPlanner.Priority, UnitCode = "jiaoyu", Recipient = "jygh@example.com",
            MessageIdHeader = Office.Tokens.MessageIdFor(ReminderPlanner.Kind, key, "126.com"),
            PayloadJson = LetterJson.Write(new ReminderPayload("jiaoyu", "summary", new LocalDate(2018, 9, 27))), CreatedAt = room.Clock.GetCurrentInstant(),
        });
        return d.SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}
