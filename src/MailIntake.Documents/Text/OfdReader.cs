using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>
/// Reads OFD (GB/T 33190): a zip whose <c>OFD.xml</c> names documents, these their pages, and a page its text objects with their places.
/// Templates of a page count as part of it, since forms print their labels there.
/// </summary>
internal static class OfdReader
{
    private const double PointsOfMillimetre = 72 / 25.4;
    private const long MaxPart = 32L << 20;
    private const int MaxPages = 300;
    private const double SameLine = 0.6;
    private const double FullLine = 0.8;

    /// <summary>The pages with their text; null where the package holds no document.</summary>
    public static List<PdfPage>? Read(ZipDirectory zip)
    {
        if (Load(zip, "OFD.xml") is not { } entry)
        {
            return null;
        }

        var pages = new List<PdfPage>();
        foreach (var root in Named(entry, "DocRoot").Select(e => e.Value.Trim()))
        {
            if (Load(zip, root) is { } document)
            {
                ReadDocument(zip, document, FolderOf(root), pages);
            }
        }

        return pages.Count == 0 ? null : pages;
    }

    private static void ReadDocument(ZipDirectory zip, XElement document, string folder, List<PdfPage> pages)
    {
        var templates = Named(document, "TemplatePage")
            .Where(t => t.Attribute("ID") is not null && t.Attribute("BaseLoc") is not null)
            .GroupBy(t => t.Attribute("ID")!.Value)
            .ToDictionary(g => g.Key, g => Path.Combine(folder, g.First().Attribute("BaseLoc")!.Value.TrimStart('/')));
        var size = Numbers(Named(document, "PhysicalBox").FirstOrDefault()?.Value);
        foreach (var page in Named(document, "Page").Where(p => p.Attribute("BaseLoc") is not null).Take(MaxPages - pages.Count))
        {
            var content = Load(zip, Resolve(folder, page.Attribute("BaseLoc")!.Value));
            if (content is null)
            {
                continue;
            }

            var texts = new List<PlacedText>();
            foreach (var use in Named(content, "Template").Select(t => t.Attribute("TemplateID")?.Value).OfType<string>())
            {
                if (templates.TryGetValue(use, out var place) && Load(zip, place) is { } template)
                {
                    Texts(template, texts);
                }
            }

            Texts(content, texts);
            var own = Numbers(Named(content, "PhysicalBox").FirstOrDefault()?.Value);
            var box = own.Length == 4 ? own : size.Length == 4 ? size : [0, 0, 210, 297];
            pages.Add(new PdfPage(box[2] * PointsOfMillimetre, box[3] * PointsOfMillimetre, Lines(texts)));
        }
    }

    private static void Texts(XElement page, List<PlacedText> texts)
    {
        foreach (var text in Named(page, "TextObject"))
        {
            var box = Numbers(text.Attribute("Boundary")?.Value);
            var words = new StringBuilder();
            foreach (var code in Named(text, "TextCode"))
            {
                words.Append(code.Value);
            }

            if (box.Length == 4 && words.ToString().Trim() is { Length: > 0 } written)
            {
                // The boundary is room, not ink: a short line may have that of a full one.
                var size = Numbers(text.Attribute("Size")?.Value) is [var given] ? given : box[3];
                var ink = written.Sum(c => c < '\u2E80' ? size / 2 : size);
                ink = ink > FullLine * box[2] ? box[2] : ink;
                var (x, y) = (box[0] * PointsOfMillimetre, box[1] * PointsOfMillimetre);
                texts.Add(new PlacedText(x, y, x + (ink * PointsOfMillimetre), y + (box[3] * PointsOfMillimetre), written));
            }
        }
    }

    /// <summary>Texts whose middles are level stand in one line, from the left.</summary>
    private static List<List<PlacedText>> Lines(List<PlacedText> texts)
    {
        var lines = new List<List<PlacedText>>();
        foreach (var text in texts.OrderBy(t => t.MiddleY).ThenBy(t => t.X0))
        {
            var line = lines.Count > 0 ? lines[^1] : null;
            if (line is not null && text.MiddleY - line[0].MiddleY < SameLine * Math.Min(text.Height, line[0].Height))
            {
                line.Add(text);
            }
            else
            {
                lines.Add([text]);
            }
        }

        lines.ForEach(line => line.Sort((a, b) => a.X0.CompareTo(b.X0)));
        return lines;
    }

    private static XElement? Load(ZipDirectory zip, string name)
    {
        if (zip.Find(name.Replace('\\', '/').TrimStart('/')) is not { } entry || zip.Open(entry) is not { } stream)
        {
            return null;
        }

        using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
        return XDocument.Load(xml).Root;
    }

    private static IEnumerable<XElement> Named(XElement root, string name) => root.Descendants().Where(e => e.Name.LocalName == name);

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var cut ? path[..cut].TrimStart('/') : "";

    private static string Resolve(string folder, string location) => location.StartsWith('/') || folder.Length == 0 ? location : folder + "/" + location;

    private static double[] Numbers(string? value)
    {
        var parts = (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return [];
            }
        }

        return numbers;
    }
}
