using MailIntake.Mail.Mime;
using Xunit;

namespace MailIntake.Mail.Tests.Mime;

public sealed class DateParserTests
{
    [Theory]
    [InlineData("Thu, 20 Sep 2018 09:02:03 +0800", "2018-09-20T09:02:03+08:00")]
    [InlineData("Thu, 20 Sep 2018 09:02:03 +0800 (CST)", "2018-09-20T09:02:03+08:00")]
    [InlineData("20 Sep 18 9:02 GMT", "2018-09-20T09:02:00+00:00")]
    [InlineData("Fri, 21 Nov 97 09:55:06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("Thu Sep 20 09:02:03 CST 2018", "2018-09-20T09:02:03+08:00")]
    [InlineData("Thu Sep 20 09:02:03 2018", "2018-09-20T09:02:03+00:00")]
    [InlineData("Thu, 20 Sep 2018 09:02:03", "2018-09-20T09:02:03+00:00")]
    [InlineData("Thu, 20 Sep 2018 09:02:03 GMT+08:00", "2018-09-20T09:02:03+08:00")]
    [InlineData("2018-09-20T09:02:03.123Z", "2018-09-20T09:02:03+00:00")]
    [InlineData("2018-9-20 9:02:03 +0800", "2018-09-20T09:02:03+08:00")]
    [InlineData("2018/9/20 9:02", "2018-09-20T09:02:00+00:00")]
    [InlineData("2018年9月20日 星期四 下午9:02", "2018-09-20T21:02:00+08:00")]
    [InlineData("2018年9月20日 9时02分03秒", "2018-09-20T09:02:03+08:00")]
    [InlineData("Sep 20, 2018 9:02 PM EST", "2018-09-20T21:02:00-05:00")]
    [InlineData("Thu, 20 Sep 0118 09:02:03 +0800", "2018-09-20T09:02:03+08:00")]
    [InlineData("Thu, 20 Sep 2018 09:02:03 -1900", "2018-09-21T04:02:03+00:00")]
    [InlineData("Thu, 20 Sep 2018 23:59:60 +0000", "2018-09-21T00:00:00+00:00")]
    [InlineData("Thu, 31 Feb 2018 09:02:03 +0800", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Dates_are_read_as_mail_writes_them(string text, string? expected) =>
        Assert.Equal(expected, DateParser.Parse(text)?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
}
