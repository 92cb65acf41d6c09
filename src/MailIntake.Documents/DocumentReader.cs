using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Forms;
using MailIntake.Documents.Media;
using MailIntake.Documents.Office;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Text;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents;

/// <summary>Says what a file is and what it says: sniffs it by content, reads its text, counts its 字, finds its form.</summary>
public sealed class DocumentReader : IDisposable
{
    /// <summary>Rises when reading changes so that a cached result of the same bytes is no longer good.</summary>
    public const int Version = 8;

    private const double PrintedOnly = 0.95;

    /// <summary>A document with less text than this says nothing by itself; its pictures may.</summary>
    private const int LittleText = 40;

    /// <summary>Fewer characters on a page beside a picture are no text of the author.</summary>
    private const int MinTextOnPage = 30;

    /// <summary>A form that is text stands on the first pages.</summary>
    private const int PagesOfForm = 3;

    private readonly DocumentReaderOptions _options;
    private readonly PdfReader _pdf;
    private readonly FilmLength _film;
    private readonly SlideFilms _slideFilms;
    private readonly ScanReader _scans;
    private readonly OldOffice _office;
    private readonly ReadingMaker _make;

    /// <summary>A reader with those settings; safe for many threads.</summary>
    public DocumentReader(DocumentReaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var tools = new ToolRunner(options);
        _pdf = new PdfReader(tools);
        _film = new FilmLength(tools);
        _slideFilms = new SlideFilms(_film, options);
        _scans = new ScanReader(tools, options);
        _office = new OldOffice(tools, options);
        _make = new ReadingMaker(options);
    }

    /// <summary>Ends the tools that stay for the next file. A reader that reads again starts them again.</summary>
    public void Dispose() => _office.Dispose();

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
            using var own = ReadingTime.Begin(_options.FileTimeout, _options.Time, cancellation);
            try
            {
                reading = await ReadSniffedAsync(path, file, sniffed, reading, words, findings, own.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (own.IsOver && !cancellation.IsCancellationRequested)
            {
                findings.Add(DocumentFindings.ToolStopped);
            }
            catch (OutOfMemoryException)
            {
                // Large pages of several mails at the same time: this file waits for people, and not the mail.
                findings.Add(DocumentFindings.ToolStopped);
            }
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
                return _make.Recognized(reading, await _scans.PictureAsync(path, sniffed.MediaType, ReadingMaker.Form(words), cancellation).ConfigureAwait(false), words, DocumentFindings.Picture, findings);
            case DocumentShape.Video:
                return await ReadFilmAsync(path, reading, findings, cancellation).ConfigureAwait(false);
            case DocumentShape.Container when sniffed.MediaType == MediaTypes.Mail || ContainerReader.CanOpen(sniffed):
                return reading;
            case DocumentShape.Container:
                findings.Add(DocumentFindings.ContainerFormat);
                return reading;
            case var _ when sniffed.MediaType == MediaTypes.Pdf:
                return await ReadPdfAsync(path, reading, words, findings, cancellation).ConfigureAwait(false);
            case var _ when OldOffice.TargetOf(sniffed.MediaType) is not null:
                return await ReadOldAsync(path, sniffed, reading, words, findings, cancellation).ConfigureAwait(false);
            default:
                var read = ReadInProcess(file, sniffed, reading, words, findings);
                return sniffed.MediaType is MediaTypes.Docx or MediaTypes.Ofd ? await WithPicturesAsync(file, read, words, findings, cancellation).ConfigureAwait(false)
                    : sniffed.MediaType == MediaTypes.Pptx ? await WithFilmsAsync(file, sniffed, read, findings, cancellation).ConfigureAwait(false)
                    : read;
        }
    }

    /// <summary>Reads an old office file as what LibreOffice makes of it; the media type stays its own.</summary>
    private async Task<DocumentReading> ReadOldAsync(
        string path, SniffedFile sniffed, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var (converted, outcome) = await _office.ConvertAsync(path, sniffed.MediaType, cancellation).ConfigureAwait(false);
        if (converted is null)
        {
            findings.Add(outcome == ToolOutcome.Missing ? DocumentFindings.ToolMissing(OldOffice.Package) : outcome == ToolOutcome.TimedOut ? DocumentFindings.ToolStopped : DocumentFindings.Unreadable);
            return reading;
        }

        try
        {
            using var file = new FileStream(converted, FileMode.Open, FileAccess.Read, FileShare.Read, 16_384, FileOptions.SequentialScan);
            var modern = FileSniffer.Sniff(file);
            var read = ReadInProcess(file, modern, reading, words, findings);
            return modern.MediaType == MediaTypes.Docx ? await WithPicturesAsync(file, read, words, findings, cancellation).ConfigureAwait(false)
                : modern.MediaType == MediaTypes.Pptx ? await WithFilmsAsync(file, modern, read, findings, cancellation).ConfigureAwait(false)
                : read;
        }
        finally
        {
            File.Delete(converted);
        }
    }

    private async Task<DocumentReading> ReadFilmAsync(string path, DocumentReading reading, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var film = await _film.ReadAsync(path, cancellation).ConfigureAwait(false);
        if (film.Seconds is null)
        {
            findings.Add(film.Outcome == ToolOutcome.Missing ? DocumentFindings.ToolMissing("ffprobe") : DocumentFindings.FilmUnmeasured);
        }

        return reading with { DurationSeconds = film.Seconds };
    }

    /// <summary>A presentation lasts as long as the films in it, at least.</summary>
    private async Task<DocumentReading> WithFilmsAsync(
        FileStream file, SniffedFile sniffed, DocumentReading reading, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        if (reading.Pages is null || ZipDirectory.Read(file, _options.Containers.MaxBytes) is not { } zip)
        {
            return reading;
        }

        try
        {
            var films = await _slideFilms.ReadAsync(zip, sniffed.MainPart ?? "ppt/presentation.xml", cancellation).ConfigureAwait(false);
            if (films.Unmeasured > 0)
            {
                findings.Add(DocumentFindings.FilmInsideUnmeasured);
            }

            if (films.Outside > 0)
            {
                findings.Add(DocumentFindings.FilmOutside);
            }

            return reading with { DurationSeconds = films.Seconds };
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or PartTooLargeException)
        {
            // The relations of a slide are broken; its text was read.
            findings.Add(DocumentFindings.FilmInsideUnmeasured);
            return reading;
        }
    }

    /// <summary>A form may be a photo pasted into a document, and a stamp a picture laid over a form.</summary>
    private async Task<DocumentReading> WithPicturesAsync(
        FileStream file, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var isEmpty = reading.Characters is null or < LittleText;
        if (reading.Text is null && findings.Count > 0 && !isEmpty || (!isEmpty && reading.Fields is null) || ZipDirectory.Read(file) is not { } zip)
        {
            return reading;
        }

        var pictures = PackagePictures.Extract(zip, _options.WorkFolder);
        try
        {
            foreach (var (picture, mediaType) in pictures)
            {
                if (isEmpty)
                {
                    var scan = await _scans.PictureAsync(picture, mediaType, ReadingMaker.Form(words), cancellation).ConfigureAwait(false);
                    if (scan.Flow is { Blocks.Count: > 0 } && (scan.Fields is not null || reading.Text is not { Length: > LittleText }))
                    {
                        findings.Remove(DocumentFindings.PictureInside);
                        reading = _make.Recognized(reading, scan, words, DocumentFindings.PictureInside, findings);
                        if (scan.Fields is not null)
                        {
                            break;
                        }
                    }
                }
                else if (reading.SealMark?.IsThere != true && await _scans.StampAsync(picture, mediaType, cancellation).ConfigureAwait(false) is { } stamp)
                {
                    reading = _make.WithMarks(reading, new ScanReading(ToolOutcome.Done) { Seal = stamp });
                }
            }

            return reading;
        }
        finally
        {
            pictures.ForEach(picture => File.Delete(picture.Path));
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
                    return _make.Measured(reading, WordReader.Read(zip, sniffed.MainPart ?? "word/document.xml", most), words, ReadingMaker.Form(words), findings);
                case MediaTypes.Xlsx when ZipDirectory.Read(file) is { } zip:
                    return _make.Measured(reading, SheetReader.Read(zip, sniffed.MainPart ?? "xl/workbook.xml", most), words, ReadingMaker.Form(words), findings);
                case MediaTypes.Pptx when ZipDirectory.Read(file) is { } zip:
                    var (slides, count) = SlidesReader.Read(zip, sniffed.MainPart ?? "ppt/presentation.xml", most);
                    return _make.Measured(reading with { Pages = count }, slides, words, null, findings);
                case MediaTypes.Ofd when ZipDirectory.Read(file) is { } zip:
                    return Placed(reading, OfdReader.Read(zip) ?? throw new InvalidDataException("no page can be found"), words, findings);
                case MediaTypes.Plain:
                    return _make.Measured(reading, PlainReader.Read(file, most), words, ReadingMaker.Form(words), findings);
                case MediaTypes.Html:
                    return _make.Measured(reading, HtmlReader.Read(file, most), words, ReadingMaker.Form(words), findings);
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
        var measured = _make.Measured(reading with { Pages = pages.Count }, flow, words, null, findings);
        return ReadingMaker.Form(words) is { } form ? measured with { Fields = PlacedForm.Read(pages, form) ?? FormReader.Read(flow.Blocks, form) } : measured;
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
            var scan = await _scans.PdfAsync(path, count ?? pages.Count, ReadingMaker.Form(words), cancellation).ConfigureAwait(false);
            return _make.Recognized(reading with { Shape = DocumentShape.Scan }, scan, words, DocumentFindings.Scan, findings);
        }

        var measured = _make.Measured(reading, flow, words, null, findings);
        var fields = ReadingMaker.Form(words) is not { } form ? null : PlacedForm.Read(pages, form) ?? FormReader.Read(flow.Blocks, form);
        if (fields is null)
        {
            return measured;
        }

        // The text is known; the stamp and the handwriting are to be seen only.
        var seen = await _scans.PdfAsync(path, Math.Min(count ?? pages.Count, PagesOfForm), ReadingMaker.Form(words), cancellation).ConfigureAwait(false);
        if (seen.Seal?.IsThere is null && await _pdf.HasPictureAsync(path, cancellation).ConfigureAwait(false) == false)
        {
            // Printed by a program alone: no stamp and no pen ever touched it.
            seen = seen with { Seal = new Mark(false, PrintedOnly), Signature = new Mark(false, PrintedOnly) };
        }

        return _make.WithMarks(measured with { Fields = fields }, seen);
    }

}
