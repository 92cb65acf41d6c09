using System.Diagnostics;
using System.Text;

using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

using Xunit;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>Files that stand in a text as uuencode or yEnc: what only looks like one is text.</summary>
public sealed class TextBlockTests
{
    private const string Uu = "begin 644 a.txt\n#0V%T\n`\nend\n";

    [Theory]
    [InlineData("=ybegin is the word that begins a file.\nIt goes on.")]
    [InlineData("=ybegin line=128 size=x name=a\nIt goes on.")]
    [InlineData("begin 644 is no line of a file\nIt goes on.")]
    public void A_text_that_tells_of_a_block_keeps_its_words(string text)
    {
        var message = Read(text);

        Assert.Equal(text, MailText.Full(message));
        Assert.Empty(message.Files);
    }

    [Fact]
    public void What_is_not_taken_out_as_a_file_stays_in_the_text()
    {
        var message = Read(string.Concat(Enumerable.Repeat(Uu, 105)) + "the end\n");

        Assert.Equal(100, message.Files.Count());
        Assert.Equal(5, MailText.Full(message).Split("begin 644").Length - 1);
    }

    [Theory]
    [InlineData("begin ")]
    [InlineData("=ybegin ")]
    [InlineData("=ybegin line=1 size=1 name=a\n=yend\n")]
    public void Marks_by_the_hundred_thousand_cost_no_square(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 3_000_000 / mark.Length));
        var started = Stopwatch.GetTimestamp();

        var message = Read(text);
        _ = (message.Files.Count(), MailText.Full(message));

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
    }

    private static MimeMessage Read(string text) => MimeMessage.Read(Encoding.UTF8.GetBytes("Subject: x\n\n" + text));
}
