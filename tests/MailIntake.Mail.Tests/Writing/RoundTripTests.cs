using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Writing;
using Xunit;

namespace MailIntake.Mail.Tests.Writing;

public sealed class RoundTripTests
{
    private static readonly OutgoingMessage Sample = new()
    {
        From = new MailAddress("秦皇岛市总工会研究室", "qhdghgz@example.com"),
        To = [new MailAddress("海港区总工会", "hgq@example.com"), new MailAddress(null, "b@example.com")],
        Subject = "关于补报《秦皇岛工会工作优秀创新成果申报表》的通知（请于9月30日前报送，逾期不予受理）",
        Date = new DateTimeOffset(2018, 9, 20, 9, 2, 3, TimeSpan.FromHours(8)),
        MessageId = "<receipt-1@example.com>",
        InReplyTo = "<a@example.com>",
        References = ["<a@example.com>", "<b@example.com>"],
        ExtraHeaders = [KeyValuePair.Create("Auto-Submitted", "auto-replied")],
        Text = "各单位：\n\n材料收悉。\n",
        Html = "<p>材料收悉。</p><img src=\"cid:logo@x\">",
        Files =
        [
            new OutgoingFile("秦皇岛工会工作优秀创新成果申报表（二〇一八年度修订版空白表格）.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray()),
            new OutgoingFile("logo.png", "image/png", "not really"u8.ToArray(), "logo@x"),
        ],
    };

    [Fact]
    public void What_is_written_is_read_back()
    {
        var message = MimeMessage.Read(Sample.ToBytes());

        Assert.Empty(message.Faults);
        Assert.Equal(Sample.Subject, message.Subject);
        Assert.Equal(Sample.From, message.From);
        Assert.Equal(Sample.To, message.To);
        Assert.Equal(Sample.Date, message.Date);
        Assert.Equal(Sample.MessageId, message.MessageId);
        Assert.Equal(Sample.InReplyTo, message.InReplyTo);
        Assert.Equal(Sample.References, message.References);
        Assert.Equal("auto-replied", message.Headers.Find("auto-submitted"));
        var files = message.Files.ToList();
        Assert.Equal(["logo.png", Sample.Files[0].FileName], files.Select(file => file.FileName));
        Assert.Equal([true, false], files.Select(file => file.IsInline));
        Assert.Equal("logo@x", files[0].ContentId);
        using var content = files[1].OpenContent();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        Assert.Equal(Sample.Files[0].Content.ToArray(), bytes.ToArray());
    }

    [Fact]
    public void Every_line_is_seven_bit_and_at_most_76_characters()
    {
        var text = Encoding.Latin1.GetString(Sample.ToBytes());

        Assert.All(text, c => Assert.True(c is >= ' ' and <= '~' or '\r' or '\n' or '\t'));
        Assert.All(text.Split("\r\n"), line => Assert.True(line.Length <= 76, line));
    }

    [Fact]
    public void The_same_values_give_the_same_bytes() => Assert.Equal(Sample.ToBytes(), (Sample with { Text = Sample.Text }).ToBytes());

    [Fact]
    public void A_line_end_in_a_value_adds_no_header()
    {
        var evil = Sample with { Subject = "a\r\nBcc: x@example.com", ExtraHeaders = [KeyValuePair.Create("X-A", "b\nBcc: y@example.com")], MessageId = "<a@b>\r\nBcc: z@example.com" };

        Assert.False(MimeMessage.Read(evil.ToBytes()).Headers.Contains("Bcc"));
        Assert.Throws<ArgumentException>(() => (Sample with { From = new MailAddress(null, "a@b.c>\r\nBcc: <x@y.z") }).ToBytes());
        Assert.Throws<ArgumentException>(() => (Sample with { ExtraHeaders = [KeyValuePair.Create("X\r\nBcc", "x")] }).ToBytes());
    }
}
