using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Media;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents;

/// <summary>Reads what is packed into an office file: pictures, which may be the form or a stamp on it, and films on slides.</summary>
/// <param name="slideFilms">Measures the films.</param>
/// <param name="scans">Reads the pictures.</param>
/// <param name="options">Bounds.</param>
/// <param name="make">Makes the reading.</param>
internal sealed class PackageInsides(SlideFilms slideFilms, ScanReader scans, DocumentReaderOptions options, ReadingMaker make)
{
    /// <summary>A document with less text than this says nothing by itself; its pictures may.</summary>
    private const int LittleText = 40;

    /// <summary>A presentation lasts as long as the films in it, at least.</summary>
    public async Task<DocumentReading> WithFilmsAsync(
        FileStream file, SniffedFile sniffed, DocumentReading reading, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        if (reading.Pages is null || ZipDirectory.Read(file, options.Containers.MaxBytes) is not { } zip)
        {
            return reading;
        }

        try
        {
            var films = await slideFilms.ReadAsync(zip, sniffed.MainPart ?? "ppt/presentation.xml", cancellation).ConfigureAwait(false);
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
    public async Task<DocumentReading> WithPicturesAsync(
        FileStream file, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var isEmpty = reading.Characters is null or < LittleText;
        if (reading.Text is null && findings.Count > 0 && !isEmpty || (!isEmpty && reading.Fields is null) || ZipDirectory.Read(file) is not { } zip)
        {
            return reading;
        }

        var pictures = PackagePictures.Extract(zip, options.WorkFolder);
        try
        {
            foreach (var (picture, mediaType) in pictures)
            {
                if (isEmpty)
                {
                    var scan = await scans.PictureAsync(picture, mediaType, ReadingMaker.Form(words), cancellation).ConfigureAwait(false);
                    if (scan.Flow is { Blocks.Count: > 0 } && (scan.Fields is not null || reading.Text is not { Length: > LittleText }))
                    {
                        findings.Remove(DocumentFindings.PictureInside);
                        reading = make.Recognized(reading, scan, words, DocumentFindings.PictureInside, findings);
                        if (scan.Fields is not null)
                        {
                            break;
                        }
                    }
                }
                else if (reading.SealMark?.IsThere != true && await scans.StampAsync(picture, mediaType, cancellation).ConfigureAwait(false) is { } stamp)
                {
                    reading = make.WithMarks(reading, new ScanReading(ToolOutcome.Done) { Seal = stamp });
                }
            }

            return reading;
        }
        finally
        {
            pictures.ForEach(picture => File.Delete(picture.Path));
        }
    }
}
