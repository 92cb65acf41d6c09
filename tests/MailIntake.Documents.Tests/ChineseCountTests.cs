using FsCheck.Fluent;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Tests;

public sealed class ChineseCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\n\u3000\u00A0", 0)]
    [InlineData("你好,世界", 5)]
    [InlineData("hello, world", 2)]
    [InlineData("你好，世界。", 6)]
    [InlineData("abc\ndef", 2)]
    [InlineData("a你b", 3)]
    [InlineData("97.5%", 1)]
    [InlineData("职工99人", 4)]
    [InlineData("𠀀𠀁x", 3)]
    [InlineData("😀😀", 1)]
    public void A_text_counts_as_the_rule_says(string text, int expected) => Assert.Equal(expected, ChineseCount.Of(text));

    public static TheoryData<int, bool> Borders => new()
    {
        { 0x10FF, false }, { 0x1100, true }, { 0x11FF, true }, { 0x1200, false },
        { 0x2E7F, false }, { 0x2E80, true }, { 0x2FDF, true }, { 0x2FE0, false },
        { 0x3000, false }, { 0x3001, true }, { 0x303F, true }, { 0x3040, true }, { 0x30FF, true }, { 0x3100, false },
        { 0x312F, false }, { 0x3130, true }, { 0x318F, true }, { 0x3190, false },
        { 0x33FF, false }, { 0x3400, true }, { 0x4DBF, true }, { 0x4DC0, false },
        { 0x4DFF, false }, { 0x4E00, true }, { 0x9FFF, true }, { 0xA000, false },
        { 0xA95F, false }, { 0xA960, true }, { 0xA97F, true }, { 0xA980, false },
        { 0xABFF, false }, { 0xAC00, true }, { 0xD7FF, true },
        { 0xF8FF, false }, { 0xF900, true }, { 0xFAFF, true }, { 0xFB00, false },
        { 0xFF00, false }, { 0xFF01, true }, { 0xFFEF, true }, { 0xFFF0, false },
        { 0x1FFFF, false }, { 0x20000, true }, { 0x3FFFF, true }, { 0x40000, false },
    };

    [Theory]
    [MemberData(nameof(Borders))]
    public void Each_border_of_the_ranges_is_kept(int codePoint, bool alone)
    {
        var twice = char.ConvertFromUtf32(codePoint) + char.ConvertFromUtf32(codePoint);

        Assert.Equal(alone, ChineseCount.CountsAlone(codePoint));
        Assert.Equal(alone ? 2 : codePoint == 0x3000 ? 0 : 1, ChineseCount.Of(twice));
    }

    [Theory]
    [InlineData("“好”", 3, 1)]
    [InlineData("11:00—15:00", 3, 1)]
    [InlineData("等等……", 4, 2)]
    [InlineData("‘先锋’", 4, 2)]
    public void Disputed_marks_count_one_each_and_can_be_left_out(string text, int with, int without)
    {
        Assert.Equal(with, ChineseCount.Of(text));
        Assert.Equal(without, ChineseCount.WithoutDisputed(text));
    }

    [Fact]
    public void A_lone_surrogate_is_a_character_like_any_other() => Assert.Equal(1, ChineseCount.Of("\uD840"));

    [Fact]
    public void Paragraphs_count_one_by_one()
    {
        Seeded.Check(Prop.ForAll<string, string>((a, b) => ChineseCount.Of((a ?? "") + "\n" + (b ?? "")) == ChineseCount.Of(a) + ChineseCount.Of(b)));
    }

    [Fact]
    public void Leaving_disputed_marks_out_never_adds()
    {
        Seeded.Check(Prop.ForAll<string>(text => ChineseCount.WithoutDisputed(text) <= ChineseCount.Of(text)));
    }

    [Fact]
    public void Spaces_around_a_character_change_nothing()
    {
        Seeded.Check(Prop.ForAll(Gen.Choose(0x4E00, 0x9FFF).ToArbitrary(), ArbMap.Default.ArbFor<string>(), (code, text) =>
        {
            var mark = char.ConvertFromUtf32(code);
            return ChineseCount.Of($"{text} {mark} {text}") == ChineseCount.Of($"{text}{mark}{text}");
        }));
    }
}
