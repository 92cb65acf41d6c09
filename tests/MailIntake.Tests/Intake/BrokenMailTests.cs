using System.Globalization;
using System.Text;

using MailIntake.Mail.Writing;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

/// <summary>Mail that a hostile or broken program wrote, among good mail.</summary>
public class BrokenMailTests
{
    [Fact]
    public async Task Broken_mails_stop_no_good_one_and_each_ends_somewhere()
    {
        await using var bench = await IntakeBench.OpenAsync();
        byte[][] broken =
        [
            [],
            "\r\n\r\n"u8.ToArray(),
            [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7919 >> 3))],
            Truncated(),
            ManyHeaders(),
            Nested(500),
            ForwardLoop(30),
            Post.Letter(files: Bomb()),
            Post.Letter(files: new OutgoingFile("../../etc/passwd", "application/octet-stream", "root"u8.ToArray())),
            Post.Letter(files: Post.Zip("材料.zip", ("../../../etc/cron.d/x", "x"u8.ToArray()))),
            Post.Letter(files: new OutgoingFile("申报表.docx", "application/msword", ReadOnlyMemory<byte>.Empty)),
        ];
        foreach (var mail in broken)
        {
            bench.Inbox.Add(mail);
            bench.Inbox.Add(Post.Letter(files: Post.Writeup("职工码上议事厅平台", more: mail.Length.ToString(CultureInfo.InvariantCulture))));
        }

        var counts = await bench.RunAsync();

        Assert.Equal(0, counts.Failed);
        Assert.Equal(2 * broken.Length, counts.Fetched);
        var messages = await bench.MessagesAsync();
        Assert.All(messages, m => Assert.Contains(m.State, new[] { MessageState.Filed, MessageState.Held, MessageState.Ignored }));
        Assert.True(messages.Count(m => m.State == MessageState.Filed) >= broken.Length);
        Assert.All(bench.TreeFiles(), f => Assert.StartsWith("2018/县区/海港区总工会/2018-haigang-0", f, StringComparison.Ordinal));
        Assert.Contains("archive-bomb", string.Concat(messages.Select(m => m.FindingsJson)) + string.Concat((await bench.ReadAsync(d => d.Materials)).Select(m => m.FindingsJson)), StringComparison.Ordinal);
    }

    private static byte[] Truncated()
    {
        var whole = Post.Letter(files: Post.Form("职工码上议事厅平台"));
        return whole[..(whole.Length * 2 / 3)];
    }

    private static byte[] ManyHeaders()
    {
        var text = new StringBuilder("From: haigang@example.com\r\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"X-Header-{i}: {i}\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("Subject: x\r\n\r\nbody").ToString());
    }

    private static byte[] Nested(int depth)
    {
        var text = new StringBuilder("From: haigang@example.com\r\n");
        for (var i = 0; i < depth; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("Content-Type: text/plain\r\n\r\nend").ToString());
    }

    private static byte[] ForwardLoop(int depth)
    {
        var mail = Post.Letter(files: Post.Form("职工码上议事厅平台"));
        for (var i = 0; i < depth; i++)
        {
            mail = Post.Letter(files: new OutgoingFile("转发.eml", "message/rfc822", mail));
        }

        return mail;
    }

    private static OutgoingFile Bomb() => Post.Zip("炸弹.zip", ("零.txt", new byte[60 << 20]));
}
