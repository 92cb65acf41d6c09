using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>
/// Reads the flow of a .docx by one pass over its main part: tables, text boxes (once), footnotes and endnotes,
/// tracked changes as accepted, hidden text left out.
/// </summary>
/// <remarks>Styles are read only where a paragraph names one: that part is often a hundred times as large as the text.</remarks>
internal sealed class WordReader
{
    private const long MaxPart = 256L << 20;

    private readonly Flow _flow = new();
    private readonly WordBlocks _blocks;

    private WordReader(int maxCharacters) => _blocks = new WordBlocks(_flow, maxCharacters);

    /// <summary>Reads the document; throws <see cref="XmlException"/>, <see cref="InvalidDataException"/> or <see cref="PartTooLargeException"/> where it is broken.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="mainPart">Name of the main part.</param>
    /// <param name="maxCharacters">Reading stops after that many characters.</param>
    public static Flow Read(ZipDirectory zip, string mainPart, int maxCharacters)
    {
        var reader = new WordReader(maxCharacters);
        reader.ReadPart(zip, mainPart, "body");
        if (reader._blocks.HasNotes)
        {
            var folder = mainPart[..(mainPart.LastIndexOf('/') + 1)];
            reader.ReadNotes(zip, folder + "footnotes.xml");
            reader.ReadNotes(zip, folder + "endnotes.xml");
        }

        if (reader._blocks.Styled.Count > 0)
        {
            var folder = mainPart[..(mainPart.LastIndexOf('/') + 1)];
            var levels = WordStyles.Read(zip, folder + "styles.xml", reader._blocks.Styled.Select(styled => styled.Style).ToHashSet());
            foreach (var (block, paragraph, style) in reader._blocks.Styled)
            {
                if (levels.TryGetValue(style, out var level))
                {
                    reader._flow.Blocks[block] = new FlowParagraph(paragraph.Text) { HeadingLevel = level.Heading, IsCentered = paragraph.IsCentered || level.IsCentered };
                }
            }
        }

        return reader._flow;
    }

    private void ReadPart(ZipDirectory zip, string part, string container)
    {
        using var xml = Open(zip, part) ?? throw new InvalidDataException("the main part is missing");
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == container)
            {
                _blocks.Read(xml);
                return;
            }
        }

        throw new InvalidDataException("the document has no body");
    }

    private void ReadNotes(ZipDirectory zip, string part)
    {
        using var xml = Open(zip, part);
        while (xml is not null && !_flow.IsCut && xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "footnote" or "endnote")
            {
                // Separators are notes of a type; real ones have none.
                if (xml.GetAttribute("type", xml.NamespaceURI) is null or "normal")
                {
                    _blocks.Read(xml);
                }
            }
        }
    }

    private static XmlReader? Open(ZipDirectory zip, string part) =>
        zip.Find(part) is { } entry && zip.Open(entry) is { } stream
            ? XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings)
            : null;
}
