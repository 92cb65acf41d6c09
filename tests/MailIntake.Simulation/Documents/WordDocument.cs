using System.Security;
using System.Text;

namespace MailIntake.Simulation.Documents;

/// <summary>Writes small .docx files: a title, headings, paragraphs and tables.</summary>
public sealed class WordDocument
{
    private const string Namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly StringBuilder _body = new();

    /// <summary>A centred title line.</summary>
    public WordDocument Title(string text)
    {
        _body.Append("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>");
        return Run(text);
    }

    /// <summary>A heading line.</summary>
    public WordDocument Heading(string text)
    {
        _body.Append("<w:p><w:r><w:rPr><w:b/></w:rPr>");
        return Run(text);
    }

    /// <summary>A paragraph.</summary>
    public WordDocument Paragraph(string text)
    {
        _body.Append("<w:p><w:r>");
        return Run(text);
    }

    /// <summary>A table of four columns; a row of two cells spans its value over three.</summary>
    public WordDocument Table(params string[][] rows)
    {
        _body.Append("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>")
            .Insert(_body.Length, "<w:gridCol w:w=\"2200\"/>", 4).Append("</w:tblGrid>");
        foreach (string[] row in rows)
        {
            _body.Append("<w:tr>");
            for (int i = 0; i < row.Length; i++)
            {
                string span = row.Length == 2 && i == 1 ? "<w:gridSpan w:val=\"3\"/>" : "";
                _body.Append("<w:tc><w:tcPr><w:tcW w:w=\"2200\" w:type=\"dxa\"/>").Append(span).Append("</w:tcPr><w:p><w:r>");
                Run(row[i]);
                _body.Append("</w:tc>");
            }

            _body.Append("</w:tr>");
        }

        _body.Append("</w:tbl>");
        return this;
    }

    /// <summary>The file.</summary>
    /// <param name="deflate">Compress, as real programs do; the bytes then depend on the runtime's compressor.</param>
    /// <param name="ballast">Bytes of a picture that nothing shows, to give the file a size.</param>
    public byte[] ToBytes(bool deflate = false, byte[]? ballast = null)
    {
        var zip = new ZipWriter();
        zip.Add("[Content_Types].xml", Utf8("""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
            """), deflate);
        zip.Add("_rels/.rels", Utf8("""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
            """), deflate);
        zip.Add("word/document.xml", Utf8($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <w:document xmlns:w="{Namespace}"><w:body>{_body}<w:sectPr/></w:body></w:document>
            """), deflate);
        if (ballast is not null)
        {
            zip.Add("word/media/image1.png", ballast);
        }

        return zip.ToBytes();
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));

    private WordDocument Run(string text)
    {
        _body.Append("<w:t xml:space=\"preserve\">").Append(SecurityElement.Escape(text)).Append("</w:t></w:r></w:p>");
        return this;
    }
}
