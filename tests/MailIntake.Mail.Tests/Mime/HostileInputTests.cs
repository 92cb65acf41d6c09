using System.Globalization;
using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>Whatever is sent, reading gives a result and says what was wrong; never an exception, never much memory.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("Subject: ", "=?utf-7?B?K1oxQmxtUS0=?=<\r\n ")]
    [InlineData("To: ", "hgq@examp: ")]
    public void A_long_header_took_memory_by_the_square_of_its_length(string name, string piece)
    {
        // Forty times as many pieces: by the square it would be sixteen hundred times the memory.
        var small = AllocatedBy(100);
        var large = AllocatedBy(4_000);

        Assert.True(large < small * 200, $"{small} bytes for 100 pieces, {large} for 4,000.");

        long AllocatedBy(int pieces)
        {
            var raw = System.Text.Encoding.ASCII.GetBytes(name + string.Concat(Enumerable.Repeat(piece, pieces)) + "x\r\n\r\n");
            Assert.True(Read() >= 0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read();
            return GC.GetAllocatedBytesForCurrentThread() - before;

            int Read()
            {
                var message = MimeMessage.Read(raw);
                return message.Subject.Length + message.To.Count;
            }
        }
    }

    [Fact]
    public void Ten_thousand_headers_leave_the_needed_ones_readable()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            text.Append("X-Noise-").Append(i).Append(": ").Append(i).Append('\n');
        }

        text.Append("From: a@example.com\nSubject: last\nContent-Type: text/html\n\n<p>body</p>");
        var message = Read(text.ToString());

        Assert.Equal("last", message.Subject);
        Assert.Equal("a@example.com", message.From?.Address);
        Assert.Equal("body", MailText.Readable(message));
        Assert.Equal([MimeFaults.TooManyHeaders], Codes(message));
        Assert.True(message.Headers.Count < 2_100);
    }

    [Fact]
    public void Five_hundred_nested_multiparts_end_in_one_unopened_part_that_is_kept()
    {
        var text = new StringBuilder("Subject: deep\n");
        for (var i = 0; i < 500; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        }

        text.Append("Content-Type: application/pdf; name=a.pdf\n\ncontent");
        var message = Read(text.ToString());

        Assert.Contains(MimeFaults.TooDeep, Codes(message));
        var file = Assert.Single(message.Files);
        Assert.True(file.IsTooDeep);
        Assert.False(message.Root.IsTooDeep);
        Assert.Contains("a.pdf", Encoding.UTF8.GetString(Corpus.Content(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_multipart_too_deep_in_forwarded_mail_was_read_as_the_mails_text()
    {
        var text = "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nmaterial\n--b--\n";
        var inner = MimeMessage.Read(Encoding.ASCII.GetBytes(text), new MimeLimits { MaxDepth = 2 }).Root.Message!.Root.Message!;

        Assert.True(Assert.Single(inner.Files).IsTooDeep);
        Assert.Equal("", MailText.Readable(inner));
    }

    [Fact]
    public void A_loop_of_forwarded_mail_is_opened_to_the_limit()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Subject: level {i}\nContent-Type: multipart/mixed; boundary=same\n\n--same\nContent-Type: message/rfc822\n\n");
        }

        var message = Read(text.ToString());
        var levels = 0;
        for (var inner = message; inner is not null; inner = inner.Files.FirstOrDefault()?.Message)
        {
            Assert.Equal($"level {levels++}", inner.Subject);
        }

        Assert.InRange(levels, 15, 41);
    }

    [Fact]
    public void A_loop_of_mail_encoded_in_mail_is_opened_to_the_limit()
    {
        var inner = "Subject: 0\n\nend\n";
        for (var i = 1; i < 30; i++)
        {
            inner = $"Subject: {i}\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.ASCII.GetBytes(inner));
        }

        var message = MimeMessage.Read(Encoding.ASCII.GetBytes(inner), new MimeLimits { MaxDepth = 10 });
        var levels = 1;
        while (message.Root.Message is { } next)
        {
            message = next;
            levels++;
        }

        Assert.Equal(10, levels);
        Assert.True(message.Root.IsTooDeep);
    }

    [Fact]
    public void A_part_without_end_and_parts_without_number_stay_within_the_limits()
    {
        var text = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (var i = 0; i < 50_000; i++)
        {
            text.Append("--b\n\nx\n");
        }

        var message = Read(text.ToString());

        Assert.Contains(MimeFaults.TooManyParts, Codes(message));
        Assert.Equal(1_999, message.Root.Children.Count);
    }

    [Theory]
    [InlineData("=?utf-8?B?")]
    [InlineData("=?a?Q?=?")]
    [InlineData("<")]
    [InlineData("(")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("a@b,")]
    [InlineData("--")]
    [InlineData("; x*0*=%E4")]
    [InlineData("\r")]
    [InlineData("\n--b\n")]
    [InlineData("<div>")]
    [InlineData("> ")]
    [InlineData("在1\n")]
    [InlineData("begin 644 a\n")]
    [InlineData("http://")]
    public void A_thing_repeated_ten_thousand_times_is_read(string thing)
    {
        var many = string.Concat(Enumerable.Repeat(thing, 10_000));
        foreach (var type in new[] { "text/plain", "text/html", "multipart/mixed; boundary=b" })
        {
            ReadAll(Encoding.UTF8.GetBytes($"From: {many}\nSubject: {many}\nContent-Disposition: attachment; filename=\"{many}\nContent-Type: {type}\n\n{many}"));
            ReadAll(Encoding.UTF8.GetBytes($"Content-Type: {type}\n\n{many}"));
            ReadAll(Encoding.UTF8.GetBytes(many));
        }
    }

    [Fact]
    public void An_attachment_of_sixty_megabytes_costs_no_large_allocation()
    {
        var line = Encoding.ASCII.GetBytes(new string('A', 76) + "\r\n");
        var head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"u8;
        var raw = new byte[head.Length + (line.Length * 800_000)];
        head.CopyTo(raw);
        for (var at = head.Length; at < raw.Length; at += line.Length)
        {
            line.CopyTo(raw, at);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = Assert.Single(MimeMessage.Read(raw).Files);
        using var content = file.OpenContent();
        var buffer = new byte[64 * 1024];
        long length = 0;
        for (int read; (read = content.Read(buffer)) > 0; length += read)
        {
        }

        Assert.Equal(57L * 800_000, length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Noise_spliced_into_the_corpus_never_throws_and_ranges_stay_inside()
    {
        var random = new Random(20180920);
        var seeds = Directory.GetFiles(Corpus.Folder, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Append([]).ToArray();
        for (var i = 0; i < 3_000; i++)
        {
            ReadAll(Mutation.Of(seeds, random));
        }
    }

    private static MimeMessage Read(string text) => MimeMessage.Read(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Codes(MimeMessage message) => message.Faults.Select(fault => fault.Code).Distinct();

    private static void ReadAll(byte[] raw) => Everything.Read(MimeMessage.Read(raw));
}
