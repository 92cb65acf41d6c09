using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Tests.Mime;
using MailIntake.Mail.Writing;
using Xunit;

namespace MailIntake.Mail.Tests.Writing;

/// <summary>Whatever is written is read back, whatever stands in it.</summary>
public sealed class WriterProperties
{
    private const string Alphabet = "abc ABC019.,;:\"'\\()<>@[]{}=?_-+%*&#/|~^$!秦皇岛市总工会成果，。《》（）﹝﹞½éüß😀𠮷ｱ\t\r\n\0";

    [Fact]
    public void Subject_names_and_files_come_back()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20180920, 1), Prop.ForAll(Messages().ToArbitrary(), Comes_back));
    }

    private static void Comes_back(OutgoingMessage sent)
    {
        var raw = sent.ToBytes();
        var read = MimeMessage.Read(raw);

        Everything.Read(read);
        Assert.Empty(read.Faults);
        Assert.All(raw, b => Assert.True(b is >= 32 and < 127 or 13 or 10));
        Assert.All(Encoding.ASCII.GetString(raw).Split("\r\n"), line => Assert.True(line.Length <= 76 && !line.Contains('\n') && !line.Contains('\r'), line));
        Assert.Equal(Cleaned(sent.Subject), read.Subject);
        Assert.Equal(Cleaned(sent.From.Name!).Length == 0 ? null : Cleaned(sent.From.Name!), read.From?.Name);
        Assert.Equal(sent.Text.ReplaceLineEndings("\n"), TextOf(read).ReplaceLineEndings("\n"));
        var files = read.Files.ToList();
        Assert.Equal(sent.Files.Select(file => Cleaned(file.FileName)).OrderBy(name => name, StringComparer.Ordinal), files.Select(file => file.FileName).OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal(sent.Files.Select(file => Convert.ToHexString(file.Content.Span)).Order(StringComparer.Ordinal), files.Select(file => Convert.ToHexString(Corpus.Content(file))).Order(StringComparer.Ordinal));
    }

    private static string TextOf(MimeMessage message)
    {
        var part = message.Root;
        while (part.Children.Count > 0)
        {
            part = part.Children[0];
        }

        return part.ReadText();
    }

    private static string Cleaned(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static Gen<OutgoingMessage> Messages() =>
        from subject in Texts(0, 120)
        from name in Texts(1, 60).Where(text => Cleaned(text).Trim('"', '\'', ' ') == Cleaned(text))
        from text in Texts(0, 400).Select(text => text.Replace("\0", "", StringComparison.Ordinal))
        from html in Gen.Elements(null, "<p>材料</p><img src=\"cid:x1\">")
        from files in Gen.ListOf(Files()).Select(list => list.Take(4).ToList())
        select new OutgoingMessage
        {
            From = new MailAddress(name, "a@example.com"),
            To = [new MailAddress(null, "b@example.com")],
            Subject = subject,
            Date = new DateTimeOffset(2018, 9, 20, 9, 2, 3, TimeSpan.FromHours(8)),
            MessageId = "<1@example.com>",
            Text = text,
            Html = html,
            Files = files,
        };

    private static Gen<OutgoingFile> Files() =>
        from name in Texts(1, 80).Where(text => Cleaned(text).Length > 0)
        from content in Gen.ArrayOf(Gen.Choose(0, 255).Select(number => (byte)number))
        from shown in Gen.Elements(null, "x1")
        select new OutgoingFile("n" + name, "application/pdf", content, shown);

    private static Gen<string> Texts(int shortest, int longest) =>
        from length in Gen.Choose(shortest, longest)
        from runes in Gen.ListOf(Gen.Elements(Alphabet.EnumerateRunes().ToArray()), length)
        select string.Concat(runes.Select(rune => rune.ToString()));
}
