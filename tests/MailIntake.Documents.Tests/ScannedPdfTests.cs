using System.Globalization;
using System.Text;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

/// <summary>Scans of several pages, of which not all can be read.</summary>
public sealed class ScannedPdfTests
{
    [Fact]
    public async Task A_page_that_cannot_be_drawn_was_said_to_have_taken_too_long()
    {
        NeedsTools();
        using var folder = new TempFolder();
        var options = new DocumentReaderOptions { WorkFolder = folder.Make("tools") };
        var path = folder.Write("scan.pdf", Blank(1));

        var scan = await new ScanReader(new ToolRunner(options), options).PdfAsync(path, pages: 2, NoticeForm.Labels, TestContext.Current.CancellationToken);

        Assert.Equal((ToolOutcome.Done, true), (scan.Outcome, scan.IsBroken));
        Assert.NotNull(scan.Flow);
        Assert.Equal([DocumentFindings.PageUnreadable], Findings(scan));
        Assert.Equal([DocumentFindings.Unreadable], Findings(scan with { Flow = null }));
        Assert.Equal([DocumentFindings.ToolStopped], Findings(new ScanReading(ToolOutcome.TimedOut)));

        List<DocumentFinding> Findings(ScanReading reading)
        {
            var findings = new List<DocumentFinding>();
            new ReadingMaker(options).Recognized(new DocumentReading { MediaType = "application/pdf", Shape = DocumentShape.Scan }, reading, null, DocumentFindings.Scan, findings);
            return findings;
        }
    }

    [Fact]
    public async Task A_scan_of_more_pages_than_are_recognised_says_so()
    {
        NeedsTools();

        var longer = await Docx.ReadAsync(Blank(ScanReader.MostPages + 1), NoticeForm.Labels);
        var whole = await Docx.ReadAsync(Blank(2), NoticeForm.Labels);

        Assert.Contains(DocumentFindings.PagesCut(13, 12), longer.Findings);
        Assert.Equal([DocumentFindings.Scan], whole.Findings);
    }

    private static void NeedsTools() => Assert.SkipUnless(Confinement.Find("pdftoppm") is not null && Confinement.Find("tesseract") is not null, "needs poppler-utils and tesseract-ocr");

    /// <summary>A PDF of empty pages.</summary>
    private static byte[] Blank(int pages)
    {
        var file = new StringBuilder("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        var kids = string.Join(' ', Enumerable.Range(3, pages).Select(n => $"{n} 0 R"));
        file.Append(CultureInfo.InvariantCulture, $"2 0 obj\n<< /Type /Pages /Count {pages} /Kids [{kids}] >>\nendobj\n");
        for (var number = 3; number < pages + 3; number++)
        {
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>\nendobj\n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {pages + 3} /Root 1 0 R >>\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
