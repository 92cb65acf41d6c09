using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Forms;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Text;

namespace MailIntake.Documents;

/// <summary>Reads the formats that need no outside tool: modern office files, OFD, plain text and HTML.</summary>
/// <param name="options">Bounds.</param>
/// <param name="make">Makes the reading.</param>
internal sealed class TextFormats(DocumentReaderOptions options, ReadingMaker make)
{
    /// <summary>The reading with text, count and form; what is broken, or no such format, comes with a finding.</summary>
    public DocumentReading Read(FileStream file, SniffedFile sniffed, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings)
    {
        var most = options.MaxTextCharacters;
        try
        {
            switch (sniffed.MediaType)
            {
                case MediaTypes.Docx when ZipDirectory.Read(file) is { } zip:
                    return make.Measured(reading, WordReader.Read(zip, sniffed.MainPart ?? "word/document.xml", most), words, ReadingMaker.Form(words), findings);
                case MediaTypes.Xlsx when ZipDirectory.Read(file) is { } zip:
                    return make.Measured(reading, SheetReader.Read(zip, sniffed.MainPart ?? "xl/workbook.xml", most), words, ReadingMaker.Form(words), findings);
                case MediaTypes.Pptx when ZipDirectory.Read(file) is { } zip:
                    var (slides, count) = SlidesReader.Read(zip, sniffed.MainPart ?? "ppt/presentation.xml", most);
                    return make.Measured(reading with { Pages = count }, slides, words, null, findings);
                case MediaTypes.Ofd when ZipDirectory.Read(file) is { } zip:
                    return Placed(reading, OfdReader.Read(zip) ?? throw new InvalidDataException("no page can be found"), words, findings);
                case MediaTypes.Plain:
                    return make.Measured(reading, PlainReader.Read(file, most), words, ReadingMaker.Form(words), findings);
                case MediaTypes.Html:
                    return make.Measured(reading, HtmlReader.Read(file, most), words, ReadingMaker.Form(words), findings);
                default:
                    findings.Add(DocumentFindings.Format);
                    break;
            }
        }
        catch (PartTooLargeException)
        {
            findings.Add(DocumentFindings.PartTooLarge);
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            findings.Add(DocumentFindings.Corrupt);
        }
        catch (Exception unforeseen) when (unforeseen is ArgumentException or FormatException or ArithmeticException or IndexOutOfRangeException or InvalidOperationException or NotSupportedException)
        {
            // A fault of a parser on content that nobody thought of: staff look at the file, the mail goes its way.
            findings.Add(DocumentFindings.Unreadable);
        }

        return reading;
    }

    private DocumentReading Placed(DocumentReading reading, List<PdfPage> pages, FormLabels? words, List<DocumentFinding> findings)
    {
        var flow = PdfFlow.Of(pages);
        var measured = make.Measured(reading with { Pages = pages.Count }, flow, words, null, findings);
        return ReadingMaker.Form(words) is { } form ? measured with { Fields = PlacedForm.Read(pages, form) ?? FormReader.Read(flow.Blocks, form) } : measured;
    }
}
