using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Forms;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Text;

namespace MailIntake.Documents;

/// <summary>Says what a file is and what it says: sniffs it by content, reads its text, counts its 字, finds its form.</summary>
public sealed class DocumentReader
{
    /// <summary>Rises when reading changes so that a cached result of the same bytes is no longer good.</summary>
    public const int Version = 1;

    private readonly DocumentReaderOptions _options;

    /// <summary>A reader with those settings; safe for many threads.</summary>
    public DocumentReader(DocumentReaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>
    /// Reads one file. Never throws on any content: what cannot be read comes with a finding. The name and the declared
    /// type are hints only. Formats that need no outside tool are read on the caller's thread.
    /// </summary>
    /// <param name="path">The file on disk.</param>
    /// <param name="fileName">Its name as given by the sender.</param>
    /// <param name="form">The labels of the form that may be in it; null for none.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="OperationCanceledException">The caller stopped reading.</exception>
    /// <exception cref="IOException">The file itself cannot be opened (missing, no right): nothing is known about it, try again.</exception>
    public async Task<DocumentReading> ReadAsync(string path, string fileName, FormLabels? form, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 16_384, FileOptions.SequentialScan);
        if (file.Length == 0)
        {
            return new DocumentReading { MediaType = MediaTypes.Unknown, Shape = DocumentShape.Unknown, Findings = [DocumentFindings.Empty] };
        }

        var sniffed = FileSniffer.Sniff(file);
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
            reading = await ReadSniffedAsync(path, file, sniffed, reading, form, findings, cancellation).ConfigureAwait(false);
        }

        return reading with { Findings = findings };
    }

    private async Task<DocumentReading> ReadSniffedAsync(
        string path, FileStream file, SniffedFile sniffed, DocumentReading reading, FormLabels? form, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        try
        {
            switch (sniffed.MediaType)
            {
                case MediaTypes.Docx when ZipDirectory.Read(file) is { } zip:
                    return Measured(reading, WordReader.Read(zip, sniffed.MainPart ?? "word/document.xml", _options.MaxTextCharacters), form, findings);
                case MediaTypes.Plain:
                    return Measured(reading, PlainReader.Read(file, _options.MaxTextCharacters), form, findings);
            }

            switch (sniffed.Shape)
            {
                case DocumentShape.Program:
                    findings.Add(DocumentFindings.Executable);
                    break;
                case DocumentShape.Picture:
                    findings.Add(DocumentFindings.Picture);
                    break;
                case DocumentShape.Container or DocumentShape.Video:
                    break;
                default:
                    findings.Add(DocumentFindings.Format);
                    break;
            }

            return reading;
        }
        catch (PartTooLargeException)
        {
            findings.Add(DocumentFindings.PartTooLarge);
            return reading;
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException or IOException)
        {
            findings.Add(DocumentFindings.Corrupt);
            return reading;
        }
    }

    private DocumentReading Measured(DocumentReading reading, Flow flow, FormLabels? form, List<DocumentFinding> findings)
    {
        var measure = TextMeasure.Of(flow, _options.MaxTextCharacters);
        if (flow.IsCut)
        {
            findings.Add(DocumentFindings.TextCut(_options.MaxTextCharacters));
        }

        if (flow.HasPicture && measure.CharactersWithTitle < 40)
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
