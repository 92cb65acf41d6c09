using System.IO.Compression;
using System.Text;

namespace MailIntake.Documents.Tests.Support;

/// <summary>Makes small .docx files out of the XML of their body.</summary>
internal static class Docx
{
    public const string Names =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
        + "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

    public static byte[] Make(string body, params (string Name, string Content)[] parts)
    {
        const string types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
        return Zip([("[Content_Types].xml", types), ("word/document.xml", $"<?xml version=\"1.0\"?><w:document {Names}><w:body>{body}<w:sectPr/></w:body></w:document>"), .. parts]);
    }

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }

    public static string P(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr>{R(text)}</w:p>";

    public static string R(string text) => $"<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    public static string Centered(string text) => P(text, "<w:jc w:val=\"center\"/>");

    public static string Row(params string[] cells) => "<w:tr>" + string.Concat(cells.Select(cell => cell.StartsWith("<w:tc>", StringComparison.Ordinal) ? cell : Cell(P(cell)))) + "</w:tr>";

    public static string Cell(string blocks, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>";

    public static string Table(params string[] rows) => "<w:tbl>" + string.Concat(rows) + "</w:tbl>";

    public static async Task<DocumentReading> ReadAsync(byte[] bytes, FormLabels? form = null, string name = "材料.docx")
    {
        using var folder = new TempFolder();
        return await new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Path }).ReadAsync(folder.Write("file", bytes), name, form, TestContext.Current.CancellationToken);
    }
}
