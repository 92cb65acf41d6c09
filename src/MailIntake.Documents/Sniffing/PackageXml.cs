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
}
