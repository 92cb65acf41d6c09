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
    private const long MaxTree = 8L << 20;
    private const long MaxPart = 64L << 20;
    private const int MaxPages = 300;
    private const int MaxDocuments = 20;
    private const int MaxTemplates = 10;

    /// <summary>Pieces of text in all pages together; the same template may lie under each.</summary>
    private const int MaxTexts = 200_000;
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
        foreach (var root in Named(entry, "DocRoot").Select(e => e.Value.Trim()).Distinct().Take(MaxDocuments))
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
            if (Content(zip, Resolve(folder, page.Attribute("BaseLoc")!.Value)) is not { } content)
            {
                continue;
            }

            var texts = new List<PlacedText>();
            foreach (var use in content.Templates)
            {
                texts.AddRange(templates.TryGetValue(use, out var place) && Content(zip, place) is { } template ? template.Texts : []);
            }

            texts.AddRange(content.Texts);
            if (texts.Count + pages.Sum(p => p.Lines.Sum(line => line.Count)) > MaxTexts)
            {
                throw new PartTooLargeException();
            }

            var box = content.Box.Length == 4 ? content.Box : size.Length == 4 ? size : [0, 0, 210, 297];
            pages.Add(new PdfPage(box[2] * PointsOfMillimetre, box[3] * PointsOfMillimetre, Lines(texts)));
        }
    }

    /// <summary>What stands on a page or a template, by one pass: the drawings between the texts are often a hundred times as large.</summary>
    private static PageContent? Content(ZipDirectory zip, string name)
    {
        using var xml = Open(zip, name, MaxPart);
        if (xml is null)
        {
            return null;
        }

        var content = new PageContent([], []);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "Template" when content.Templates.Count < MaxTemplates && xml.GetAttribute("TemplateID") is { } id:
                    content.Templates.Add(id);
                    break;
                case "PhysicalBox" when content.Box.Length == 0:
                    content.Box = Numbers(Value(xml));
                    break;
                case "TextObject":
                    content.Texts.AddRange(Text(xml));
                    break;
            }

            if (content.Texts.Count > MaxTexts)
            {
                throw new PartTooLargeException();
            }
        }

        return content;
    }

    /// <summary>The text object on which the reader stands, where it says anything.</summary>
    private static List<PlacedText> Text(XmlReader xml)
    {
        var box = Numbers(xml.GetAttribute("Boundary"));
        var size = Numbers(xml.GetAttribute("Size")) is [var given] ? given : box.LastOrDefault();
        var words = new StringBuilder();
        var end = xml.Depth;
        while (!xml.IsEmptyElement && xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "TextCode")
            {
                words.Append(Value(xml));
            }
        }

        if (box.Length != 4 || words.ToString().Trim() is not { Length: > 0 } written)
        {
            return [];
        }

        // The boundary is room, not ink: a short line may have that of a full one.
        var ink = written.Sum(c => c < '\u2E80' ? size / 2 : size);
        ink = ink > FullLine * box[2] ? box[2] : ink;
        var (x, y) = (box[0] * PointsOfMillimetre, box[1] * PointsOfMillimetre);
        return [new PlacedText(x, y, x + (ink * PointsOfMillimetre), y + (box[3] * PointsOfMillimetre), written)];
    }

    /// <summary>The characters inside the element on which the reader stands, which it leaves.</summary>
    private static string Value(XmlReader xml)
    {
        var text = new StringBuilder();
        var end = xml.Depth;
        while (!xml.IsEmptyElement && xml.Read() && xml.Depth > end)
        {
            text.Append(xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace ? xml.Value : "");
        }

        return text.ToString();
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
        using var xml = Open(zip, name, MaxTree);
        return xml is null ? null : XDocument.Load(xml).Root;
    }

    private static XmlReader? Open(ZipDirectory zip, string name, long bound) =>
        zip.Find(name.Replace('\\', '/').TrimStart('/')) is { } entry && zip.Open(entry) is { } stream
            ? XmlReader.Create(new BoundedStream(stream, bound), PackageXml.Settings)
            : null;

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

    /// <param name="Texts">Its texts.</param>
    /// <param name="Templates">Templates that lie under it.</param>
    private sealed record PageContent(List<PlacedText> Texts, List<string> Templates)
    {
        /// <summary>Its size, where it says one.</summary>
        public double[] Box { get; set; } = [];
    }
}
