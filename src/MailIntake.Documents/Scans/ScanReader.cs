using MailIntake.Documents.Forms;
using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Seals;
using MailIntake.Documents.Signatures;
using MailIntake.Documents.Text;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Scans;

/// <summary>Reads photos and scans: their text, the form on them, the seal and the signature.</summary>
internal sealed class ScanReader
{
    /// <summary>Pages of one file that are recognised.</summary>
    public const int MostPages = 12;

    /// <summary>A page takes some 90 MB while it is worked on: so many at a time as the heap may hold, in the whole process, and not more than there are cores.</summary>
    private static readonly PageTurns _turns = new((int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (120L << 20), 1, Environment.ProcessorCount));

    private const int SmallestSide = 260;
    private const int SmallestPage = 480;
    private const int StampSide = 168;
    private const double Readable = 58;

    private readonly PictureDecoder _decoder;
    private readonly PageReader _pages;
    private readonly RingReader _rings;

    /// <summary>A reader that works with those tools; safe for many threads.</summary>
    public ScanReader(ToolRunner tools, DocumentReaderOptions options)
    {
        _decoder = new PictureDecoder(tools, options.WorkFolder);
        var ocr = new Tesseract(tools, options.WorkFolder);
        _pages = new PageReader(ocr);
        _rings = new RingReader(ocr);
    }

    /// <summary>A picture file. Null where it is too small to hold a page, or cannot be decoded (<see cref="ScanReading.Outcome"/> says why).</summary>
    public Task<ScanReading> PictureAsync(string path, string mediaType, FormLabels? form, CancellationToken cancellation) => _turns.RunAsync(
        async () =>
        {
            var (picture, outcome) = await _decoder.PictureAsync(path, mediaType, cancellation).ConfigureAwait(false);
            return picture is null ? Together([PageResult.Undrawn(outcome)], form)
                : IsPage(picture) ? Together([await PageAsync(picture, form, cancellation).ConfigureAwait(false)], form)
                : new ScanReading(ToolOutcome.Done);
        },
        cancellation);

    /// <summary>The pages of a PDF, from the first; at most <see cref="MostPages"/>.</summary>
    public async Task<ScanReading> PdfAsync(string path, int pages, FormLabels? form, CancellationToken cancellation)
    {
        var read = await Task.WhenAll(Enumerable.Range(1, Math.Clamp(pages, 1, MostPages)).Select(number => _turns.RunAsync(
            async () =>
            {
                var (picture, outcome) = await _decoder.PageAsync(path, number, PictureDecoder.Longest, cancellation).ConfigureAwait(false);
                return picture is null ? PageResult.Undrawn(outcome) : await PageAsync(picture, form, cancellation).ConfigureAwait(false);
            },
            cancellation))).ConfigureAwait(false);
        return Together(read, form);
    }

    /// <summary>A picture that may be a stamp alone, as it is laid over a form in Word; null where it is none.</summary>
    public Task<Mark?> StampAsync(string path, string mediaType, CancellationToken cancellation) => _turns.RunAsync<Mark?>(
        async () =>
        {
            var (picture, _) = await _decoder.PictureAsync(path, mediaType, cancellation).ConfigureAwait(false);
            if (picture is null || Math.Min(picture.Width, picture.Height) < StampSide / 4)
            {
                return null;
            }

            var mark = SealFinder.Find(SealSheet.Plain(picture.Shrunk(StampSide).Framed(StampSide / 4)), StampSide / 3, StampSide * 3 / 5).Mark;
            return mark.IsThere == true ? mark : null;
        },
        cancellation);

    private static bool IsPage(Raster picture) =>
        Math.Min(picture.Width, picture.Height) >= SmallestSide && Math.Max(picture.Width, picture.Height) >= SmallestPage;

    private async Task<PageResult> PageAsync(Raster picture, FormLabels? form, CancellationToken cancellation)
    {
        // What the decoder wrote is held by the methods that called this one, until they have returned.
        await Task.Yield();

        // The page is laid flat in place: whether it has colour must be asked before.
        var isGray = RedMask.IsGray(picture);
        var (page, outcome) = await _pages.ReadAsync(picture, form, cancellation).ConfigureAwait(false);
        if (page is null)
        {
            return new PageResult(outcome, null, null, null);
        }

        var blocks = ScannedFlow.Of(page, form);
        if (form is null || (FormReader.Read(blocks, form) is null && SigningPlace.Of(page).Count == 0))
        {
            return new PageResult(ToolOutcome.Done, page.Confidence >= Readable ? blocks : [], null, null);
        }

        var seal = isGray ? new Mark(null, 0) : await SealAsync(page.Page, cancellation).ConfigureAwait(false);
        return new PageResult(ToolOutcome.Done, blocks, seal, SignatureFinder.Find(page, isGray ? GraySeal.Find(page.Page) : null));
    }

    private async Task<Mark> SealAsync(FlatPage page, CancellationToken cancellation)
    {
        var (mark, seal) = SealFinder.Find(SealSheet.Of(page));
        return seal is null ? mark : await _rings.ReadAsync(mark, seal, cancellation).ConfigureAwait(false);
    }

    private static ScanReading Together(IReadOnlyList<PageResult> pages, FormLabels? form)
    {
        if (pages.All(page => page.Blocks is null))
        {
            return new ScanReading(pages.Select(page => page.Outcome).Max()) { IsBroken = pages.Any(page => page.IsBroken) };
        }

        var flow = new Flow();
        flow.Blocks.AddRange(pages.SelectMany(page => page.Blocks ?? []));
        return new ScanReading(pages.Select(page => page.Outcome).Max())
        {
            IsBroken = pages.Any(page => page.IsBroken),
            Flow = flow,
            Fields = form is null ? null : FormReader.Read(flow.Blocks, form),
            Seal = Surest(pages.Select(page => page.Seal)),
            Signature = Surest(pages.Select(page => page.Signature)),
        };
    }

    /// <summary>One page with it is enough; without it on any, the least sure page counts.</summary>
    private static Mark? Surest(IEnumerable<Mark?> marks) =>
        marks.OfType<Mark>().OrderByDescending(mark => mark.IsThere == true ? 2 + mark.Confidence : mark.IsThere is null ? 1 : 1 - mark.Confidence).FirstOrDefault();

    private sealed record PageResult(ToolOutcome Outcome, List<FlowBlock>? Blocks, Mark? Seal, Mark? Signature)
    {
        /// <summary>No picture could be made of it, by a tool that ended by itself.</summary>
        public bool IsBroken { get; private init; }

        public static PageResult Undrawn(ToolOutcome outcome) => new(outcome, null, null, null) { IsBroken = outcome == ToolOutcome.Done };
    }
}

/// <summary>What a scan or photo gave.</summary>
/// <param name="Outcome">How the tools fared.</param>
internal sealed record ScanReading(ToolOutcome Outcome)
{
    /// <summary>Of the file, or of a page of it, no picture could be made.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Its text; null where nothing was read.</summary>
    public Flow? Flow { get; init; }

    /// <summary>Values of the form; null where there is none on it.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>The seal; null where no form is on it.</summary>
    public Mark? Seal { get; init; }

    /// <summary>The signature; null where no form is on it or it asks for none.</summary>
    public Mark? Signature { get; init; }
}
