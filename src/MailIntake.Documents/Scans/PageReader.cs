using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Scans;

/// <summary>Reads one page: finds the table, lays the page flat, cuts the table into its cells and reads each by itself.</summary>
internal sealed class PageReader(Tesseract ocr)
{
    private const double TooDoubtful = 60;
    private const int FewWords = 8;
    private const int FewestCells = 4;
    private const int TitleShare = 6;
    private const double Filled = 0.7;
    private const int Dark = 170;
    private const int TallestPrint = 84;
    private const int WidestPrint = 130;

    private readonly LineReader _lines = new(ocr);

    /// <summary>Reads it, turned upright where it is not; null where the OCR is missing or was stopped.</summary>
    public async Task<(ReadPage? Page, ToolOutcome Outcome)> ReadAsync(Raster picture, FormLabels? form, CancellationToken cancellation)
    {
        var (read, outcome) = await ReadUprightAsync(picture, form, cancellation).ConfigureAwait(false);
        if (read is null || (read.Confidence >= TooDoubtful && read.Words.Skip(FewWords).Any()))
        {
            return (read, outcome);
        }

        var quarters = await ocr.QuartersAsync(GrayPicture.InkOf(picture), cancellation).ConfigureAwait(false);
        if (quarters == 0)
        {
            return (read, outcome);
        }

        var (turned, _) = await ReadUprightAsync(picture.Turned(quarters), form, cancellation).ConfigureAwait(false);
        return (turned is not null && turned.Confidence > read.Confidence ? turned : read, outcome);
    }

    private async Task<(ReadPage? Page, ToolOutcome Outcome)> ReadUprightAsync(Raster picture, FormLabels? form, CancellationToken cancellation)
    {
        // A form may be printed in red lines, which are no ink; they are looked for where ink has shown no table.
        foreach (var corners in new[] { false, true }.SelectMany(isRed => TableFrame.Candidates(isRed ? GrayPicture.PrintOf(picture) : GrayPicture.InkOf(picture), isRed)))
        {
            if (FlatPage.Of(picture, corners) is { } flat && TableCells.Find(flat) is { Cells.Count: >= FewestCells } table && !IsPaper(flat, table.Cells))
            {
                return await ReadTableAsync(flat, table.Cells, table.Lines, cancellation).ConfigureAwait(false);
            }
        }

        var page = FlatPage.Whole(picture);
        var (words, outcome) = await ocr.ReadAsync([page.Ink], OcrShape.Page, cancellation).ConfigureAwait(false);
        if (words is null)
        {
            return (null, outcome);
        }

        var read = new ReadPage(page, [], [new PlacedWords(new TableCell(0, 0, page.Ink.Width, page.Ink.Height), words[0])], null);
        if (form is null || ScannedFlow.LabelsOn(read, form) == 0)
        {
            return (read, outcome);
        }

        var lined = await ReadLinesAsync(FlatPage.Level(picture), cancellation).ConfigureAwait(false);
        return (lined is not null && ScannedFlow.LabelsOn(lined, form) >= ScannedFlow.LabelsOn(read, form) ? lined : read, outcome);
    }

    /// <summary>A form without a table: its lines one by one, as they are filled in.</summary>
    private async Task<ReadPage?> ReadLinesAsync(FlatPage page, CancellationToken cancellation)
    {
        var ruled = Underlines.Of(page.Ink);
        var clean = Without(page.Ink, ruled);
        WithoutHandwriting(clean, clean.Height / TitleShare);
        var all = new TableCell(0, 0, clean.Width, clean.Height);
        var (words, _) = await _lines.ReadAsync(clean, TextLines.Of(clean, all), cancellation).ConfigureAwait(false);
        return words is null ? null : new ReadPage(page, [], [new PlacedWords(all, Ordered([.. words.SelectMany(line => line)]))], ruled);
    }

    private async Task<(ReadPage? Page, ToolOutcome Outcome)> ReadTableAsync(FlatPage page, List<TableCell> cells, bool[] ruled, CancellationToken cancellation)
    {
        var ink = page.Ink;
        var clean = Without(ink, ruled);
        WithoutHandwriting(clean, page.Top);
        List<TableCell> places =
        [
            .. cells,
            new(0, 0, ink.Width, Math.Max(1, page.Top - 6)),
            new(0, Math.Min(ink.Height - 1, page.Bottom + 6), ink.Width, ink.Height),
        ];
        // Line by line: the tool is much surer of one line than of a cell with one or two.
        var cut = places.SelectMany((place, number) => TextLines.Of(clean, place).Select(line => (Place: number, Line: line))).ToList();
        var (lines, outcome) = await _lines.ReadAsync(clean, cut.ConvertAll(piece => piece.Line), cancellation).ConfigureAwait(false);
        if (lines is null)
        {
            return (null, outcome);
        }

        var read = places.Select(_ => new List<OcrWord>()).ToList();
        for (var i = 0; i < cut.Count; i++)
        {
            read[cut[i].Place].AddRange(lines[i]);
        }

        var placed = places.Zip(read, (place, words) => new PlacedWords(place, Ordered(words))).ToList();
        return (new ReadPage(page, placed[..cells.Count], placed[cells.Count..], ruled), ToolOutcome.Done);
    }

    /// <summary>Not more than the lines: in a narrow row they all but touch the characters.</summary>
    private static GrayPicture Without(GrayPicture ink, bool[] lines)
    {
        var clean = ink with { Pixels = (byte[])ink.Pixels.Clone() };
        for (var i = 0; i < lines.Length; i++)
        {
            clean.Pixels[i] = lines[i] ? (byte)255 : clean.Pixels[i];
        }

        return clean;
    }

    /// <summary>The edge of the paper is a frame too; the cells of the table inside it do not fill it, or lie inside another cell.</summary>
    private static bool IsPaper(FlatPage page, List<TableCell> cells) =>
        cells.Exists(outer => cells.Exists(inner => inner != outer && inner.Left >= outer.Left && inner.Right <= outer.Right && inner.Top >= outer.Top && inner.Bottom <= outer.Bottom))
        || cells.Sum(cell => (long)(cell.Right - cell.Left) * (cell.Bottom - cell.Top)) < Filled * (page.Right - page.Left) * (page.Bottom - page.Top);

    /// <summary>Takes out what hangs together and is larger than print: a signature across two lines makes both unreadable. Above the table only the title is as large.</summary>
    private static void WithoutHandwriting(GrayPicture page, int top)
    {
        var dark = Array.ConvertAll(page.Pixels, shade => shade < Dark);
        var large = Blobs.Find(dark, page.Width, wanted: true, diagonal: true).RunsOf(blob => blob.Height > TallestPrint || blob.Width > WidestPrint);
        foreach (var run in large.Where(run => run.Start >= top * page.Width))
        {
            page.Pixels.AsSpan(run.Start, run.End - run.Start).Fill(255);
        }
    }

    /// <summary>Lines from the top, numbered anew; a cell is one paragraph.</summary>
    private static List<OcrWord> Ordered(List<OcrWord> words) =>
        [.. words.GroupBy(word => word.Line).OrderBy(line => line.Average(word => word.MiddleY)).SelectMany((line, number) => line.Select(word => word with { Line = number, Paragraph = 0 }))];
}
