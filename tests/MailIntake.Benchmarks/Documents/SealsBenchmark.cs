using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MailIntake.Documents;
using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Seals;
using MailIntake.Documents.Tools;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// How right the finding of seals is by itself, without reading the page: pictures with an expected JSON beside each, as
/// <c>compose_seals.py</c> makes them. What is wrong is listed with how it was drawn.
/// </summary>
internal static class SealsBenchmark
{
    private const double SureText = 0.75;

    /// <summary>Prints recall and precision; 0 where something was measured.</summary>
    /// <param name="folder">The pictures.</param>
    /// <param name="roster">The roster file with which they were composed, to measure the warning of another unit's seal too; null for not.</param>
    public static async Task<int> RunAsync(string folder, string? roster)
    {
        var warnings = roster is null ? null : SealWarnings.With(roster);
        var options = new DocumentReaderOptions();
        var tools = new ToolRunner(options);
        var decoder = new PictureDecoder(tools, options.WorkFolder);
        var rings = new RingReader(new Tesseract(tools, options.WorkFolder));
        var results = new ConcurrentBag<Result>();
        await Parallel.ForEachAsync(
            Directory.EnumerateFiles(folder, "*.jpg"), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (path, cancellation) =>
            {
                var (picture, _) = await decoder.PictureAsync(path, "image/jpeg", cancellation);
                if (picture is not null)
                {
                    results.Add(await LookAsync(path, picture, options, rings, warnings, cancellation));
                }
            });

        Print([.. results.OrderBy(r => r.Name, StringComparer.Ordinal)]);
        warnings?.Print();
        return results.IsEmpty ? 1 : 0;
    }

    private static async Task<Result> LookAsync(
        string path, Raster picture, DocumentReaderOptions options, RingReader rings, SealWarnings? warnings, CancellationToken cancellation)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(path + ".json"));
        var isGray = RedMask.IsGray(picture);
        var page = LaidFlat(picture);
        var laid = Stopwatch.GetTimestamp();
        var (mark, seal) = isGray ? (new Mark(null, 0), null) : SealFinder.Find(SealSheet.Of(page));
        var seconds = Stopwatch.GetElapsedTime(laid).TotalSeconds;
        if (seal is not null)
        {
            mark = await rings.ReadAsync(mark, seal, cancellation);
        }

        warnings?.Add(Path.GetFileName(path), expected.RootElement, mark);
        return new Result(
            Path.GetFileName(path),
            Maybe(expected.RootElement.GetProperty("seal")),
            mark.Confidence >= options.MarkConfidence ? mark.IsThere : null,
            mark.Confidence,
            string.Join(' ', expected.RootElement.GetProperty("drawn").EnumerateObject().Select(d => $"{d.Name}={d.Value}")) + (page.Place is null ? " no table" : ""),
            seconds,
            expected.RootElement.GetProperty("ring").GetString(),
            mark.Text,
            mark.TextConfidence);
    }

    private static FlatPage LaidFlat(Raster picture) =>
        TableFrame.Candidates(GrayPicture.InkOf(picture)).Concat(TableFrame.Candidates(GrayPicture.PrintOf(picture)))
            .Select(corners => FlatPage.Of(picture, corners))
            .FirstOrDefault(flat => flat is not null && TableCells.Find(flat).Cells.Count >= 4) ?? FlatPage.Whole(picture);

    private static void Print(IReadOnlyList<Result> results)
    {
        var there = results.Count(r => r.Expected == true);
        var found = results.Count(r => r is { Expected: true, Seen: true });
        var wrong = results.Count(r => r is { Expected: false, Seen: true });
        var denied = results.Count(r => r is { Expected: true, Seen: false });
        var blank = results.Count(r => r.Expected == false);
        var clear = results.Count(r => r is { Expected: false, Seen: false });
        var gray = results.Where(r => r.Expected is null).ToList();
        var times = results.Select(r => r.Seconds).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            seals        recall {100.0 * found / Math.Max(1, there):F1} % ({found} of {there}), {denied} denied, the others unknown
                         precision {100.0 * found / Math.Max(1, found + wrong):F1} % ({wrong} false)
            no seal      {clear} of {blank} said to have none, the others unknown or false
            gray         {gray.Count(r => r.Seen is null)} of {gray.Count} unknown
            time         median {times[times.Count / 2]:F2} s, longest {times[^1]:F2} s for a page that was laid flat
            """));
        var rings = results.Where(r => r is { Expected: true, Seen: true, Ring: not null }).ToList();
        var read = rings.Where(r => r.Text is not null).ToList();
        var sure = read.Where(r => r.TextConfidence >= SureText).ToList();
        Console.WriteLine($"""
            ring         {read.Count} of {rings.Count} read, {read.Count(r => r.Text == r.Ring)} of them exactly; at {SureText} or surer {sure.Count}, {sure.Count(r => r.Text == r.Ring)} exactly
            """);
        foreach (var result in sure.Where(r => r.Text != r.Ring))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {result.Name}: ring {result.Text} at {result.TextConfidence}, is {result.Ring}"));
        }

        foreach (var result in results.Where(r => r.Expected != r.Seen))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {result.Name}: {Said(result.Seen)} at {result.Confidence:F2}, is {Said(result.Expected)}; {result.Drawn}"));
        }
    }

    private static string Said(bool? seen) => seen switch { true => "seal", false => "none", null => "unknown" };

    private static bool? Maybe(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetBoolean();

    private sealed record Result(string Name, bool? Expected, bool? Seen, double Confidence, string Drawn, double Seconds, string? Ring, string? Text, double? TextConfidence);
}
