using System.Globalization;
using System.Text;

namespace MailIntake.Simulation.Documents;

/// <summary>Puts the objects of a PDF into a file, in ASCII.</summary>
internal static class PdfFile
{
    /// <summary>The file.</summary>
    /// <param name="objects">Objects 1, 2…; the first is the catalog.</param>
    public static byte[] Write(params IReadOnlyList<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (int i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (int offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>A stream.</summary>
    /// <param name="content">Content, ASCII.</param>
    /// <param name="entries">Entries of its dictionary besides the length.</param>
    public static string Stream(string content, string entries = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length}{entries} >>\nstream\n{content}\nendstream");
}
