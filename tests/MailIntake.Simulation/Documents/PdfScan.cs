using System.Globalization;

namespace MailIntake.Simulation.Documents;

/// <summary>Writes a one-page PDF that is nothing but a picture of a page, as a scanner makes it: no text can be copied out.</summary>
public static class PdfScan
{
    private const int Width = 240;
    private const int Height = 340;

    /// <summary>The file; no two seeds give the same picture.</summary>
    public static byte[] Write(int seed)
    {
        byte[] bits = new byte[Width / 8 * Height];
        bits.AsSpan().Fill(0xFF);
        var random = new Random(seed);
        for (int stroke = 0; stroke < 300; stroke++)
        {
            bits[random.Next(bits.Length)] = (byte)random.Next(256);
        }

        return PdfFile.Write(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im1 5 0 R >> >> >>",
            PdfFile.Stream("595 0 0 842 0 0 cm /Im1 Do"),
            PdfFile.Stream(
                Convert.ToHexString(bits) + ">",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $" /Type /XObject /Subtype /Image /Width {Width} /Height {Height} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /ASCIIHexDecode")));
    }
}
