using System.Globalization;

namespace MailIntake.Mail.Mime;

/// <summary>
/// Reads dates as mail writes them: RFC 5322 with its obsolete forms, C's asctime, ISO 8601, and the Chinese way
/// (<c>2018年9月20日 上午9:02</c>). Without a zone UTC is taken (RFC 5322, 4.3), but China Standard Time for a date written the
/// Chinese way; a bare <c>CST</c> is China Standard Time. Two-digit years from 00 to 49 are of this century.
/// </summary>
public static class DateParser
{
    private const int Longest = 200;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The instant with its offset; null where it cannot be read.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        var fields = new Fields();
        Span<char> bare = stackalloc char[Longest];
        var length = WithoutComments(text[..Math.Min(text.Length, Longest)], bare);
        ReadAll(bare[..length], fields);
        return fields.ToInstant();
    }

    private static void ReadAll(ReadOnlySpan<char> text, Fields fields)
    {
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsAsciiDigit(c))
            {
                ReadNumber(text, ref position, fields);
            }
            else if (c is '+' or '-' && fields.Hour is not null && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))
            {
                ReadOffset(text, ref position, fields);
            }
            else if (char.IsAsciiLetter(c))
            {
                ReadWord(text, ref position, fields);
            }
            else
            {
                ReadChinese(text[position..], fields);
                position++;
            }
        }
    }

    /// <summary>Takes out comments, and the space around a colon that the obsolete syntax allows.</summary>
    private static int WithoutComments(ReadOnlySpan<char> text, Span<char> bare)
    {
        var length = 0;
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '(' ? 1 : 0;
            if (depth == 0 && !(char.IsWhiteSpace(c) && length > 0 && bare[length - 1] == ':'))
            {
                while (c == ':' && length > 0 && char.IsWhiteSpace(bare[length - 1]))
                {
                    length--;
                }

                bare[length++] = c;
            }

            depth -= c == ')' && depth > 0 ? 1 : 0;
        }

        return length;
    }

    private static void ReadNumber(ReadOnlySpan<char> text, ref int position, Fields fields)
    {
        var number = Number(text, ref position, out var digits);
        var next = position < text.Length ? text[position] : ' ';
        if (fields.Hour is null && next is ':' or '时' or '：')
        {
            fields.Hour = number;
            position++;
            fields.Minute = Number(text, ref position, out _);
            if (position < text.Length && text[position] is ':' or '分' or '：')
            {
                position++;
                fields.Second = Number(text, ref position, out _);
            }

            SkipFraction(text, ref position);
        }
        else if (next == '年' || digits == 4 && fields.Year is null)
        {
            // The year 0102 comes from a program that was to add 1900.
            fields.Year = number < 1000 ? number + 1900 : number;
            fields.YearFirst = fields.Day is null;
            fields.IsChinese |= next == '年';
        }
        else if (next == '月')
        {
            fields.Month = number;
        }
        else if (next is '日' or '号')
        {
            fields.Day = number;
        }
        else if (fields.YearFirst && fields.Month is null)
        {
            fields.Month = number;
        }
        else if (fields.Day is null)
        {
            fields.Day = number;
        }
        else if (fields.Month is null)
        {
            fields.Month = number;
        }
        else if (fields.Year is null)
        {
            // RFC 5322, 4.3; three digits come from programs that add 1900 in vain.
            fields.Year = digits >= 3 ? 1900 + number : number < 50 ? 2000 + number : 1900 + number;
        }
    }

    private static int Number(ReadOnlySpan<char> text, ref int position, out int digits)
    {
        var number = 0;
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            number = position - start < 9 ? (number * 10) + (text[position] - '0') : number;
            position++;
        }

        digits = position - start;
        return number;
    }

    private static void SkipFraction(ReadOnlySpan<char> text, ref int position)
    {
        if (position + 1 < text.Length && text[position] is '.' or ',' && char.IsAsciiDigit(text[position + 1]))
        {
            position++;
            Number(text, ref position, out _);
        }
    }

    private static void ReadOffset(ReadOnlySpan<char> text, ref int position, Fields fields)
    {
        var sign = text[position++] == '-' ? -1 : 1;
        var number = Number(text, ref position, out var digits);
        if (digits <= 2)
        {
            var minutes = 0;
            if (position < text.Length && text[position] == ':')
            {
                position++;
                minutes = Number(text, ref position, out _);
            }

            number = (number * 100) + minutes;
        }

        var total = ((number / 100) * 60) + (number % 100);
        fields.Offset ??= total <= 99 * 60 && number % 100 < 60 ? sign * total : 0;
    }

    private static void ReadWord(ReadOnlySpan<char> text, ref int position, Fields fields)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiLetter(text[position]))
        {
            position++;
        }

        var word = text[start..position].ToString().ToLowerInvariant();
        if (word.Length >= 3 && fields.Month is null && Array.IndexOf(Months, word[..3]) is >= 0 and var month)
        {
            fields.Month = month + 1;
            return;
        }

        fields.Afternoon ??= word switch { "pm" => true, "am" => false, _ => null };
        var zone = word switch
        {
            "gmt" or "ut" or "utc" or "z" => 0,
            "cst" => 8 * 60,
            "jst" or "kst" => 9 * 60,
            "hkt" => 8 * 60,
            "est" => -5 * 60,
            "edt" => -4 * 60,
            "cdt" => -5 * 60,
            "mst" => -7 * 60,
            "mdt" => -6 * 60,
            "pst" => -8 * 60,
            "pdt" => -7 * 60,
            "cet" or "met" => 60,
            "cest" => 120,
            _ => (int?)null,
        };

        // GMT+0800: the number that follows says more.
        var follows = position < text.Length && text[position] is '+' or '-';
        fields.Offset ??= follows ? null : zone;
    }

    private static void ReadChinese(ReadOnlySpan<char> text, Fields fields)
    {
        if (text.StartsWith("上午") || text.StartsWith("凌晨") || text.StartsWith("早上"))
        {
            fields.Afternoon = false;
            fields.IsChinese = true;
        }
        else if (text.StartsWith("下午") || text.StartsWith("晚上"))
        {
            fields.Afternoon = true;
            fields.IsChinese = true;
        }
        else if (text.StartsWith("星期") || text.StartsWith("周"))
        {
            fields.IsChinese = true;
        }
    }

    private sealed class Fields
    {
        public int? Year { get; set; }

        public int? Month { get; set; }

        public int? Day { get; set; }

        public int? Hour { get; set; }

        public int Minute { get; set; }

        public int Second { get; set; }

        public int? Offset { get; set; }

        public bool? Afternoon { get; set; }

        public bool YearFirst { get; set; }

        public bool IsChinese { get; set; }

        public DateTimeOffset? ToInstant()
        {
            if (Year is not { } year || Month is not { } month || Day is not { } day || year is < 1900 or > 9900 || month is < 1 or > 12
                || day < 1 || day > CultureInfo.InvariantCulture.Calendar.GetDaysInMonth(year, month))
            {
                return null;
            }

            var hour = Hour ?? 0;
            hour = Afternoon == true && hour < 12 ? hour + 12 : Afternoon == false && hour == 12 ? 0 : hour;
            if (hour > 24 || Minute > 59 || Second > 60)
            {
                return null;
            }

            // A leap second, and 24:00 as some write midnight, run over into the next second and day.
            var offset = TimeSpan.FromMinutes(Offset ?? (IsChinese ? 8 * 60 : 0));
            var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).AddMinutes(Minute).AddSeconds(Second);

            // Zones such as -1900 are met; the instant is meant, the zone itself is none.
            return offset.Duration() <= TimeSpan.FromHours(14) ? new DateTimeOffset(local, offset) : new DateTimeOffset(local - offset, TimeSpan.Zero);
        }
    }
}
