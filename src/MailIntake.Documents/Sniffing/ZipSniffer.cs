using System.Text;
using System.Xml;
using MailIntake.Documents.Containers;

namespace MailIntake.Documents.Sniffing;

/// <summary>Tells apart what is a zip inside: Office Open XML, OFD, OpenDocument, or a real container.</summary>
internal static class ZipSniffer
{
    private const string ContentTypesPart = "[Content_Types].xml";
    private const int MaxContentTypes = 8 << 20;

    /// <summary>What the zip is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">Its first bytes.</param>
    public static SniffedFile Sniff(Stream file, ReadOnlySpan<byte> head)
    {
        if (ZipDirectory.Read(file) is not { } zip)
        {
            // Without a directory only the first local header tells what it was meant to be.
            var wasOffice = head.Length > 49 && head[30..49].SequenceEqual("[Content_Types].xml"u8);
            return new SniffedFile(wasOffice ? MediaTypes.Docx : MediaTypes.Zip, wasOffice ? DocumentShape.Document : DocumentShape.Container) { IsCorrupt = true };
        }

        if (zip.Entries.Count > 0 && zip.Entries[0].Name == "mimetype" && Read(zip, zip.Entries[0]) is { } declared && OpenDocument(declared.Trim()) is { } open)
        {
            return open;
        }

        if (zip.Find("OFD.xml") is not null)
        {
            return new SniffedFile(MediaTypes.Ofd, DocumentShape.Document);
        }

        if (zip.Find(ContentTypesPart) is { } types && Office(zip, types) is { } office)
        {
            return office;
        }

        if (zip.Find("AndroidManifest.xml") is not null || zip.Find("META-INF/MANIFEST.MF") is not null)
        {
            return new SniffedFile("application/java-archive", DocumentShape.Program);
        }

        return new SniffedFile(MediaTypes.Zip, DocumentShape.Container);
    }

    private static SniffedFile? OpenDocument(string declared) => declared switch
    {
        _ when declared.StartsWith("application/vnd.oasis.opendocument.text", StringComparison.Ordinal) => new SniffedFile(declared, DocumentShape.Document),
        _ when declared.StartsWith("application/vnd.oasis.opendocument.spreadsheet", StringComparison.Ordinal) => new SniffedFile(declared, DocumentShape.Sheet),
        _ when declared.StartsWith("application/vnd.oasis.opendocument.presentation", StringComparison.Ordinal) => new SniffedFile(declared, DocumentShape.Slides),
        _ when declared.StartsWith("application/vnd.oasis.opendocument", StringComparison.Ordinal) => new SniffedFile(declared, DocumentShape.Document),
        "application/epub+zip" => new SniffedFile(declared, DocumentShape.Document),
        _ => null,
    };

    private static SniffedFile? Office(ZipDirectory zip, ZipEntry types)
    {
        string? mediaType = null;
        string? mainPart = null;
        var shape = DocumentShape.Unknown;
        var macro = false;
        try
        {
            using var stream = zip.Open(types);
            if (stream is null)
            {
                return null;
            }

            using var xml = XmlReader.Create(new BoundedStream(stream, MaxContentTypes), PackageXml.Settings);
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element || xml.GetAttribute("ContentType") is not { } type)
                {
                    continue;
                }

                // A default may speak of an extension that no part has.
                macro |= type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
                    && (xml.GetAttribute("Extension") is not { } extension
                        || zip.Entries.Any(e => e.Name.EndsWith("." + extension, StringComparison.OrdinalIgnoreCase)));
                if (xml.LocalName != "Override" || mediaType is not null || MainType(type) is not { } main)
                {
                    continue;
                }

                (mediaType, shape) = main;
                macro |= type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase);
                mainPart = xml.GetAttribute("PartName")?.TrimStart('/');
            }
        }
        catch (Exception broken) when (broken is XmlException or PartTooLargeException or InvalidDataException)
        {
            // The parts themselves still tell what the package was meant to be.
            mediaType = null;
        }

        if (mediaType is null)
        {
            (mediaType, shape, mainPart) =
                zip.Find("word/document.xml") is not null ? (MediaTypes.Docx, DocumentShape.Document, "word/document.xml")
                : zip.Find("xl/workbook.xml") is not null ? (MediaTypes.Xlsx, DocumentShape.Sheet, "xl/workbook.xml")
                : zip.Find("ppt/presentation.xml") is not null ? (MediaTypes.Pptx, DocumentShape.Slides, "ppt/presentation.xml")
                : ((string?)null, DocumentShape.Unknown, (string?)null);
        }

        if (mediaType is null)
        {
            return null;
        }

        foreach (var entry in zip.Entries)
        {
            macro |= entry.Name.EndsWith("/vbaProject.bin", StringComparison.OrdinalIgnoreCase);
        }

        return new SniffedFile(mediaType, shape) { MainPart = mainPart, HasMacro = macro };
    }

    private static (string MediaType, DocumentShape Shape)? MainType(string type)
    {
        if (!type.EndsWith("main+xml", StringComparison.OrdinalIgnoreCase))
        {
            return type.EndsWith("sheet.binary.macroEnabled.main", StringComparison.OrdinalIgnoreCase)
                ? ("application/vnd.ms-excel.sheet.binary.macroEnabled.12", DocumentShape.Sheet)
                : null;
        }

        return type.Contains("wordprocessingml", StringComparison.OrdinalIgnoreCase) || type.Contains("ms-word", StringComparison.OrdinalIgnoreCase) ? (MediaTypes.Docx, DocumentShape.Document)
            : type.Contains("spreadsheetml", StringComparison.OrdinalIgnoreCase) || type.Contains("ms-excel", StringComparison.OrdinalIgnoreCase) ? (MediaTypes.Xlsx, DocumentShape.Sheet)
            : type.Contains("presentationml", StringComparison.OrdinalIgnoreCase) || type.Contains("ms-powerpoint", StringComparison.OrdinalIgnoreCase) ? (MediaTypes.Pptx, DocumentShape.Slides)
            : null;
    }

    private static string? Read(ZipDirectory zip, ZipEntry entry)
    {
        try
        {
            using var stream = zip.Open(entry);
            var bytes = new byte[200];
            return stream is null ? null : Encoding.Latin1.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
