using System.Text;
using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>Reads the text of a .pptx in the order of its slides.</summary>
internal static class SlidesReader
{
    private const long MaxPart = 64L << 20;
    private const int MaxSlides = 2_000;

    /// <summary>What a paragraph counts for beside its characters.</summary>
    private const int ParagraphWeight = 8;

    /// <summary>The text and the number of slides.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="mainPart">Name of the presentation part.</param>
    /// <param name="maxCharacters">Reading stops after that many characters.</param>
    public static (Flow Flow, int Slides) Read(ZipDirectory zip, string mainPart, int maxCharacters)
    {
        var flow = new Flow();
        var parts = Parts(zip, mainPart);
        var characters = 0;
        foreach (var part in parts)
        {
            if (characters > maxCharacters)
            {
                flow.IsCut = true;
                break;
            }

            if (zip.Find(part) is { } entry && zip.Open(entry) is { } slide)
            {
                using var xml = XmlReader.Create(new BoundedStream(slide, MaxPart), PackageXml.Settings);
                characters += ReadSlide(xml, flow, maxCharacters - characters);
            }
        }

        return (flow, parts.Count);
    }

    /// <summary>The parts of the slides, in the order in which they are shown.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="mainPart">Name of the presentation part.</param>
    public static List<string> Parts(ZipDirectory zip, string mainPart)
    {
        var targets = PackageRelations.Read(zip, mainPart);
        var parts = new List<string>();
        if (zip.Find(mainPart) is { } main && zip.Open(main) is { } stream)
        {
            using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
            while (parts.Count < MaxSlides && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sldId" && PackageRelations.IdOf(xml) is { } id && targets.TryGetValue(id, out var part))
                {
                    parts.Add(part);
                }
            }
        }

        return parts;
    }

    private static int ReadSlide(XmlReader xml, Flow flow, int most)
    {
        var characters = 0;
        var text = new StringBuilder();
        var inText = false;
        var isTitle = false;
        while (characters <= most && xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "sp":
                        isTitle = false;
                        break;
                    case "ph":
                        isTitle = xml.GetAttribute("type") is "title" or "ctrTitle";
                        break;
                    case "t":
                        inText = !xml.IsEmptyElement;
                        break;
                    case "br":
                        text.Append('\n');
                        break;
                    case "pic":
                        flow.HasPicture = true;
                        break;
                    case "Fallback":
                        PackageXml.SkipInside(xml);
                        break;
                }
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                inText = false;
                if (xml.LocalName == "p" && text.Length > 0)
                {
                    characters += text.Length + ParagraphWeight;
                    flow.Blocks.Add(new FlowParagraph(text.ToString()) { HeadingLevel = isTitle ? 1 : null });
                    text.Clear();
                }
            }
            else if (inText)
            {
                text.Append(xml.Value);
            }
        }

        return characters;
    }
}
