using MailIntake.Domain.Recognition;

namespace MailIntake.Domain.Tests.Recognition;

public class ClassifierNamesTests
{
    [Theory]
    [InlineData("3.申报表（盖章扫描件）.pdf", FileShape.Scan, "form")]
    [InlineData("申报表.jpg", FileShape.Picture, "form")]
    [InlineData("申报表-有章无签.pdf", FileShape.Scan, "form")]
    [InlineData("简介.doc", FileShape.Document, "brief")]
    [InlineData("1.创新成果简介.docx", FileShape.Document, "brief")]
    [InlineData("简介.ofd", FileShape.Document, "brief")]
    [InlineData("经验材料.wps", FileShape.Document, "writeup")]
    [InlineData("总结材料.doc", FileShape.Document, "writeup")]
    [InlineData("2.创新成果材料.docx", FileShape.Document, "writeup")]
    [InlineData("创新成果申报材料.docx", FileShape.Document, "writeup")]
    [InlineData("材料正文.docx", FileShape.Document, "writeup")]
    [InlineData("6.成果展示.pptx", FileShape.Slides, "presentation")]
    [InlineData("展示.dps", FileShape.Slides, "presentation")]
    [InlineData("短片.mov", FileShape.Video, "presentation")]
    [InlineData("成果视频.mp4", FileShape.Video, "presentation")]
    [InlineData("领导批示.jpg", FileShape.Picture, "evidence")]
    [InlineData("4.佐证材料-红头文件.pdf", FileShape.Scan, "evidence")]
    [InlineData("5.媒体报道截图.png", FileShape.Picture, "evidence")]
    [InlineData("关于推广的通知.pdf", FileShape.Scan, "evidence")]
    [InlineData("活动统计.xlsx", FileShape.Sheet, "evidence")]
    [InlineData("活动台账.xls", FileShape.Sheet, "evidence")]
    [InlineData("《“一站式”服务视频展示平台》申报表.pdf", FileShape.Scan, "form")]
    [InlineData("IMG_20250512_093021.jpg", FileShape.Picture, "other")]
    [InlineData("扫描全能王 2025-5-16 10.21.pdf", FileShape.Scan, "other")]
    [InlineData("程序.exe", FileShape.Program, "other")]
    public void A_name_tells_the_material_of_a_file_that_was_not_read(string name, FileShape shape, string kind) =>
        Assert.Equal(kind, MaterialClassifier.Classify(Shipped.Campaign, new FileClues { FileName = name, Shape = shape, Size = 300_000 }).Kind);
}
