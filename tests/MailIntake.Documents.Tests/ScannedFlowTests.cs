using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Tests;

public sealed class ScannedFlowTests
{
    private static readonly FormLabels _form = new([new("创新成果名称", ["成果名称"]), new("申报单位", ["单位名称"])]);

    [Theory]
    [InlineData("申报单位；北岭集团有限公司工会委员会", "申报单位：北岭集团有限公司工会委员会")]
    [InlineData("申报单位，云台机械厂工会", "申报单位：云台机械厂工会")]
    [InlineData("成果名林:职工书屋进车间", "成果名称：职工书屋进车间")]
    public void A_colon_that_was_read_as_another_mark_hid_the_label_before_it(string line, string expected) =>
        Assert.Equal(["成果名称：职工书屋进车间", expected], Texts("成果名称：职工书屋进车间", line));

    [Fact]
    public void A_comma_behind_what_is_no_label_stays() =>
        Assert.Equal(["设立服务站，提供饮水；职工满意。"], Texts("设立服务站，提供饮水；职工满意。"));

    private static IEnumerable<string> Texts(params string[] lines)
    {
        var picture = new Raster(1, 1, new byte[3]);
        List<OcrWord> words = [.. lines.Select((line, i) => new OcrWord(i, 0, 0, 100 * i, 50 * line.Length, 50, 90, line))];
        var page = new ReadPage(new FlatPage(picture, new GrayPicture(1, 1, new byte[1]), 0, 0, 0, 0) { Source = picture }, [], [new PlacedWords(new TableCell(0, 0, 2_000, 2_000), words)], null);
        return ScannedFlow.Of(page, _form).Cast<FlowParagraph>().Select(paragraph => paragraph.Text);
    }
}
