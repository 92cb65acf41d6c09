using MailIntake.Domain.Text;

namespace MailIntake.Domain.Tests.Text;

public class HanTextTests
{
    [Theory]
    [InlineData("秦皇島市總工會", "秦皇岛市总工会")]
    [InlineData("創新成果申報錶", "创新成果申报表")]
    [InlineData("ＰＰＴ（２０１８）", "ppt(2018)")]
    [InlineData("ABC", "abc")]
    [InlineData("", "")]
    public void Fold_gives_simplified_half_width_lower_case_of_the_same_length(string text, string folded)
    {
        Assert.Equal(folded, HanText.Fold(text));
        Assert.Equal(text.Length, HanText.Fold(text).Length);
    }

    [Theory]
    [InlineData("《“碼上”議事廳》 2.0！", "码上议事厅20")]
    [InlineData("  ", "")]
    public void Key_keeps_letters_and_digits(string text, string key) => Assert.Equal(key, HanText.Key(text));

    [Theory]
    [InlineData("海 港 區（總工會）\r\n\r\n九月", "海港区总工会\n九月")]
    [InlineData("\n\u200B海港区", "海港区")]
    public void Squeeze_drops_spaces_and_brackets_and_keeps_line_ends(string text, string squeezed) => Assert.Equal(squeezed, HanText.Squeeze(text));

    [Theory]
    [InlineData("工会", "工会", 0)]
    [InlineData("工会", "公会", 1)]
    [InlineData("总工会", "工会", 1)]
    [InlineData("abcdef", "uvwxyz", 3)]
    [InlineData("", "abc", 3)]
    public void Distance_counts_up_to_its_limit(string a, string b, int distance) => Assert.Equal(distance, HanText.Distance(a, b, 2));

    [Fact]
    public void Folding_every_character_twice_changes_nothing_more()
    {
        var all = new string([.. Enumerable.Range(0x20, 0xD800 - 0x20).Concat(Enumerable.Range(0xE000, 0x2000)).Select(c => (char)c)]);

        Assert.Equal(HanText.Fold(all), HanText.Fold(HanText.Fold(all)));
    }
}
