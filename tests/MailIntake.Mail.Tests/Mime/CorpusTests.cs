using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>Every message in tests/Corpus/mail against the JSON beside it, with LF and with CR LF.</summary>
public sealed class CorpusTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static TheoryData<string, bool> Messages()
    {
        var data = new TheoryData<string, bool>();
        foreach (var path in Directory.GetFiles(Corpus.Folder, "*.eml").Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileNameWithoutExtension(path), false);
            data.Add(Path.GetFileNameWithoutExtension(path), true);
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
        var expected = JsonSerializer.Deserialize<Expectation>(File.ReadAllText(Path.Combine(Corpus.Folder, name + ".json")), Json)!;
        var raw = File.ReadAllBytes(Path.Combine(Corpus.Folder, name + ".eml"));

        var message = MimeMessage.Read(crLf ? Corpus.ToCrLf(raw) : raw);

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

    private sealed record ExpectedFile(string? Name, string Sha256);

    private sealed record ExpectedMessage(string Subject, IReadOnlyList<ExpectedFile> Files);

    private sealed record Expectation(
        string Subject,
        MailAddress? From,
        string Text,
        IReadOnlyList<ExpectedFile> Files,
        IReadOnlyList<string> Faults,
        IReadOnlyList<MailAddress>? To = null,
        IReadOnlyList<string>? References = null,
        string? InReplyTo = null,
        IReadOnlyList<bool>? Inline = null,
        IReadOnlyList<ExpectedMessage>? Messages = null,
        IReadOnlyList<string>? Signed = null);
}
