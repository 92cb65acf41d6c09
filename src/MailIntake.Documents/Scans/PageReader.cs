using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Scans;

/// <summary>Reads one page: finds the table, lays the page flat, cuts the table into its cells and reads each by itself.</summary>
internal sealed class PageReader(Tesseract ocr)
{
    private const int Margin = 16;
    private const double ReadAt = 0.65;
    private const double TooDoubtful = 60;
    private const int FewWords = 8;
    private const int FewestCells = 4;
    private const int Dark = 170;
    private const int TallestPrint = 84;
    private const int WidestPrint = 130;

    /// <summary>Reads it, turned upright where it is not; null where the OCR is missing or was stopped.</summary>
    public async Task<(ReadPage? Page, ToolOutcome Outcome)> ReadAsync(Raster picture, CancellationToken cancellation)
    {
        var (read, outcome) = await ReadUprightAsync(picture, cancellation).ConfigureAwait(false);
        if (read is null || (read.Confidence >= TooDoubtful && read.Words.Skip(FewWords).Any()))
        {
            return (read, outcome);
        }

        var quarters = await ocr.QuartersAsync(GrayPicture.InkOf(picture), cancellation).ConfigureAwait(false);
        if (quarters == 0)
        {
            return (read, outcome);
        }

        var (turned, _) = await ReadUprightAsync(picture.Turned(quarters), cancellation).ConfigureAwait(false);
        return (turned is not null && turned.Confidence > read.Confidence ? turned : read, outcome);
    }

    private async Task<(ReadPage? Page, ToolOutcome Outcome)> ReadUprightAsync(Raster picture, CancellationToken cancellation)
    {
        foreach (var corners in TableFrame.Candidates(GrayPicture.InkOf(picture)))
        {
            if (FlatPage.Of(picture, corners) is { } flat && TableCells.Find(flat) is { Cells.Count: >= FewestCells } table)
            {
                return await ReadTableAsync(flat, table.Cells, table.Lines, cancellation).ConfigureAwait(false);
            }
        }

        var page = FlatPage.Whole(picture);
        var (words, outcome) = await ocr.ReadAsync([page.Ink], OcrShape.Page, cancellation).ConfigureAwait(false);
        return (words is null ? null : new ReadPage(page, [], [new PlacedWords(new TableCell(0, 0, page.Ink.Width, page.Ink.Height), words[0])], null), outcome);
    }

    private async Task<(ReadPage? Page, ToolOutcome Outcome)> ReadTableAsync(FlatPage page, List<TableCell> cells, bool[] lines, CancellationToken cancellation)
    {
        var ink = page.Ink;
        var clean = new GrayPicture(ink.Width, ink.Height, (byte[])ink.Pixels.Clone());
        for (var i = 0; i < lines.Length; i++)
        {
            // Not more than the lines: in a narrow row they all but touch the characters.
            clean.Pixels[i] = lines[i] ? (byte)255 : clean.Pixels[i];
        }

        WithoutHandwriting(clean);
        List<TableCell> places =
        [
            .. cells,
            new(0, 0, ink.Width, Math.Max(1, page.Top - 6)),
            new(0, Math.Min(ink.Height - 1, page.Bottom + 6), ink.Width, ink.Height),
        ];
        // Line by line: the tool is much surer of one line than of a cell with one or two.
        var cut = places.SelectMany((place, number) => TextLines.Of(clean, place).Select(line => (Place: number, Line: line))).ToList();
        var read = places.Select(_ => new List<OcrWord>()).ToList();
        foreach (var shape in (OcrShape[])[OcrShape.Line, OcrShape.Block])
        {
            var pieces = cut.FindAll(line => TextLines.IsSingle(line.Line) == (shape == OcrShape.Line));
            var (words, outcome) = await ocr.ReadAsync(
                [.. pieces.Select(p => clean.Piece(p.Line.Left, p.Line.Top, p.Line.Right, p.Line.Bottom, Margin).Scaled(ReadAt))], shape, cancellation).ConfigureAwait(false);
            if (words is null)
            {
                return (null, outcome);
            }

            for (var i = 0; i < pieces.Count; i++)
            {
                read[pieces[i].Place].AddRange(words[i].Select(word => OnPage(word, pieces[i].Line, i)));
            }
        }

        var placed = places.Zip(read, (place, words) => new PlacedWords(place, Ordered(words))).ToList();
        return (new ReadPage(page, placed[..cells.Count], placed[cells.Count..], lines), ToolOutcome.Done);
    }

    /// <summary>Takes out what hangs together and is larger than print: a signature across two lines makes both unreadable.</summary>
    private static void WithoutHandwriting(GrayPicture page)
    {
        var dark = page.Pixels.Select(shade => shade < Dark).ToArray();
        var (blobs, labels) = Blobs.Find(dark, page.Width, wanted: true, diagonal: true);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= 0 && (blobs[labels[i]].Height > TallestPrint || blobs[labels[i]].Width > WidestPrint))
            {
                page.Pixels[i] = 255;
            }
        }
    }

    private static OcrWord OnPage(OcrWord word, TableCell piece, int number) => word with
    {
        Line = (number * 100) + word.Line,
        Left = (int)(word.Left / ReadAt) - Margin + piece.Left,
        Top = (int)(word.Top / ReadAt) - Margin + piece.Top,
        Width = (int)(word.Width / ReadAt),
        Height = (int)(word.Height / ReadAt),
    };

    /// <summary>Lines from the top, numbered anew; a cell is one paragraph.</summary>
    private static List<OcrWord> Ordered(List<OcrWord> words) =>
        [.. words.GroupBy(word => word.Line).OrderBy(line => line.Average(word => word.MiddleY)).SelectMany((line, number) => line.Select(word => word with { Line = number, Paragraph = 0 }))];
}
