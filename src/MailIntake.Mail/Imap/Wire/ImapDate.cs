using System.Text;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>date-time of RFC 3501 section 9: <c>17-Jul-2018 02:44:25 +0800</c>, the day of one or two digits.</summary>
internal static class ImapDate
{
    /// <summary>Characters behind the day: <c>-Jul-2018 02:44:25 +0800</c>.</summary>
    private const int BehindDay = 24;

    private static ReadOnlySpan<byte> Months => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>The instant, or null where it is none.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> text)
    {
        text = text[Ascii.Trim(text)];
        var days = text.Length - BehindDay;
        if (days is not (1 or 2))
        {
            return null;
        }

        var rest = text[days..];
        if (rest[0] != '-' || rest[4] != '-' || rest[9] != ' ' || rest[12] != ':' || rest[15] != ':' || rest[18] != ' ' || rest[19] is not ((byte)'+' or (byte)'-'))
        {
            return null;
        }

        var (day, month, year) = (Number(text[..days]), MonthOf(rest[1..4]), Number(rest[5..9]));
        var (hour, minute, second) = (Number(rest[10..12]), Number(rest[13..15]), Number(rest[16..18]));
        var (zoneHours, zoneMinutes) = (Number(rest[20..22]), Number(rest[22..24]));
        var zone = TimeSpan.FromMinutes(((zoneHours * 60) + zoneMinutes) * (rest[19] == '-' ? -1 : 1));
        if (year < 1 || month < 1 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59
            || zoneMinutes is < 0 or > 59 || zoneHours is < 0 or > 14 || zone.Duration() > TimeSpan.FromHours(14))
        {
            return null;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
        var utc = local.Ticks - zone.Ticks;
        return utc >= DateTime.MinValue.Ticks && utc <= DateTime.MaxValue.Ticks ? new DateTimeOffset(local, zone) : null;
    }

    private static int MonthOf(ReadOnlySpan<byte> name)
    {
        for (var month = 0; month < 12; month++)
        {
            var known = Months.Slice(month * 3, 3);
            if ((name[0] | 0x20) == known[0] && (name[1] | 0x20) == known[1] && (name[2] | 0x20) == known[2])
            {
                return month + 1;
            }
        }

        return 0;
    }

    /// <summary>The number, or -1 where there is another character than a digit.</summary>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
