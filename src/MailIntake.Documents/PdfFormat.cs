using MailIntake.Documents.Forms;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Text;

namespace MailIntake.Documents;

/// <summary>Reads a PDF: its text where it has one, else its pages as pictures; seal and signature of a form that is text are looked for on the pages.</summary>
/// <param name="pdf">Its text and its number of pages.</param>
/// <param name="scans">Its pages as pictures.</param>
/// <param name="make">Makes the reading.</param>
internal sealed class PdfFormat(PdfReader pdf, ScanReader scans, ReadingMaker make)
{
    private const double PrintedOnly = 0.95;

    /// <summary>Fewer characters on a page beside a picture are no text of the author.</summary>
    private const int MinTextOnPage = 30;

    /// <summary>A form that is text stands on the first pages.</summary>
    private const int PagesOfForm = 3;

    /// <summary>The reading; what cannot be read comes with a finding.</summary>
    public async Task<DocumentReading> ReadAsync(
        string path, DocumentReading reading, FormLabels? words, List<DocumentFinding> findings, CancellationToken cancellation)
    {
        var document = await pdf.ReadAsync(path, cancellation).ConfigureAwait(false);
        if (document.Pages is not { } pages)
        {
            findings.Add(document.Finding!);
            return reading;
        }

        int? count = pages.Count < PdfReader.PagesRead ? pages.Count : await pdf.PagesAsync(path, cancellation).ConfigureAwait(false);
        var flow = PdfFlow.Of(pages);
        var visible = flow.Blocks.Sum(block => block is FlowParagraph paragraph ? paragraph.Text.Length : 0);
        reading = reading with { Pages = count };

        // A scanner program may add its own line to each page.
        if (visible == 0 || (visible < MinTextOnPage * pages.Count && await pdf.HasPictureAsync(path, cancellation).ConfigureAwait(false) == true))
        {
            var scan = await scans.PdfAsync(path, count ?? pages.Count, ReadingMaker.Form(words), cancellation).ConfigureAwait(false);
            if (count > ScanReader.MostPages)
            {
                findings.Add(DocumentFindings.PagesCut(count.Value, ScanReader.MostPages));
            }

            return make.Recognized(reading with { Shape = DocumentShape.Scan }, scan, words, DocumentFindings.Scan, findings);
        }

        var measured = make.Measured(reading, flow, words, null, findings);
        var fields = ReadingMaker.Form(words) is not { } form ? null : PlacedForm.Read(pages, form) ?? FormReader.Read(flow.Blocks, form);
        if (fields is null)
        {
            return measured;
        }

        // The text is known; the stamp and the handwriting are to be seen only.
        var seen = await scans.PdfAsync(path, Math.Min(count ?? pages.Count, PagesOfForm), ReadingMaker.Form(words), cancellation).ConfigureAwait(false);
        if (seen.Seal?.IsThere is null && await pdf.HasPictureAsync(path, cancellation).ConfigureAwait(false) == false)
        {
            // Printed by a program alone: no stamp and no pen ever touched it.
            seen = seen with { Seal = new Mark(false, PrintedOnly), Signature = new Mark(false, PrintedOnly) };
        }

        return make.WithMarks(measured with { Fields = fields }, seen);
    }
}
