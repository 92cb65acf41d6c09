using System.Security.Cryptography;
using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>Every message in tests/Corpus/mail against the JSON beside it, with LF and with CR LF.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string, bool> Messages()
    {
        var data = new TheoryData<string, bool>();
        foreach (var name in Corpus.Names)
        {
            data.Add(name, false);
            data.Add(name, true);
        }

        return data;
    }

    [Fact]
    public void The_corpus_is_there_and_every_message_has_its_expectation()
    {
        var messages = Directory.GetFiles(Corpus.Folder, "*.eml");
        Assert.True(messages.Length >= 205);
        Assert.All(messages, path => Assert.True(File.Exists(Path.ChangeExtension(path, ".json")), path));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_read_as_expected(string name, bool crLf)
    {
        var expected = Expectation.Of(name);

        var message = MimeMessage.Read(Corpus.Raw(name, crLf));

        Assert.Equal(expected.Subject, message.Subject);
        Assert.Equal(expected.From, message.From);
        Assert.Equal(expected.Text, MailText.Readable(message));
        Assert.Equal(expected.Faults, message.Faults.Select(fault => fault.Code));
        var files = message.Files.ToList();
        Assert.Equal(expected.Files, files.Select(Describe));
        Assert.Equal(expected.To ?? message.To, message.To);
        Assert.Equal(expected.References ?? message.References, message.References);
        Assert.Equal(expected.InReplyTo ?? message.InReplyTo, message.InReplyTo);
        Assert.Equal(expected.Inline ?? files.Select(file => file.IsInline), files.Select(file => file.IsInline));
        Assert.Equal(expected.Signed ?? [], MailSignatures.Find(message).Select(kind => kind.ToString().ToLowerInvariant()));
        if (expected.Messages is { } inner)
        {
            var messages = files.Select(file => file.Message).OfType<MimeMessage>().ToList();
            Assert.Equal(inner.Select(one => one.Subject), messages.Select(one => one.Subject));
            Assert.Equal(inner.SelectMany(one => one.Files), messages.SelectMany(one => one.Files.Select(Describe)));
        }
    }

    private static ExpectedFile Describe(MimePart part)
    {
        var content = Corpus.Content(part);
        if ((part.Headers.All.Any() || part.Message is not null) && part.Headers.Find("Content-Transfer-Encoding") is null)
        {
            content = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(content).ReplaceLineEndings("\n"));
        }

        return new ExpectedFile(part.FileName, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
