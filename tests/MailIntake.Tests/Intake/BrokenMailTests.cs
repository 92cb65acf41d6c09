using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using MailIntake.Domain.Completeness;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database;
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
    }

    [Fact]
    public async Task The_inside_of_500_nested_multiparts_was_filed_as_a_write_up()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Brief("职工码上议事厅平台")));

        var mail = await bench.ReceiveAsync(Nested(500));

        await AssertOtherAsync(bench, mail, "附件", "too-deep", "请将材料以普通附件形式重新报送");
    }

    [Fact]
    public async Task Mail_forwarded_in_mail_too_often_to_be_opened_is_a_problem_and_no_material()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(ForwardLoop(30));

        var file = Assert.Single(await bench.ReadAsync(d => d.Materials.Where(m => m.MessageId == mail.Id)));
        AssertOther(file, "too-deep", "请将材料以普通附件形式重新报送");
    }

    [Fact]
    public async Task A_member_of_a_zip_bomb_was_filed_as_a_write_up()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(files: Bomb()));

        await AssertOtherAsync(bench, mail, "总结材料.zip", "archive-bomb", "已停止解压，请分次报送或直接报送材料原文件。");
    }

    [Fact]
    public async Task A_zip_that_lies_about_its_sizes_was_called_corrupt_and_its_member_filed_as_a_write_up()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(files: LyingZip()));

        await AssertOtherAsync(bench, mail, "总结材料.zip", "archive-bomb", "已停止解压，请直接报送材料原文件。");
    }

    [Fact]
    public async Task A_file_whose_name_is_a_path_is_other_and_stays_in_the_tree()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var root = new OutgoingFile("../../etc/passwd", "application/octet-stream", "root:x:0:0:root:/root:/bin/sh\n"u8.ToArray());

        var mail = await bench.ReceiveAsync(Post.Letter(files: root));

        var file = Assert.Single(await bench.ReadAsync(d => d.Materials.Where(m => m.MessageId == mail.Id)));
        Assert.Equal("other", file.Kind);
        Assert.DoesNotContain('/', file.FileName);
        Assert.Contains(file.TreePath, bench.TreeFiles());
    }

    /// <summary>The mail brought that one file, which is no material and has that one finding, a problem.</summary>
    private static async Task AssertOtherAsync(IntakeBench bench, MessageRow mail, string path, string code, string advice)
    {
        Assert.Equal(MessageState.Filed, mail.State);
        var file = Assert.Single(await bench.ReadAsync(d => d.Materials.Where(m => m.MessageId == mail.Id)));
        Assert.Equal(path, file.PathInMail);
        AssertOther(file, code, advice);
    }

    private static void AssertOther(MaterialRow file, string code, string advice)
    {
        var finding = Assert.Single(FindingsJson.Read(file.FindingsJson));
        Assert.Equal(("other", code, Severity.Problem), (file.Kind, finding.Code, finding.Severity));
        Assert.EndsWith(advice, finding.Message, StringComparison.Ordinal);
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

    /// <summary>A write-up, and beside it much more than such a zip can honestly hold.</summary>
    private static OutgoingFile Bomb() =>
        Post.Zip("总结材料.zip", ("总结材料.txt", Post.Writeup("职工码上议事厅平台").Content), ("零.txt", new byte[60 << 20]));

    /// <summary>A write-up whose size is declared, in both headers, as one byte.</summary>
    private static OutgoingFile LyingZip()
    {
        var zip = Post.Zip("总结材料.zip", ("总结材料.txt", Post.Writeup("职工码上议事厅平台").Content));
        var bytes = zip.Content.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("PK\x03\x04"u8) + 22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("PK\x01\x02"u8) + 24), 1);
        return zip with { Content = bytes };
    }
}
