using System.Globalization;
using System.Text;

using MailIntake.Simulation.Documents;

namespace MailIntake.Simulation.Letters;

/// <summary>Mail that breaks programs. Each is what a unit might send, gone wrong, or what somebody sends to do harm.</summary>
public static class BrokenMails
{
    /// <summary>The ten, each with a name and the address it claims to come from (null for none).</summary>
    /// <param name="addresses">Ten addresses of units.</param>
    /// <param name="mailbox">The campaign's mailbox.</param>
    public static IReadOnlyList<(string Name, string? From, byte[] Bytes)> All(IReadOnlyList<string> addresses, string mailbox)
    {
        var make = new Materials(10);
        LetterFile form = new("申报表.docx", make.Form("“断头路”工作法", "某单位工会", "王建国", "2026年5月4日"));
        return
        [
            ("truncated", addresses[0], Truncated(LetterWriter.Write(Plain(0, form)))),
            ("binary noise", null, Noise(64 * 1024)),
            ("10,000 headers", addresses[2], ManyHeaders(Plain(2, form), 10_000)),
            ("500 nested multiparts", addresses[3], NestedMultiparts(500, addresses[3], mailbox)),
            ("60 MB attachment", addresses[4], LetterWriter.Write(Plain(4, new LetterFile("佐证材料.bin", NoiseBytes(60 << 20))))),
            ("zip bomb", addresses[5], LetterWriter.Write(Plain(5, new LetterFile("总结材料.zip", Bomb())))),
            ("path in a name", addresses[6], LetterWriter.Write(Plain(6, new LetterFile("../../etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"u8.ToArray())))),
            ("loop of forwarded mail", addresses[7], ForwardedLoop(Plain(7, form), 200)),
            ("empty file", addresses[8], LetterWriter.Write(Plain(8, new LetterFile("申报表.docx", [])))),
            ("no headers at all", null, "\r\n材料见附件，请查收。\r\n"u8.ToArray()),
        ];

        Letter Plain(int number, LetterFile file) => new()
        {
            FromName = "某单位工会",
            FromAddress = addresses[number],
            To = mailbox,
            Subject = "申报材料",
            Text = "材料见附件。",
            Date = new DateTimeOffset(2026, 5, 4, 9, number, 0, TimeSpan.FromHours(8)),
            MessageId = string.Create(CultureInfo.InvariantCulture, $"<broken.{number}.{addresses[number]}>"),
            Files = [file],
        };
    }

    private static byte[] Truncated(byte[] mail) => mail[..(mail.Length * 2 / 3)];

    private static byte[] NoiseBytes(int length)
    {
        byte[] noise = new byte[length];
        new Random(10).NextBytes(noise);
        return noise;
    }

    /// <summary>All bytes but NUL, which no mail server passes on.</summary>
    private static byte[] Noise(int length) => [.. NoiseBytes(length).Select(b => b == 0 ? (byte)1 : b)];

    private static byte[] ManyHeaders(Letter letter, int count) =>
        LetterWriter.Write(letter with { Headers = [.. Enumerable.Range(0, count).Select(i => ($"X-Header-{i.ToString(CultureInfo.InvariantCulture)}", "value"))] });

    private static byte[] NestedMultiparts(int depth, string from, string mailbox)
    {
        var mail = new StringBuilder($"From: {from}\r\nTo: {mailbox}\r\nSubject: nested\r\nMessage-ID: <broken.3.{from}>\r\nMIME-Version: 1.0\r\n");
        for (int i = 0; i < depth; i++)
        {
            mail.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=\"b{i}\"\r\n\r\n--b{i}\r\n");
        }

        mail.Append("Content-Type: text/plain\r\n\r\nat the bottom\r\n");
        for (int i = depth - 1; i >= 0; i--)
        {
            mail.Append(CultureInfo.InvariantCulture, $"--b{i}--\r\n");
        }

        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    private static byte[] ForwardedLoop(Letter letter, int depth)
    {
        byte[] mail = LetterWriter.Write(letter);
        for (int i = 0; i < depth; i++)
        {
            mail = LetterWriter.Write(letter with { Files = [], Forwarded = mail });
        }

        return mail;
    }

    private static byte[] Bomb()
    {
        var zip = new ZipWriter();
        zip.AddBomb("总结材料.txt", 200 << 20, 50);
        return zip.ToBytes();
    }
}
