using System.Globalization;
using System.Text;

using FsCheck;
using FsCheck.Fluent;

using MailIntake.Storage.Files;

using Xunit;

namespace MailIntake.Storage.Tests.Files;

public class FileNamesTests
{
    [Theory]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("..", "未命名")]
    [InlineData("", "未命名")]
    [InlineData(" . . ", "未命名")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData(".hidden.", "hidden")]
    [InlineData("con", "_con")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("COM¹.txt", "_COM¹.txt")]
    [InlineData("nul .txt", "_nul .txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("申报表\u202Excod.exe", "申报表xcod.exe")]
    [InlineData("总\u200B结\uFEFF\u00AD材\u2060料\u034F", "总结材料")]
    [InlineData("a\0b\u0007c\u009Fd", "abcd")]
    [InlineData("one\r\n\ttwo\u3000\u00A0three", "one two three")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("《码上议事厅》创新成果（终稿）", "《码上议事厅》创新成果（终稿）")]
    public void A_name_becomes_one_safe_part(string name, string expected) => Assert.Equal(expected, FileNames.Part(name));

    [Theory]
    [InlineData("申报表.docx", ".docx")]
    [InlineData("申报表.DOCX", ".DOCX")]
    [InlineData("a.tar.gz", ".gz")]
    [InlineData(".docx", ".docx")]
    [InlineData("申报表", "")]
    [InlineData("1.申报表（定稿）", "")]
    [InlineData("报告.定稿", "")]
    [InlineData("a.docx ", ".docx")]
    [InlineData("a.doc\u202Ex", ".docx")]
    [InlineData("a.", "")]
    [InlineData("Chapter 1.The beginning of it", "")]
    public void The_extension_is_kept_from_the_real_name(string name, string expected) =>
        Assert.Equal(expected, FileNames.Extension(name));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("lone_surrogate", FileNames.Part("lone\uD800surrogate"));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        Assert.Equal(new string('总', 66), FileNames.Part(new string('总', 300)));
        Assert.Equal("总", FileNames.Part("总🇨🇳结", 8));
        Assert.Equal("𠮷", FileNames.Part("𠮷𠮷", 7));
    }

    [Fact]
    public void No_name_escapes_or_hides_anything()
    {
        var nasty = Gen.Elements(
            ".", "..", "/", "\\", " ", "\0", "\u202E", "\u200D", "\uD83D", "\uDE00", "总", "é", "e\u0301", "CON", "nul", ":", "\u3000", "\n", "a", "\u034F\u0301");
        var names = Gen.OneOf(
            nasty.ArrayOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Where(s => s is not null)).ToArbitrary();
        Prop.ForAll(names, name =>
        {
            var part = FileNames.Part(name);
            Assert.NotEqual("", part);
            Assert.True(Encoding.UTF8.GetByteCount(part) <= 200, "too long");
            Assert.DoesNotContain(part, c => "/\\:*?\"<>|".Contains(c, StringComparison.Ordinal));
            Assert.DoesNotContain(
                part.EnumerateRunes(),
                r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate);
            Assert.Equal(part.Trim(' ', '.'), part);
            Assert.True(part.IsNormalized(NormalizationForm.FormC));
            Assert.Equal(part, FileNames.Part(part));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20180503, 1));
    }
}
