using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace MailIntake.Tests.Intake;

/// <summary>Writes the notice's form as a .docx file.</summary>
internal static class WordForm
{
    public static byte[] Write(string title, string unit)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var part = document.AddMainDocumentPart();
            part.Document = new Document(new Body(
                Line("工会工作创新成果申报表"),
                new Table(
                    Row("创新成果名称", title),
                    Row("申报单位", unit, "申报时间", "2018年9月18日"),
                    Row("创新成果负责人", "张三"),
                    Row("创新成果主要内容及效果", "搭建线上议事平台，职工诉求办结率显著提高。"))));
        }

        return stream.ToArray();
    }

    private static TableRow Row(params string[] cells) => new(cells.Select(c => new TableCell(Line(c))));

    private static Paragraph Line(string text) => new(new Run(new Text(text)));
}
