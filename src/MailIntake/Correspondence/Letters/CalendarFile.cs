using System.Globalization;
using System.Text;

using NodaTime;
using NodaTime.Text;

using MailIntake.Mail.Writing;

namespace MailIntake.Correspondence.Letters;

/// <summary>A closing date as a calendar file (RFC 5545) that a phone takes into its calendar: the last hour of the day, told a day before.</summary>
internal static class CalendarFile
{
    /// <summary>Longest line in bytes without its line end (section 3.1).</summary>
    private const int LongestLine = 75;

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss");
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss'Z'");

    /// <summary>The file. The same entry, zone and instant give the same bytes; the same <see cref="CalendarEntry.Id"/> takes the place of an earlier one.</summary>
    /// <param name="entry">The date.</param>
    /// <param name="zone">The campaign's zone.</param>
    /// <param name="stamp">When the letter was made.</param>
    public static OutgoingFile Write(CalendarEntry entry, DateTimeZone zone, Instant stamp)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(zone);
        var starts = entry.Date.At(new LocalTime(23, 0));
        var offset = zone.AtLeniently(starts).Offset.ToString("+HHmm", CultureInfo.InvariantCulture);
        string[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MailIntake//CN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "BEGIN:VTIMEZONE", $"TZID:{zone.Id}", "BEGIN:STANDARD", "DTSTART:19700101T000000", $"TZOFFSETFROM:{offset}", $"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE",
            "BEGIN:VEVENT", $"UID:{Escape(entry.Id)}", $"DTSTAMP:{Utc.Format(stamp)}",
            $"DTSTART;TZID={zone.Id}:{Local.Format(starts)}", $"DTEND;TZID={zone.Id}:{Local.Format(starts.PlusMinutes(59))}",
            $"SUMMARY:{Escape(entry.Summary)}", $"DESCRIPTION:{Escape(entry.Description)}", "TRANSP:TRANSPARENT",
            "BEGIN:VALARM", "ACTION:DISPLAY", $"DESCRIPTION:{Escape(entry.Summary)}", "TRIGGER:-P1D", "END:VALARM",
            "END:VEVENT", "END:VCALENDAR",
        ];
        return new OutgoingFile("报送截止日期.ics", "text/calendar", Encoding.UTF8.GetBytes(string.Concat(lines.Select(Fold))));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Cuts between characters, counting bytes; a line that goes on begins with a space.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder(line.Length + 8);
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > LongestLine)
            {
                folded.Append("\r\n ");
                used = 1;
            }

            folded.Append(rune);
            used += rune.Utf8SequenceLength;
        }

        return folded.Append("\r\n").ToString();
    }
}

/// <summary>A closing date for the calendar.</summary>
/// <param name="Id">Unique and stable: <c>2018-summary-haigang@mailintake</c>.</param>
/// <param name="Date">The last day.</param>
/// <param name="Summary">What a calendar shows.</param>
/// <param name="Description">More of it.</param>
public sealed record CalendarEntry(string Id, LocalDate Date, string Summary, string Description)
{
    /// <summary>The close of a phase for a unit.</summary>
    public static CalendarEntry Of(LetterHead head, string campaign, string phase, string phaseName, string unit, LocalDate date)
    {
        ArgumentNullException.ThrowIfNull(head);
        return new CalendarEntry(
            $"{campaign}-{phase}-{unit}@mailintake", date, $"{phaseName}阶段材料报送截止", $"{head.Campaign}{phaseName}阶段材料须于{ChineseDate.Long(date)}24时前发送至{head.Mailbox}。");
    }
}
