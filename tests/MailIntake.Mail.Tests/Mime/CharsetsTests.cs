using MailIntake.Mail.Mime;
using Xunit;

namespace MailIntake.Mail.Tests.Mime;

public sealed class CharsetsTests
{
    [Theory]
    [InlineData("utf-7", "K1oxQmxtUS0=", "材料")]
    [InlineData("hz-gb-2312", "fnsyREFPfn0=", "材料")]
    [InlineData("iso-2022-jp", "GyRCOmBOQRsoQg==", "材料")]
    [InlineData("shift_jis", "jd6Xvw==", "材料")]
    [InlineData("big5", "p/euxg==", "材料")]
    [InlineData("x-nobody-knows", "ssTBzw==", "材料")]
    [InlineData(null, "ssTBzw==", "材料")]
    [InlineData("us-ascii", "5p2Q5paZ", "材料")]
    [InlineData("\"GBK\"", "ssTBzw==", "材料")]
    [InlineData("iso-8859-1", "Y2Fm6Q==", "café")]
    [InlineData("windows-1252", "k2HUlA==", "“aÔ”")]
    public void Bytes_become_text_under_their_label(string? label, string base64, string expected)
    {
        var text = Charsets.Decode(Convert.FromBase64String(base64), label);

        Assert.Equal(expected, text);
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public void A_label_gb2312_reads_the_four_byte_characters_of_GB18030() =>
        Assert.Equal("材料㐀", Charsets.Decode([0xB2, 0xC4, 0xC1, 0xCF, 0x81, 0x39, 0xEE, 0x39], "gb2312"));

    [Fact]
    public void A_character_cut_in_two_makes_no_GBK_of_UTF8() =>
        Assert.Equal("秦皇岛市总工会研究室\uFFFD", Charsets.Decode([.. "秦皇岛市总工会研究室"u8, 0xE6, 0x9D], "utf-8"));
}
