using System.Globalization;
using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>What a paragraph style means for reading.</summary>
/// <param name="Heading">Outline level from 1; null for body text.</param>
/// <param name="IsCentered">It centres its paragraphs.</param>
internal readonly record struct WordStyle(int? Heading, bool IsCentered);

/// <summary>Reads the few styles that a document uses.</summary>
internal static class WordStyles
{
    private const long MaxPart = 64L << 20;

    /// <summary>The wanted styles that mean something; a broken or missing part gives none.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="part">Name of the styles part.</param>
    /// <param name="wanted">Ids of styles.</param>
    public static IReadOnlyDictionary<string, WordStyle> Read(ZipDirectory zip, string part, IReadOnlySet<string> wanted)
    {
        var result = new Dictionary<string, WordStyle>();
        if (zip.Find(part) is not { } entry || zip.Open(entry) is not { } stream)
        {
            return result;
        }

        try
        {
            var left = wanted.Count;
            using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
            while (left > 0 && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "style"
                    && xml.GetAttribute("styleId", xml.NamespaceURI) is { } id && wanted.Contains(id) && !xml.IsEmptyElement)
                {
                    left--;
                    var style = ReadStyle(xml);
                    if (style != default)
                    {
                        result[id] = style;
                    }
                }
            }
        }
        catch (Exception broken) when (broken is XmlException or PartTooLargeException or InvalidDataException)
        {
            // Headings are a help, not the text: a broken styles part costs only them.
            result.Clear();
        }

        return result;
    }

    private static WordStyle ReadStyle(XmlReader xml)
    {
        int? heading = null;
        var centered = false;
        var end = xml.Depth;
        while (xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "name":
                    heading = LevelByName(PackageXml.Value(xml)) ?? heading;
                    break;
                case "outlineLvl":
                    heading = int.TryParse(PackageXml.Value(xml), NumberStyles.Integer, CultureInfo.InvariantCulture, out var level) && level is >= 0 and < 9 ? level + 1 : heading;
                    break;
                case "jc":
                    centered = PackageXml.Value(xml) == "center";
                    break;
            }
        }

        return new WordStyle(heading, centered);
    }

    private static int? LevelByName(string? name)
    {
        if (name is null)
        {
            return null;
        }

        foreach (var prefix in (ReadOnlySpan<string>)["heading ", "标题 "])
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 9)
            {
                return level;
            }
        }

        return name.Equals("title", StringComparison.OrdinalIgnoreCase) || name == "标题" ? 1 : null;
    }
}
