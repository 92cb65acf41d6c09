using MailIntake.Documents.Containers;
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
    public const int Version = 10;

    private readonly DocumentReaderOptions _options;
    private readonly TextFormats _texts;
    private readonly PdfFormat _pdf;
    private readonly PackageInsides _insides;
    private readonly FilmLength _film;
    private readonly ScanReader _scans;
    private readonly OldOffice _office;
    private readonly ReadingMaker _make;

    /// <summary>A reader with those settings; safe for many threads.</summary>
    public DocumentReader(DocumentReaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var tools = new ToolRunner(options);
        _make = new ReadingMaker(options);
        _film = new FilmLength(tools);
        _scans = new ScanReader(tools, options);
        _texts = new TextFormats(options, _make);
        _pdf = new PdfFormat(new PdfReader(tools), _scans, _make);
        _insides = new PackageInsides(new SlideFilms(_film, options), _scans, options, _make);
        _office = new OldOffice(tools, options);
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
                return await _pdf.ReadAsync(path, reading, words, findings, cancellation).ConfigureAwait(false);
            case var _ when OldOffice.TargetOf(sniffed.MediaType) is not null:
                return await ReadOldAsync(path, sniffed, reading, words, findings, cancellation).ConfigureAwait(false);
            default:
                return await ReadTextAsync(file, sniffed, reading, words, findings, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a format that needs no outside tool, and what is packed into it.</summary>
    private async Task<DocumentReading> ReadTextAsync(
        FileStream file, SniffedFile sniffed, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var read = _texts.Read(file, sniffed, reading, words, findings);
        return sniffed.MediaType is MediaTypes.Docx or MediaTypes.Ofd ? await _insides.WithPicturesAsync(file, read, words, findings, cancellation).ConfigureAwait(false)
            : sniffed.MediaType == MediaTypes.Pptx ? await _insides.WithFilmsAsync(file, sniffed, read, findings, cancellation).ConfigureAwait(false)
            : read;
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
            return await ReadTextAsync(file, FileSniffer.Sniff(file), reading, words, findings, cancellation).ConfigureAwait(false);
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
}
