using System.Globalization;
using System.Text;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Ocr;

/// <summary>What a piece of a page is; the numbers are those of the tool.</summary>
internal enum OcrShape
{
    /// <summary>A page, whose columns and blocks the tool finds by itself.</summary>
    Page = 3,

    /// <summary>A block of lines.</summary>
    Block = 6,

    /// <summary>One line.</summary>
    Line = 7,
}

/// <summary>Reads text in pictures by tesseract with its Chinese model (chi_sim), confined, on one core a run.</summary>
internal sealed class Tesseract(ToolRunner tools, string workFolder)
{
    /// <summary>The package that staff are told of where it is missing.</summary>
    public const string Package = "tesseract-ocr、tesseract-ocr-chi-sim";

    private const int MaxOutput = 8 << 20;
    private const int DotsPerInch = 300;

    /// <summary>The words of each piece, in reading order; null where the tool is missing or was stopped.</summary>
    /// <param name="pieces">Pieces of pages.</param>
    /// <param name="shape">What each piece is.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<(IReadOnlyList<IReadOnlyList<OcrWord>>? Words, ToolOutcome Outcome)> ReadAsync(
        IReadOnlyList<GrayPicture> pieces, OcrShape shape, CancellationToken cancellation)
    {
        if (pieces.Count == 0)
        {
            return ([], ToolOutcome.Done);
        }

        var result = await RunAsync(pieces, ["-l", "chi_sim", "--psm", ((int)shape).ToString(CultureInfo.InvariantCulture), "--dpi", "300", "tsv"], cancellation).ConfigureAwait(false);
        return result.IsGood ? (Parse(Encoding.UTF8.GetString(result.Output), pieces.Count), ToolOutcome.Done) : (null, result.Outcome == ToolOutcome.Done ? ToolOutcome.TimedOut : result.Outcome);
    }

    /// <summary>By how many quarters the page must be turned clockwise to stand upright; 0 where that cannot be told.</summary>
    public async Task<int> QuartersAsync(GrayPicture page, CancellationToken cancellation)
    {
        var result = await RunAsync([page], ["-l", "osd", "--psm", "0"], cancellation).ConfigureAwait(false);
        foreach (var line in Encoding.UTF8.GetString(result.Output).Split('\n'))
        {
            if (line.StartsWith("Rotate:", StringComparison.Ordinal) && int.TryParse(line.AsSpan(7).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var degrees))
            {
                return degrees / 90 & 3;
            }
        }

        return 0;
    }

    private async Task<ToolResult> RunAsync(IReadOnlyList<GrayPicture> pieces, string[] arguments, CancellationToken cancellation)
    {
        var path = Path.Combine(workFolder, "mailintake-ocr-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                TiffWriter.Write(file, pieces, DotsPerInch);
            }

            return await tools.RunAsync("tesseract", path, "input.tif", ["input.tif", "-", .. arguments], MaxOutput, cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<IReadOnlyList<OcrWord>> Parse(string table, int pages)
    {
        var words = Enumerable.Range(0, pages).Select(_ => new List<OcrWord>()).ToList();
        var line = -1;
        var paragraph = -1;
        foreach (var row in table.Split('\n'))
        {
            // level page block paragraph line word left top width height confidence text
            var cells = row.Split('\t');
            if (cells.Length < 12 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var level))
            {
                continue;
            }

            paragraph += level == 3 ? 1 : 0;
            line += level == 4 ? 1 : 0;
            if (level == 5 && Number(cells[1]) is var page && page >= 1 && page <= pages && !string.IsNullOrWhiteSpace(cells[11])
                && double.TryParse(cells[10], NumberStyles.Float, CultureInfo.InvariantCulture, out var confidence))
            {
                words[page - 1].Add(new OcrWord(line, paragraph, Number(cells[6]), Number(cells[7]), Number(cells[8]), Number(cells[9]), confidence, cells[11].Trim()));
            }
        }

        return [.. words];
    }

    private static int Number(string cell) => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
