using System.Security.Cryptography;
using System.Text;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using MailIntake.Mail.Tests.Mime;
using Xunit;

namespace MailIntake.Mail.Tests.Messages;

/// <summary>What every reader of mail must do: the whole corpus, and what the worker relies on beside it.</summary>
public abstract class MessageReaderContract
{
    /// <summary>Faults that every reader tells.</summary>
    private static readonly string[] Told = [MimeFaults.EncryptedMail, MimeFaults.PartialMessage, MimeFaults.ExternalBody];

    public static TheoryData<string, bool> Messages() => CorpusTests.Messages();

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_of_the_corpus_is_read_as_expected_but_for_the_known_differences(string name, bool crLf)
    {
        var read = Reader.Read(Corpus.Raw(name, crLf));

        var differing = Differences(Expectation.Of(name), read).ToList();

        Assert.True(
            Known(name, crLf).Order(StringComparer.Ordinal).SequenceEqual(differing.Select(d => d.Field).Order(StringComparer.Ordinal)),
            $"known to differ: {string.Join(' ', Known(name, crLf))}; differs now:\n{string.Join('\n', differing)}");
    }

    [Fact]
    public void What_stands_in_the_headers_is_told()
    {
        var read = Reader.Read(Encoding.UTF8.GetBytes(
            """
            Received: from mx.example.com by store.example.com; Thu, 20 Sep 2018 09:02:05 +0800
            Received: from phone by mx.example.com; Thu, 20 Sep 2018 09:01:00 +0800
            From: =?gbk?B?uqO428f419y5pLvh?= <hgq@Example.COM>
            To: "Zhang, San" <zhang@example.com>, team: li@example.com, wang@example.com;
            Subject: =?utf-8?B?55Sz5oql?=
             =?utf-8?B?5p2Q5paZ?=
            Date: Thu, 20 Sep 2018 09:01:02 +0800
            Message-ID: <a.1@example.com>
            In-Reply-To: <b.2@example.com>
            References: <c.3@example.com>
             <b.2@example.com>
            Content-Type: text/plain; charset=utf-8

            正文

            """.ReplaceLineEndings("\r\n")));

        Assert.Equal("申报材料", read.Subject);
        Assert.Equal(new MailAddress("海港区总工会", "hgq@example.com"), read.From);
        Assert.Equal([new MailAddress("Zhang, San", "zhang@example.com"), new(null, "li@example.com"), new(null, "wang@example.com")], read.To);
        Assert.Equal(new DateTimeOffset(2018, 9, 20, 1, 1, 2, TimeSpan.Zero), read.Date);
        Assert.Equal(new DateTimeOffset(2018, 9, 20, 1, 2, 5, TimeSpan.Zero), read.Received);
        Assert.Equal("<a.1@example.com>", read.MessageId);
        Assert.Equal("<b.2@example.com>", read.InReplyTo);
        Assert.Equal(["<c.3@example.com>", "<b.2@example.com>"], read.References);
        Assert.Equal("正文", MailText.Readable(read));
    }

    [Fact]
    public void What_is_missing_is_told_to_be_missing()
    {
        var read = Reader.Read("X-Mailer: x\r\n\r\ntext\r\n"u8.ToArray());

        Assert.Equal(("", null, null, null, null, null), (read.Subject, read.From, read.Date, read.Received, read.MessageId, read.InReplyTo));
        Assert.Empty(read.To);
        Assert.Empty(read.References);
        Assert.Empty(read.Files);
    }

    [Fact]
    public void Headers_are_found_by_name_in_any_case_and_come_top_first()
    {
        var headers = Reader.Read("X-First: 1\r\nReceived: by a;\r\n\tone\r\nReceived: by b; two\r\nX-CM-TRANSID:abc\r\n\r\n"u8.ToArray()).Headers;

        Assert.Equal(["X-First", "Received", "Received", "X-CM-TRANSID"], headers.All.Select(h => h.Key));
        Assert.Equal(["by a; one", "by b; two"], headers.FindAll("received"));
        Assert.Equal("abc", headers.Find("x-cm-transid"));
        Assert.Null(headers.Find("X-Second"));
        Assert.True(headers.Contains("X-FIRST"));
    }

    [Fact]
    public void A_file_is_decoded_while_it_is_read_and_tells_which_bytes_it_is_done_with()
    {
        var file = new byte[3_000_000];
        new Random(1).NextBytes(file);
        var raw = Encoding.ASCII.GetBytes(
            "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks) + "\r\n");
        var done = 0L;

        using var content = Assert.Single(Reader.Read(raw, (_, length) => done += length).Files).OpenContent();

        Assert.Equal(SHA256.HashData(file), SHA256.HashData(content));
        Assert.InRange(done, raw.Length - (2 << 20), raw.Length * 2L);
    }

    [Fact]
    public void Fifty_messages_in_one_another_end_in_one_that_is_not_opened_and_kept()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(i => $"Subject: {i}\r\nContent-Type: message/rfc822\r\n\r\n")) + "Subject: last\r\n\r\nbody\r\n";

        var part = Assert.Single(Reader.Read(Encoding.ASCII.GetBytes(text)).Files);
        while (part.Message is { } inner)
        {
            part = Assert.Single(inner.Files);
        }

        Assert.True(part.IsTooDeep);
        using var content = new StreamReader(part.OpenContent());
        Assert.Contains("Subject: last", content.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_messages_are_read_without_an_exception()
    {
        byte[][] seeds = [.. Corpus.Names.Select(name => Corpus.Raw(name, crLf: false))];
        var random = new Random(20261128);
        for (var i = 0; i < 3_000; i++)
        {
            Assert.Null(Record.Exception(() => All(Reader.Read(Mutation.Of(seeds, random)))));
        }
    }

    /// <summary>The reader.</summary>
    protected abstract IMessageReader Reader { get; }

    /// <summary>The fields of a message of the corpus that this reader reads in another way, each for a reason that is written down.</summary>
    protected virtual IEnumerable<string> Known(string name, bool crLf) => [];

    private static IEnumerable<(string Field, string Expected, string Read)> Differences(Expectation expected, IMessage read)
    {
        var files = read.Files.ToList();
        var inner = files.Select(f => f.Message).OfType<IMessage>().Select(m => $"{m.Subject} [{string.Join(", ", m.Files.Select(f => f.FileName))}]");
        (string Field, string Expected, string Read)[] all =
        [
            ("subject", expected.Subject, read.Subject),
            ("from", $"{expected.From}", $"{read.From}"),
            ("text", expected.Text, MailText.Readable(read)),
            ("names", string.Join(", ", expected.Files.Select(f => f.Name)), string.Join(", ", files.Select(f => f.FileName))),
            ("bytes", string.Join(", ", expected.Files.Select(f => f.Sha256)), string.Join(", ", files.Select((f, i) => Hash(f, expected.Files.ElementAtOrDefault(i)?.Sha256)))),
            ("faults", string.Join(", ", expected.Faults.Where(Told.Contains)), string.Join(", ", read.Faults.Select(f => f.Code).Where(Told.Contains))),
            ("signed", string.Join(", ", expected.Signed ?? []), string.Join(", ", MailSignatures.Find(read).Select(s => s.ToString().ToLowerInvariant()))),
            ("to", string.Join(", ", expected.To ?? read.To), string.Join(", ", read.To)),
            ("references", string.Join(", ", expected.References ?? read.References), string.Join(", ", read.References)),
            ("reply", expected.InReplyTo ?? read.InReplyTo ?? "", read.InReplyTo ?? ""),
            ("inline", string.Join(", ", expected.Inline ?? files.Select(f => f.IsInline)), string.Join(", ", files.Select(f => f.IsInline))),
            ("messages", string.Join("; ", expected.Messages?.Select(m => $"{m.Subject} [{string.Join(", ", m.Files.Select(f => f.Name))}]") ?? inner), string.Join("; ", inner)),
        ];
        return all.Where(one => one.Expected != one.Read);
    }

    /// <summary>Of the bytes as they are, or with line feeds alone where that is what is expected.</summary>
    private static string Hash(IMessagePart part, string? expected)
    {
        using var content = part.OpenContent();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        var lines = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes.ToArray()).ReplaceLineEndings("\n"));
        return Convert.ToHexStringLower(SHA256.HashData(lines)) is var plain && plain == expected ? plain : Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    private static void All(IMessage message)
    {
        _ = (message.Subject, message.From, message.To, message.Date, message.Received, message.MessageId, message.InReplyTo, message.References, message.Faults);
        _ = (MailText.Readable(message), AutomaticMail.Classify(message), DeliveryReport.TryRead(message), Authentication.Read(message, ["mx"]));
        _ = (CloudAttachment.Find(message), MailSignatures.Find(message));
        foreach (var file in message.Files)
        {
            _ = (file.FileName, file.IsInline, file.IsTooDeep);
            using var content = file.OpenContent();
            content.CopyTo(Stream.Null);
            if (file.Message is { } inner)
            {
                All(inner);
            }
        }
    }
}
