using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;
using Xunit;

namespace MailIntake.Mail.Tests.Imap;

public sealed class ImapWireTests
{
    private const string Transcript =
        "* LIST (\\HasNoChildren \\Junk) \"/\" \"a \\\"b\\\\\"\r\n"
        + "* 12 FETCH (UID 1400000007 BODY[HEADER.FIELDS (DATE FROM)]<0> {8}\r\n)\"\r\n(*{3 NIL FLAGS ())\r\n"
        + "* SEARCH  1 22   333 \r\n"
        + "A7 OK [READ-ONLY] EXAMINE done\r\n";

    [Fact]
    public void Every_split_of_a_response_gives_the_same_tokens()
    {
        var bytes = Encoding.UTF8.GetBytes(Transcript);
        var whole = Tokens(bytes, bytes.Length);
        Assert.Equal(
            [
                "*", "LIST", "(", "\\HasNoChildren", "\\Junk", ")", "'/'", "'a \"b\\'", "$",
                "*", "12", "FETCH", "(", "UID", "1400000007", "BODY[HEADER.FIELDS (DATE FROM)]<0>", "{)\"\r\n(*{3}", "NIL", "FLAGS", "(", ")", ")", "$",
                "*", "SEARCH", "1", "22", "333", "$",
                "A7", "OK", "[READ-ONLY]", "EXAMINE", "done", "$",
            ],
            whole);
        for (var split = 1; split < bytes.Length; split++)
        {
            Assert.Equal(whole, Tokens(bytes, split));
        }

        Assert.Equal(whole, Tokens(bytes, 1, always: true));
    }

    [Fact]
    public void Modified_UTF_7_gives_back_every_name()
    {
        Assert.Equal("垃圾邮件", ModifiedUtf7.Decode("&V4NXPpCuTvY-"));
        Assert.Equal("&g0l6P3ux-", ModifiedUtf7.Encode("草稿箱"));
        Assert.Equal("a&-b &2D3cqQ-", ModifiedUtf7.Encode("a&b 💩"));
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var name = string.Concat(text.Get.EnumerateRunes().Select(r => r.ToString()));
            return ModifiedUtf7.Decode(ModifiedUtf7.Encode(name)) == name;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("&")]
    [InlineData("a & b")]
    [InlineData("&V4NX-")]
    [InlineData("&!!!-")]
    [InlineData("垃圾邮件")]
    public void What_is_no_modified_UTF_7_stays_as_it_is(string name) => Assert.Equal(name, ModifiedUtf7.Decode(name));

    [Theory]
    [InlineData("17-Jul-2018 02:44:25 +0800", "2018-07-16T18:44:25Z")]
    [InlineData(" 7-Jul-2018 02:44:25 -0330", "2018-07-07T06:14:25Z")]
    [InlineData("07-jul-2018 02:44:25 +0000", "2018-07-07T02:44:25Z")]
    public void Dates_of_one_and_two_digits_are_read(string text, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), ImapDate.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("31-Feb-2018 02:44:25 +0800")]
    [InlineData("yesterday")]
    public void What_is_no_date_is_none(string text) => Assert.Null(ImapDate.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(new uint[] { 5, 9, 11 }, new uint[] { 5, 9, 11 }, "5:11")]
    [InlineData(new uint[] { 5, 11 }, new uint[] { 5, 9, 11 }, "5,11")]
    [InlineData(new uint[] { 11, 9, 5, 9 }, new uint[] { 1, 5, 9, 11, 12 }, "5:11")]
    [InlineData(new uint[] { 4, 5 }, new uint[] { 5 }, "4,5")]
    [InlineData(new uint[] { 7 }, new uint[] { }, "7")]
    public void Messages_that_follow_each_other_become_a_range(uint[] wanted, uint[] folder, string set) =>
        Assert.Equal(set, Assert.Single(UidSet.Split(wanted, folder)).Set);

    [Fact]
    public void Sets_stay_short_and_ask_for_each_message_once()
    {
        var folder = Enumerable.Range(0, 3000).Select(i => 1_400_000_000u + (uint)(i * 3)).ToArray();
        var wanted = folder.Where((_, i) => i % 3 != 1).ToArray();
        var parts = UidSet.Split(wanted, folder).ToArray();
        Assert.All(parts, p => Assert.InRange(p.Set.Length, 1, UidSet.MaxLength));
        Assert.Equal(wanted, parts.SelectMany(p => p.Uids));
        Assert.Equal(
            wanted,
            parts.SelectMany(p => p.Set.Split(',')).Select(r => r.Split(':')).SelectMany(r => folder.Where(uid =>
                uid >= uint.Parse(r[0], CultureInfo.InvariantCulture) && uid <= uint.Parse(r[^1], CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("plain", true, "A \"plain\"\r\n")]
    [InlineData("a \"b\" \\c", true, "A \"a \\\"b\\\" \\\\c\"\r\n")]
    [InlineData("码", true, "A {3+}\r\n码\r\n")]
    [InlineData("码", false, "A {3}\r\n|码\r\n")]
    [InlineData("x\r\nA2 LOGOUT", true, "A {12+}\r\nx\r\nA2 LOGOUT\r\n")]
    public void Strings_are_quoted_or_sent_as_literals(string value, bool literalPlus, string expected) =>
        Assert.Equal(expected, string.Join('|', new ImapWriter(literalPlus).Atom("A").String(value).Finish().Select(Encoding.UTF8.GetString)));

    private static List<string> Tokens(byte[] bytes, int split, bool always = false)
    {
        var limit = new StepLimit(TimeProvider.System, TimeSpan.FromMinutes(1));
        var reader = new ImapReader(new BlockingInput(new SplitStream(bytes, split, always), limit));
        var tokens = new List<string>();
        while (tokens.Count(t => t == "$") < 4)
        {
            var token = reader.Begin();
            tokens.Add(token.Kind switch
            {
                ImapTokenKind.Open => "(",
                ImapTokenKind.Close => ")",
                ImapTokenKind.EndOfLine => "$",
                ImapTokenKind.Quoted => "'" + token.ToString() + "'",
                ImapTokenKind.Literal => "{" + Literal(reader, token.Length) + "}",
                _ => token.ToString(),
            });
        }

        return tokens;
    }

    private static string Literal(ImapReader reader, long length)
    {
        using var literal = new LiteralStream(reader, length);
        using var text = new StreamReader(literal, Encoding.Latin1);
        return text.ReadToEnd();
    }

    /// <summary>Gives what is before the split, then what is after it; or so many bytes each time.</summary>
    private sealed class SplitStream(byte[] bytes, int split, bool always) : MemoryStream(bytes, writable: false)
    {
        public override int Read(Span<byte> buffer)
        {
            var most = always ? split : Position < split ? split - (int)Position : buffer.Length;
            return base.Read(buffer[..Math.Min(most, buffer.Length)]);
        }
    }
}
