using System.Text;

using MailIntake.Correspondence.Letters;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

public sealed class CalendarFileTests
{
    private static readonly CalendarEntry Entry = new("2018-summary-haigang@mailintake", new LocalDate(2018, 9, 30), "总结阶段材料报送截止", "材料须于24时前发送至qhdghgz@126.com；逾期, 不再受理\n谢谢");

    [Fact]
    public void The_deadline_is_the_last_hour_of_the_day_in_the_zone_of_the_campaign()
    {
        var lines = Unfolded();

        Assert.Contains("DTSTART;TZID=Asia/Shanghai:20180930T230000", lines);
        Assert.Contains("DTEND;TZID=Asia/Shanghai:20180930T235900", lines);
        Assert.Contains("TZOFFSETTO:+0800", lines);
        Assert.Contains("TRIGGER:-P1D", lines);
        Assert.Contains("UID:2018-summary-haigang@mailintake", lines);
        Assert.Contains("DTSTAMP:20180920T010000Z", lines);
    }

    [Fact]
    public void Commas_and_line_ends_of_a_text_are_escaped() =>
        Assert.Contains(@"DESCRIPTION:材料须于24时前发送至qhdghgz@126.com；逾期\, 不再受理\n谢谢", Unfolded());

    [Fact]
    public void No_line_is_longer_than_75_bytes_and_none_is_cut_inside_a_character()
    {
        var lines = Text().Split("\r\n");

        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', Text());
        Assert.Contains(lines, line => line.StartsWith(' '));
    }

    private static string[] Unfolded() => Text().Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    private static string Text() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
        CalendarFile.Write(Entry, DateTimeZoneProviders.Tzdb["Asia/Shanghai"], Instant.FromUtc(2018, 9, 20, 1, 0)).Content.Span);
}
