using System.Text;

namespace MailIntake.Simulation.Documents;

/// <summary>
/// Writes a one-page PDF with lines of Chinese text that can be copied out: a font that is not embedded, character codes
/// that are UTF-16, and a ToUnicode map that says so.
/// </summary>
public static class PdfText
{
    private const string ToUnicode =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def " +
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange " +
        "endcmap CMapName currentdict /CMap defineresource pop end end";

    /// <summary>The file.</summary>
    public static byte[] Write(params string[] lines)
    {
        var content = new StringBuilder("BT /F1 12 Tf 72 770 Td 18 TL\n");
        foreach (string line in lines)
        {
            content.Append('<').Append(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(line))).Append("> Tj T*\n");
        }

        content.Append("ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            PdfFile.Stream(content.ToString()),
            "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>",
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 7 0 R >>",
            "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 683 /StemV 80 >>",
            PdfFile.Stream(ToUnicode),
        ];

        return PdfFile.Write(objects);
    }
}
