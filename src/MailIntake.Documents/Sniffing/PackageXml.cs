using System.Xml;

namespace MailIntake.Documents.Sniffing;

/// <summary>How XML from a mail is read: no document type, no outside entity.</summary>
internal static class PackageXml
{
    /// <summary>Settings shared by every reader.</summary>
    public static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    /// <summary>The value of the element on which the reader stands; null when it has none.</summary>
    public static string? Value(XmlReader xml) => xml.GetAttribute("val", xml.NamespaceURI);

    /// <summary>Moves to the end of the element on which the reader stands, so that the next read leaves it.</summary>
    public static void SkipInside(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var end = xml.Depth;
        while (xml.Read() && xml.Depth > end)
        {
        }
    }
}
