using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Forms;
using MailIntake.Documents.Media;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Text;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents;

/// <summary>Says what a file is and what it says: sniffs it by content, reads its text, counts its 字, finds its form.</summary>
public sealed class DocumentReader
{
    /// <summary>Rises when reading changes so that a cached result of the same bytes is no longer good.</summary>
    public const int Version = 2;

    /// <summary>Fewer characters on a page beside a picture are no text of the author.</summary>
    private const int MinTextOnPage = 30;

    private readonly DocumentReaderOptions _options;
    private readonly PdfReader _pdf;
    private readonly FilmLength _film;

    /// <summary>A reader with those settings; safe for many threads.</summary>
    public DocumentReader(DocumentReaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var tools = new ToolRunner(options);
        _pdf = new PdfReader(tools);
        _film = new FilmLength(tools);
    }

    /// <summary>
    /// Reads one file. Never throws on any content: what cannot be read comes with a finding. The name and the declared
    /// type are hints only. Formats that need no outside tool are read on the caller's thread.
    /// </summary>
    /// <param name="path">The file on disk.</param>
    /// <param name="fileName">Its name as given by the sender.</param>
    /// <param name="words">The labels of the form that may be in it, and the words of templates; null for none.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="OperationCanceledException">The caller stopped reading.</exception>
    /// <exception cref="IOException">The file itself cannot be opened (missing, no right): nothing is known about it, try again.</exception>
    public async Task<DocumentReading> ReadAsync(string path, string fileName, FormLabels? words, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 16_384, FileOptions.SequentialScan);
        if (file.Length == 0)
        {
            return new DocumentReading { MediaType = MediaTypes.Unknown, Shape = DocumentShape.Unknown, Findings = [DocumentFindings.Empty] };
        }

        var sniffed = FileSniffer.Sniff(file);
        if (sniffed.MediaType is MediaTypes.Plain or MediaTypes.Html or MediaTypes.Xml or MediaTypes.Unknown && ScriptNames.IsScript(fileName))
        {
            sniffed = new SniffedFile(MediaTypes.Script, DocumentShape.Program);
        }

        var findings = new List<DocumentFinding>();
        if (sniffed.HasMacro)
        {
            findings.Add(DocumentFindings.Macro);
        }

        var reading = new DocumentReading { MediaType = sniffed.MediaType, Shape = sniffed.Shape, Pixels = sniffed.Pixels };
        if (sniffed.IsEncrypted)
        {
            findings.Add(DocumentFindings.Encrypted);
        }
        else if (sniffed.IsCorrupt)
        {
            findings.Add(DocumentFindings.Corrupt);
        }
        else
        {
            reading = await ReadSniffedAsync(path, file, sniffed, reading, words, findings, cancellation).ConfigureAwait(false);
        }

        return reading with { Findings = findings };
    }

    private async Task<DocumentReading> ReadSniffedAsync(
        string path, FileStream file, SniffedFile sniffed, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        switch (sniffed.Shape)
        {
            case DocumentShape.Program:
                findings.Add(DocumentFindings.Executable);
                return reading;
            case DocumentShape.Picture:
                findings.Add(DocumentFindings.Picture);
                return reading;
            case DocumentShape.Video:
                return reading with { DurationSeconds = await _film.SecondsAsync(path, cancellation).ConfigureAwait(false) };
            case DocumentShape.Container when sniffed.MediaType == MediaTypes.Mail || ContainerReader.CanOpen(sniffed):
                return reading;
            case DocumentShape.Container:
                findings.Add(DocumentFindings.ContainerFormat);
                return reading;
            default:
                return sniffed.MediaType == MediaTypes.Pdf
                    ? await ReadPdfAsync(path, reading, words, findings, cancellation).ConfigureAwait(false)
                    : ReadInProcess(file, sniffed, reading, words, findings);
        }
    }

    private DocumentReading ReadInProcess(FileStream file, SniffedFile sniffed, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings)
    {
        var most = _options.MaxTextCharacters;
        try
        {
            switch (sniffed.MediaType)
            {
                case MediaTypes.Docx when ZipDirectory.Read(file) is { } zip:
                    return Measured(reading, WordReader.Read(zip, sniffed.MainPart ?? "word/document.xml", most), words, Form(words), findings);
                case MediaTypes.Xlsx when ZipDirectory.Read(file) is { } zip:
                    return Measured(reading, SheetReader.Read(zip, sniffed.MainPart ?? "xl/workbook.xml", most), words, Form(words), findings);
                case MediaTypes.Pptx when ZipDirectory.Read(file) is { } zip:
                    var (slides, count) = SlidesReader.Read(zip, sniffed.MainPart ?? "ppt/presentation.xml", most);
                    return Measured(reading with { Pages = count }, slides, words, null, findings);
                case MediaTypes.Plain:
                    return Measured(reading, PlainReader.Read(file, most), words, Form(words), findings);
                case MediaTypes.Html:
                    return Measured(reading, HtmlReader.Read(file, most), words, Form(words), findings);
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

    private async Task<DocumentReading> ReadPdfAsync(
        string path, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var pdf = await _pdf.ReadAsync(path, cancellation).ConfigureAwait(false);
        if (pdf.Pages is not { } pages)
        {
            findings.Add(pdf.Finding!);
            return reading;
        }

        int? count = pages.Count < PdfReader.PagesRead ? pages.Count : await _pdf.PagesAsync(path, cancellation).ConfigureAwait(false);
        var flow = PdfFlow.Of(pages);
        var visible = flow.Blocks.Sum(block => block is FlowParagraph paragraph ? paragraph.Text.Length : 0);
        reading = reading with { Pages = count };

        // A scanner program may add its own line to each page.
        if (visible == 0 || (visible < MinTextOnPage * pages.Count && await _pdf.HasPictureAsync(path, cancellation).ConfigureAwait(false) == true))
        {
            findings.Add(DocumentFindings.Scan);
            return reading with { Shape = DocumentShape.Scan };
        }

        var measured = Measured(reading, flow, words, null, findings);
        return measured with { Fields = Form(words) is not { } form ? null : PlacedForm.Read(pages, form) ?? FormReader.Read(flow.Blocks, form) };
    }

    private static FormLabels? Form(FormLabels? words) => words is { Fields.Count: > 0 } ? words : null;

    private DocumentReading Measured(DocumentReading reading, Flow flow, FormLabels? words, FormLabels? form, List<DocumentFinding> findings)
    {
        var measure = TextMeasure.Of(flow, _options.MaxTextCharacters, words?.TitleWords ?? []);
        if (flow.IsCut)
        {
            findings.Add(DocumentFindings.TextCut(_options.MaxTextCharacters));
        }

        if (flow.HasPicture && reading.Shape == DocumentShape.Document && measure.CharactersWithTitle < 40)
        {
            findings.Add(DocumentFindings.PictureInside);
        }

        var fields = form is null ? null : FormReader.Read(flow.Blocks, form);

        // A form that was printed by Word alone carries neither a stamp nor handwriting.
        bool? none = fields is not null && !flow.HasPicture ? false : null;
        return reading with
        {
            Text = measure.Text,
            Headings = measure.Headings,
            Characters = measure.Characters,
            CharactersWithTitle = measure.CharactersWithTitle,
            CharactersWithoutDisputed = measure.CharactersWithoutDisputed,
            Fields = fields,
            Seal = none,
            Signature = none,
        };
    }
}
