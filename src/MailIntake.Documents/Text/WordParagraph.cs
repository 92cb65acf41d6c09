using System.Globalization;
using System.Text;
using System.Xml;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>Gathers one paragraph of a .docx while its elements pass by.</summary>
/// <param name="text">Receives the text; holds that of a paragraph before it whose end was deleted.</param>
internal sealed class WordParagraph(StringBuilder text)
{
    private int _propertiesDepth = int.MaxValue;
    private bool _hidden;
    private bool _centered;
    private int? _outline;

    /// <summary>Id of its style.</summary>
    public string? Style { get; private set; }

    /// <summary>Its end was deleted by a tracked change.</summary>
    public bool MarkDeleted { get; set; }

    /// <summary>An element at that depth stands in the paragraph's own properties.</summary>
    public bool IsInProperties(int depth) => depth > _propertiesDepth;

    /// <summary>Adds the text of the <c>w:t</c> on which the reader stands; returns how many characters.</summary>
    public int AddText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return 0;
        }

        var before = text.Length;
        var end = xml.Depth;
        while (xml.Read() && xml.Depth > end)
        {
            if (!_hidden && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                text.Append(xml.Value);
            }
        }

        return text.Length - before;
    }

    /// <summary>Takes any other element inside the paragraph.</summary>
    public void Add(XmlReader xml)
    {
        if (xml.Depth <= _propertiesDepth && xml.LocalName != "pPr")
        {
            _propertiesDepth = int.MaxValue;
        }

        switch (xml.LocalName)
        {
            case "pPr" when !xml.IsEmptyElement:
                _propertiesDepth = xml.Depth;
                break;
            case "pStyle":
                Style = PackageXml.Value(xml);
                break;
            case "jc":
                _centered = PackageXml.Value(xml) == "center";
                break;
            case "outlineLvl":
                // 9 means body text.
                _outline = int.TryParse(PackageXml.Value(xml), NumberStyles.Integer, CultureInfo.InvariantCulture, out var level) && level is >= 0 and < 9 ? level + 1 : null;
                break;
            case "vanish" when !IsInProperties(xml.Depth):
                _hidden = PackageXml.Value(xml) is null or "1" or "true" or "on";
                break;
            case "r":
                _hidden = false;
                break;
            case "tab" or "ptab" when !IsInProperties(xml.Depth):
                Append(' ');
                break;
            case "br" or "cr":
                Append('\n');
                break;
            case "noBreakHyphen":
                Append('-');
                break;
            case "sym":
                var code = xml.GetAttribute("char", xml.NamespaceURI);
                if (int.TryParse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mark) && mark is > 0x20 and < 0xD800)
                {
                    Append((char)mark);
                }

                break;
        }
    }

    /// <summary>A run ended: hidden text ends with it.</summary>
    public void EndRun() => _hidden = false;

    /// <summary>The paragraph; the text is taken out of the builder.</summary>
    public FlowParagraph Finish()
    {
        var result = new FlowParagraph(text.ToString()) { IsCentered = _centered, HeadingLevel = _outline };
        text.Clear();
        return result;
    }

    private void Append(char mark)
    {
        if (!_hidden)
        {
            text.Append(mark);
        }
    }
}
