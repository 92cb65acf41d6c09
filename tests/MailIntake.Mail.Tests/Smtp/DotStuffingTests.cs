using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailIntake.Mail.Smtp;
using Xunit;

namespace MailIntake.Mail.Tests.Smtp;

public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("a\r\nb\r\n", "a\r\nb\r\n")]
    [InlineData(".\r\n..\r\n.a\r\n", "..\r\n...\r\n..a\r\n")]
    [InlineData("a", "a\r\n")]
    [InlineData("a.\r\nb.c\r\n", "a.\r\nb.c\r\n")]
    [InlineData("a\n.\nMAIL FROM:<x>\n", "a\r\n..\r\nMAIL FROM:<x>\r\n")]
    [InlineData("a\r.\r\nb", "a\r\n..\r\nb\r\n")]
    [InlineData("a\r\n\r\n", "a\r\n\r\n")]
    [InlineData("a\r", "a\r\n")]
    [InlineData("", "")]
    public void Dots_are_doubled_and_line_ends_mended(string message, string expected) => Assert.Equal(expected, Encode(message));

    [Fact]
    public void No_message_can_end_itself_early_and_CRLF_lines_come_back_whole()
    {
        var pieces = Gen.Elements(".", "\r\n", "\n", "\r", "a", "..", "材");
        Prop.ForAll(pieces.ArrayOf().Select(string.Concat).ToArbitrary(), message =>
        {
            var encoded = Encode(message);
            var lines = encoded.Split("\r\n");
            var back = string.Join("\r\n", lines.Select(l => l.StartsWith('.') ? l[1..] : l));
            var plain = message.ReplaceLineEndings("\r\n");
            return !lines.Contains(".")
                && !encoded.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n')
                && back == (plain.Length == 0 || plain.EndsWith("\r\n", StringComparison.Ordinal) ? plain : plain + "\r\n");
        }).QuickCheckThrowOnFailure();
    }

    private static string Encode(string message) =>
        string.Concat(DotStuffing.Encode(Encoding.UTF8.GetBytes(message)).Select(piece => Encoding.UTF8.GetString(piece.Span)));
}
