using System.Globalization;
using System.Text;

namespace MailIntake.Fetch;

/// <summary>A Maildir of composed messages, written where the server keeps it.</summary>
internal static class FilledMailbox
{
    /// <summary>Writes messages of random text, the same in every run.</summary>
    /// <param name="maildir">The Maildir.</param>
    /// <param name="count">Messages.</param>
    /// <param name="smallest">Bytes of the smallest, about.</param>
    /// <param name="largest">Bytes of the largest, about.</param>
    public static void Write(string maildir, int count, int smallest, int largest)
    {
        foreach (var name in new[] { "cur", "new", "tmp" })
        {
            Directory.CreateDirectory(Path.Combine(maildir, name));
        }

        var random = new Random(20181101);
        var block = new byte[57];
        var text = new StringBuilder(largest + 1000);
        for (var i = 0; i < count; i++)
        {
            text.Clear();
            text.Append(CultureInfo.InvariantCulture, $"""
                Return-Path: <unit{i % 60}@example.com>
                Received: from mail.example.com by mx.example.com; Thu, 20 Sep 2018 09:00:00 +0800
                From: =?utf-8?B?5rW35riv5Yy65oC75bel5Lya?= <unit{i % 60}@example.com>
                To: <qhdghgz@126.com>
                Subject: =?utf-8?B?5oql6YCB5p2Q5paZ?= {i}
                Message-ID: <bench-{i}@example.com>
                Date: Thu, 20 Sep 2018 09:00:00 +0800
                MIME-Version: 1.0
                Content-Type: application/octet-stream
                Content-Transfer-Encoding: base64


                """).Replace("\r\n", "\n");
            var size = random.Next(smallest, largest + 1);
            while (text.Length < size)
            {
                random.NextBytes(block);
                text.Append(Convert.ToBase64String(block)).Append('\n');
            }

            File.WriteAllText(Path.Combine(maildir, "new", string.Create(CultureInfo.InvariantCulture, $"{1537405200 + i}.M{i}P1.bench")), text.ToString(), Encoding.ASCII);
        }
    }
}
