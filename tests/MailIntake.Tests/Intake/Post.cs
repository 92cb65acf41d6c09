using System.Text;

using MailIntake.Mail.Mime;
using MailIntake.Mail.Writing;

namespace MailIntake.Tests.Intake;

/// <summary>Writes the mail of the tests.</summary>
internal static class Post
{
    public const string Haigang = "haigang@example.com";
    public const string Stranger = "someone@elsewhere.example";

    private static int _count;

    /// <summary>A mail that a person might send; each is different from every other unless the id is given.</summary>
    public static byte[] Letter(
        string from = Haigang,
        string subject = "关于报送创新成果材料的函",
        string text = "现报送材料，请查收。",
        string? id = null,
        string? inReplyTo = null,
        (string Name, string Value)[]? headers = null,
        params OutgoingFile[] files) =>
        new OutgoingMessage
        {
            From = new MailAddress(null, from),
            To = [new MailAddress(null, "qhdghgz@126.com")],
            Subject = subject,
            Date = new DateTimeOffset(2018, 9, 20, 9, 0, 0, TimeSpan.FromHours(8)),
            MessageId = id ?? $"<test-{Interlocked.Increment(ref _count)}@example.com>",
            InReplyTo = inReplyTo,
            ExtraHeaders = [.. (headers ?? []).Select(h => KeyValuePair.Create(h.Name, h.Value))],
            Text = text,
            Files = files,
        }.ToBytes();

    public static OutgoingFile TextFile(string name, string text) => new(name, "text/plain", Encoding.UTF8.GetBytes(text));

    /// <summary>A brief (简要材料) that says its title.</summary>
    public static OutgoingFile Brief(string title, string fileName = "简要材料.txt", string more = "") =>
        TextFile(fileName, $"{title}\n\n针对职工反映集中的问题，我们搭建线上议事平台，让职工诉求件件有回音。{more}");

    /// <summary>A write-up (总结材料) with the four sections.</summary>
    public static OutgoingFile Writeup(string title, string fileName = "总结材料.txt", string more = "") =>
        TextFile(fileName, $"{title}\n\n一、创新背景\n职工诉求多样。{more}\n二、创新点\n线上议事。\n三、创新举措和过程\n搭建平台，分批推进。\n四、取得成效\n职工满意。");

    /// <summary>A declaration form (申报表) as .docx.</summary>
    public static OutgoingFile Form(string title, string unit = "海港区总工会", string fileName = "申报表.docx") =>
        new(fileName, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", WordForm.Write(title, unit));

    public static OutgoingFile Zip(string name, params (string Path, ReadOnlyMemory<byte> Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(content.Span);
            }
        }

        return new OutgoingFile(name, "application/zip", stream.ToArray());
    }
}
