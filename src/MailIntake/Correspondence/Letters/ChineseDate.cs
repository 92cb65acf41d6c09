using System.Globalization;

using NodaTime;

namespace MailIntake.Correspondence.Letters;

/// <summary>Dates and numerals as an official letter writes them (GB/T 9704: 2018年9月30日, no leading zeros).</summary>
internal static class ChineseDate
{
    private static readonly string[] Weekdays = ["", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
    private static readonly string[] Numerals = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    /// <summary><c>2018年9月30日</c>.</summary>
    public static string Long(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    /// <summary><c>9月30日</c>.</summary>
    public static string Short(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日");

    /// <summary><c>星期日</c>.</summary>
    public static string Weekday(LocalDate date) => Weekdays[(int)date.DayOfWeek];

    /// <summary><c>2018年9月20日9时02分</c>.</summary>
    public static string Moment(LocalDateTime at) => string.Create(CultureInfo.InvariantCulture, $"{Long(at.Date)}{at.Hour}时{at.Minute:00}分");

    /// <summary>The number of a section, 1 to 19: <c>一</c>, <c>十二</c>.</summary>
    public static string Numeral(int number) => number <= 10 ? Numerals[number] : "十" + Numerals[number - 10];
}
